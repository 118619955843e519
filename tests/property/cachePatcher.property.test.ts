import { describe, it } from '@jest/globals';
import fc from 'fast-check';
import type { HostRequest, HostRow } from '../support/hostApi';
import { general } from '../support/hostApi';
import { HostBackend } from '../support/hostBackend';
import type { HostWorld } from '../support/hostWorld';
import { createHostWorld, enterHost } from '../support/hostWorld';
import { ids, initFrame, refuse } from '../support/hudhudAnswers';
import { expectEqual, expectSame } from '../support/quickExpect';

/** What may happen next; `pick` chooses among what there is to choose from. */
const step = fc.record({
  what: fc.constantFrom(
    ...(['create', 'edit', 'remove', 'react', 'unreact', 'deliver', 'deliver', 'deliver'] as const),
    ...(['askList', 'askMerged', 'askHistory', 'askMore', 'read', 'answer', 'answer'] as const),
    ...(['send', 'editOwn', 'removeOwn', 'reactOwn', 'serve', 'reply', 'reply', 'lose'] as const),
    ...(['forget', 'wait', 'refuse', 'fail', 'break', 'put'] as const),
    ...(['patch', 'patch', 'undo', 'undo'] as const),
  ),
  pick: fc.nat(1_000),
});

const schedule = fc.array(step, { minLength: 5, maxLength: 45, size: 'max' });

type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

const pageSize = 3;
const shape = ({ message_id, content, reactions, status }: HostRow) => ({
  ...{ message_id, content, status },
  reactions: (reactions as readonly HostRow[])
    .map(({ emoji, count }) => `${String(emoji)}${String(count)}`)
    .sort(),
});

class Play {
  readonly backend = new HostBackend();
  /** What the server has read for a host request, which it has not sent yet. */
  private readonly reads = new Map<HostRequest, unknown>();
  private readonly answered = new Set<HostRequest>();
  private readonly served = new Map<object, Record<string, unknown> | null>();
  /** What takes back what was written by hand. */
  private readonly undos: (() => void)[] = [];
  /** The plain list may say what was written into it by hand. */
  private isByHand = false;
  /** Something was told while no stream was there to hear it. */
  private hasMissed = false;
  readonly world: HostWorld;

  constructor(world: HostWorld) {
    this.world = world;
  }

  private read(request: HostRequest): unknown {
    const known = this.reads.get(request);
    if (known !== undefined) return known;
    const { before = null } = request.arg as { before?: string | null };
    const isPaged = request.endpoint === 'getHistory';
    const page = this.backend.page(isPaged ? pageSize : 50, before);
    const data = isPaged ? page : page.messages;
    this.reads.set(request, data);
    return data;
  }

  private waiting(): HostRequest[] {
    return this.world.requests.filter((request) => !this.answered.has(request));
  }

  private async answer(request: HostRequest): Promise<void> {
    this.answered.add(request);
    await request.answer(this.read(request));
  }

  private async fail(request: HostRequest): Promise<void> {
    this.answered.add(request);
    await request.refuse();
  }

  /** The stream breaks, and what it was about to tell is lost; it is opened again. */
  private async break(): Promise<void> {
    const { world, backend } = this;
    world.stream().end();
    this.hasMissed ||= backend.frames.splice(0).length > 0;
    await world.platform.advance(40_000);
    await world.push(initFrame());
  }

  /** Writes into the plain list, as an optimistic update of the host does. */
  private patch(pick: number): void {
    const { api, store } = this.world;
    if (this.rows('getMessages').length === 0) return;
    const change = (rows: readonly HostRow[]) => {
      const written = rows as HostRow[];
      const at = pick % written.length;
      if (pick % 3 === 0) written.splice(at, 1);
      else written[at] = { ...written[at], content: `by hand ${pick}` };
    };
    const { undo } = store.dispatch(api.util.updateQueryData('getMessages', general, change));
    this.undos.push(undo);
    this.isByHand = true;
  }

  /** Puts in what the server holds now, as a host does whose mutation has answered with it. */
  private put(): void {
    const { api, store } = this.world;
    const { messages } = this.backend.page(50);
    const value = { pages: [this.backend.page(pageSize)], pageParams: [null] };
    store.dispatch(
      api.util.upsertQueryEntries([
        { endpointName: 'getMessages', arg: general, value: messages },
        { endpointName: 'getHistory', arg: general, value },
      ]),
    );
  }

  private forget(endpoint: string): void {
    const { api, store } = this.world;
    for (const [key, held] of Object.entries(store.getState().hostApi.queries)) {
      if (held?.endpointName !== endpoint) continue;
      store.dispatch(api.internalActions.removeQueryResult({ queryCacheKey: key as never }));
    }
  }

