import type { Hudhud, HudhudOptions } from '../../src';
import type { FakeTab, ScriptedBody } from '../../src/testing';
import { createFakeOrigin } from '../../src/testing';
import type { HudhudWorld, Routes } from './hudhudWorld';
import { createHudhudWorld } from './hudhudWorld';

/** A tab of one person. */
export interface Tab extends HudhudWorld {
  readonly tab: FakeTab;
  /** It stands still: no timer of it runs, and it hears nothing. */
  isFrozen: boolean;
  isGone: boolean;
}

/** Tabs of one browser over one server, in one time. */
export interface Tabs {
  /** Opens one, which signs in and starts. */
  open(): Promise<Tab>;
  readonly all: readonly Tab[];
  /** Bodies of the streams that were opened, oldest first. */
  readonly streams: readonly ScriptedBody[];
  /** Streams that are open at the server. */
  readonly openStreams: () => readonly ScriptedBody[];
  /** Says frames on the stream that is open. */
  push(...frames: readonly string[]): Promise<void>;
  advance(ms: number): Promise<void>;
  settle(): Promise<void>;
  crash(tab: Tab): Promise<void>;
  freeze(tab: Tab, isFrozen: boolean): Promise<void>;
  /** Which of them reads for all. */
  readonly leaders: () => readonly Tab[];
  readonly phases: () => readonly string[];
}

const stepMs = 20;

export function createTabs(routes: Routes = {}, options: Partial<HudhudOptions> = {}): Tabs {
  const origin = createFakeOrigin();
  const all: Tab[] = [];
  const streams: ScriptedBody[] = [];
  /** Which tab opened which stream. */
  const openers = new Map<ScriptedBody, Tab>();
  const awake = () => all.filter(({ isFrozen, isGone }) => !isFrozen && !isGone);
  const settle = async () => {
    for (let rounds = 0; rounds < 3; rounds++) {
      for (const one of awake()) await one.platform.settle();
    }
  };
  const advance = async (ms: number) => {
    for (let passed = 0; passed < ms; passed += stepMs) {
      for (const one of awake()) await one.platform.advance(Math.min(stepMs, ms - passed));
    }
    await settle();
  };
  const openStreams = () => {
    all.forEach(collect);
    return streams.filter((body) => body.isOpen());
  };
  const phaseOf = ({ hudhud, store }: { hudhud: Hudhud } & Pick<HudhudWorld, 'store'>) =>
    hudhud.selectors.selectConnectionPhase(store.getState());

  return {
    all,
    get streams() {
      all.forEach(collect);
      return streams;
    },
    openStreams,
    advance,
    settle,
    async open() {
      const tab = origin.tab();
      const world = createHudhudWorld({ tab, seed: all.length + 1, routes, options });
      const one: Tab = Object.assign(world, { tab, isFrozen: false, isGone: false });
      all.push(one);
      if (options.tokens === undefined) {
        const login = one.hudhud.auth.login({ username: 'lina', password: 'pa55-w0rd' });
        await settle();
        await login;
      }
      one.hudhud.start();
      await settle();
      return one;
    },
    async push(...frames) {
      for (const frame of frames) openStreams().at(-1)?.push(frame);
      await advance(40);
    },
    async crash(one) {
      one.isGone = true;
      one.tab.crash();
      for (const body of one.streams) body.fail();
      await settle();
    },
    async freeze(one, isFrozen) {
      one.isFrozen = isFrozen;
      one.tab.freeze(isFrozen);
      await settle();
    },
    leaders: () => {
      const owners = new Set(openStreams().map((body) => openers.get(body)));
      return all.filter((one) => owners.has(one));
    },
    phases: () => awake().map(phaseOf),
  };

  /** Each tab has a network of its own; the server counts what all of them opened. */
  function collect(one: Tab): void {
    for (const body of one.streams) {
      if (openers.has(body)) continue;
      openers.set(body, one);
      streams.push(body);
    }
  }
}