  private ask(endpoint: 'getMessages' | 'getMergedMessages' | 'getHistory'): void {
    const { api, store } = this.world;
    void store.dispatch(api.endpoints[endpoint].initiate(general, { forceRefetch: true }) as never);
  }

  private async serve(pick: number, how: 'serve' | 'reply' | 'lose' | 'refuse'): Promise<void> {
    const { layerRequests, platform } = this.world;
    // what was given up is answered by nobody
    const open = layerRequests.filter((request) => !request.isAborted());
    layerRequests.splice(0, layerRequests.length, ...open);
    const request = open[pick % Math.max(1, open.length)];
    if (request === undefined) return;
    if (how === 'refuse' && !this.served.has(request)) {
      refuse(403)(request);
    } else {
      if (!this.served.has(request)) this.served.set(request, this.backend.serve(request));
      if (how === 'serve') return;
      const body = this.served.get(request) ?? null;
      if (how === 'lose') request.fail();
      else if (body === null) refuse(404)(request);
      else request.json(body);
    }
    layerRequests.splice(layerRequests.indexOf(request), 1);
    await platform.settle();
  }

  private own(pick: number): string | undefined {
    const mine = this.rows('getMessages').filter(
      (one) => one['user_id'] === ids.me && one['status'] === undefined,
    );
    return mine[pick % Math.max(1, mine.length)]?.['message_id'] as string | undefined;
  }

  private entries() {
    const { api, store } = this.world;
    const state = store.getState();
    return {
      getMessages: api.endpoints.getMessages.select(general)(state),
      getMergedMessages: api.endpoints.getMergedMessages.select(general)(state),
      getHistory: api.endpoints.getHistory.select(general)(state),
    };
  }

  /** Every list is there. */
  async load(): Promise<void> {
    for (const endpoint of ['getMessages', 'getMergedMessages', 'getHistory'] as const) {
      this.ask(endpoint);
    }
    await this.world.platform.settle();
    for (const request of this.waiting()) await this.answer(request);
  }

  rows(endpoint: 'getMessages' | 'getMergedMessages' | 'getHistory'): readonly HostRow[] {
    const entries = this.entries();
    if (endpoint !== 'getHistory') return entries[endpoint].data ?? [];
    return [...(entries.getHistory.data?.pages ?? [])]
      .reverse()
      .flatMap(({ messages }) => messages);
  }

  async step({ what, pick }: Step): Promise<void> {
    const { backend, world } = this;
    const { api, store, hudhud, platform } = world;
    const alive = backend.alive();
    const some = alive[pick % Math.max(1, alive.length)] ?? '';
    const channelId = ids.general;
    switch (what) {
      case 'create':
        backend.create(ids.omar, `by omar ${pick}`);
        return;
      case 'edit':
        backend.edit(some, `edited ${pick}`);
        return;
      case 'remove':
        backend.remove(some);
        return;
      case 'react':
      case 'unreact':
        backend.react(ids.omar, some, pick % 2 === 0 ? '👍' : '🎉', what === 'react');
        return;
      case 'deliver':
        await world.push(...backend.frames.splice(0, 1 + (pick % 3)));
        return;
      case 'askList':
        this.ask('getMessages');
        break;
      case 'askMerged':
        this.ask('getMergedMessages');
        break;
      case 'askHistory':
        this.ask('getHistory');
        break;
      case 'askMore':
        if (this.rows('getHistory').length === 0) return;
        void store.dispatch(api.endpoints.getHistory.initiate(general, { direction: 'forward' }));
        break;
      case 'break':
        await this.break();
        return;
      case 'patch':
        this.patch(pick);
        return;
      case 'undo':
        // the last one first: in another order what RTK Query takes back is not what was done
        this.undos.pop()?.();
        this.isByHand = this.undos.length > 0;
        return;
      case 'read':
      case 'fail':
      case 'answer': {
        const waiting = this.waiting();
        const request = waiting[pick % Math.max(1, waiting.length)];
        if (request === undefined) return;
        if (what === 'read') this.read(request);
        else if (what === 'fail') await this.fail(request);
        else await this.answer(request);
        return;
      }
      case 'send':
        store.dispatch(hudhud.actions.sendMessage({ channelId, content: `mine ${pick}` }));
        break;
      case 'editOwn':
      case 'removeOwn':
      case 'reactOwn': {
        const target = this.own(pick);
        if (target === undefined) return;
        if (what === 'editOwn') {
          const content = `mine, edited ${pick}`;
          store.dispatch(hudhud.actions.editMessage({ channelId, target, content }));
        } else if (what === 'removeOwn') {
          store.dispatch(hudhud.actions.deleteMessage({ channelId, target }));
        } else store.dispatch(hudhud.actions.addReaction({ channelId, target, emoji: '❤️' }));
        break;
      }
      case 'serve':
      case 'reply':
      case 'lose':
      case 'refuse':
        await this.serve(pick, what);
        return;
      case 'put':
        this.put();
        break;
      case 'forget': {
        this.forget(['getMessages', 'getMergedMessages', 'getHistory'][pick % 3] ?? '');
        return;
      }
      case 'wait':
        await platform.advance(6_000);
        return;
    }
    await platform.settle();
  }

  /** No message twice, nothing of a send twice, and the lists of one channel say the same of one message. */
  check(): void {
    const said = new Map<unknown, unknown>();
    for (const endpoint of ['getMessages', 'getMergedMessages', 'getHistory'] as const) {
      const rows = this.rows(endpoint);
      const names = rows.map((one) => one['message_id']);
      expectSame(new Set(names).size, names.length);
      const keys = rows.flatMap((one) => one['client_id'] ?? []);
      expectSame(new Set(keys).size, keys.length);
      if (endpoint === 'getMessages' && this.isByHand) continue;
      for (const one of rows) {
        const known = said.get(one['message_id']);
        if (known === undefined) said.set(one['message_id'], shape(one));
        else expectEqual(shape(one), known);
      }
    }
    if (!this.isByHand) expectEqual(this.world.hudhud.checkCaches(), []);
  }

  /** What was written by hand, or missed, is settled as a host does it: what it shows is asked for again. */
  private async settleByHand(): Promise<void> {
    for (const undo of this.undos.splice(0).reverse()) undo();
    if (!this.isByHand && !this.hasMissed) return;
    // what the server read before does not tell what was missed since
    for (const request of this.waiting()) await this.answer(request);
    // the host's own `merge` keeps what its answers do not list any more
    if (this.hasMissed) this.forget('getMergedMessages');
    for (const endpoint of ['getMessages', 'getMergedMessages', 'getHistory'] as const) {
      if (this.entries()[endpoint].data !== undefined) this.ask(endpoint);
    }
    await this.world.platform.settle();
    for (const request of this.waiting()) await this.answer(request);
    this.isByHand = false;
  }

  /** Everything that is under way comes to its end. */
  async finish(): Promise<void> {
    const { world, backend } = this;
    await this.settleByHand();
    for (let i = 0; i < 40; i++) {
      while (world.layerRequests.length > 0) await this.serve(0, 'reply');
      for (const request of this.waiting()) await this.answer(request);
      await world.push(...backend.frames.splice(0));
      await world.platform.advance(5_000);
      for (const { opId, status } of this.pending()) {
        // what failed for good is given up by the person
        if (status === 'failed') world.store.dispatch(world.hudhud.actions.discard({ opId }));
      }
    }
  }

  private pending() {
    const { hudhud, store } = this.world;
    const { channels } = hudhud.selectors.selectHudhud(store.getState()).outbox;
    return channels.flatMap(({ operations }) => operations);
  }

  checkEnd(): void {
    expectEqual(this.pending(), []);
    const stored = this.backend.page(Infinity).messages.map(shape);
    for (const endpoint of ['getMessages', 'getMergedMessages', 'getHistory'] as const) {
      if (this.entries()[endpoint].data === undefined) continue;
      const shown = this.rows(endpoint).map(shape);
      // older pages may not have been asked for
      const expected =
        endpoint === 'getHistory' ? stored.slice(stored.length - shown.length) : stored;
      expectEqual(shown, expected);
    }
  }
}

describe('cached answers of a host', () => {
  it('are what the backend holds, whatever came in between, and never say one thing twice', async () => {
    await fc.assert(
      fc.asyncProperty(fc.boolean(), schedule, async (isLoaded, steps) => {
        const world = createHostWorld();
        await enterHost(world);
        const play = new Play(world);
        for (let n = 0; n < 5; n++)
          play.backend.create(n % 2 === 0 ? ids.omar : ids.me, `first ${n}`);
        play.backend.frames.splice(0);
        if (isLoaded) await play.load();
        for (const one of steps) {
          await play.step(one);
          play.check();
        }
        await play.finish();
        play.check();
        play.checkEnd();
        world.hudhud.stop();
      }),
      { numRuns: 100 },
    );
  });
});
