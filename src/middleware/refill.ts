import type { HudhudErrorCode } from '../errors';
import { backoffDelay } from '../transport/backoff';
import type { Runtime, StoreApi } from './runtime';

/** One thing to be read again. @internal */
export interface RefillStep {
  /** Key of its load. */
  readonly key: string;
  /** Asked right before: it may not be on screen any more, or be known by now. */
  readonly isWanted: () => boolean;
  /** Gives whether it brought what was asked for. */
  readonly run: () => Promise<boolean>;
}

/**
 * Reads again what a break may have left out: one request after another, the most important first. What fails is tried
 * again, later and later, and never before the budget has room for it.
 *
 * @internal
 */
export interface Refill {
  /** Goes on with these; a step that is waiting under the same key is replaced. Gives whether all went well. */
  add(steps: readonly RefillStep[]): Promise<boolean>;
  /** This one has just failed: it is tried again when others that failed are, unless it is among what waits. */
  again(step: RefillStep): void;
  /** Lets go of what was not begun yet. */
  clear(): void;
}

/** So often what failed is tried again before it is said that it did not come; then as late as it was last. */
const rounds = 8;
const delays = { initialDelayMs: 2_000, maxDelayMs: 60_000 };

/** Asking again is of no use. */
const finalCodes: readonly HudhudErrorCode[] = [
  'FORBIDDEN',
  'NOT_FOUND',
  'REQUEST_REJECTED',
  'BAD_RESPONSE',
  'INVALID_OPTION',
  'ABORTED',
];

/** @internal */
export function createRefill(
  runtime: Pick<Runtime, 'platform' | 'selectors' | 'budget'>,
  store: StoreApi,
): Refill {
  const { platform, selectors, budget } = runtime;
  let waiting: readonly RefillStep[] = [];
  let failed: readonly RefillStep[] = [];
  let running: Promise<boolean> | null = null;
  let round = 0;
  /** Grows when all is let go. */
  let life = 0;
  let endPause: (() => void) | null = null;

  const mayWork = (key: string): boolean => {
    const load = selectors.selectLoad(store.getState(), key);
    // of one that is under way again somebody else takes care
    if (load?.status !== 'failed' || load.code === null) return false;
    // a stream that is open shows that the session is not over: one request met something in between
    if (load.code === 'UNAUTHORIZED')
      return selectors.selectConnectionPhase(store.getState()) === 'open';
    return !finalCodes.includes(load.code);
  };
  const pause = (): Promise<void> =>
    new Promise((resolve) => {
      const delayMs = backoffDelay(round, { ...delays, random: platform.random });
      const waitMs = Math.max(delayMs, budget.waitOf('history'));
      const cancel = platform.timers.after(waitMs, () => endPause?.());
      endPause = () => {
        endPause = null;
        cancel();
        resolve();
      };
    });

  const isWaiting = ({ key }: RefillStep) => [...waiting, ...failed].some((one) => one.key === key);
  const fail = (step: RefillStep) => {
    if (!isWaiting(step)) failed = [...failed, step];
  };
  const run = async (mine: number): Promise<boolean> => {
    let isComplete = true;
    for (;;) {
      const [step, ...rest] = waiting;
      waiting = rest;
      if (step === undefined) {
        if (failed.length === 0) return isComplete;
        if (round === rounds) return false;
        waiting = failed;
        failed = [];
        await pause();
        round += 1;
      } else if (step.isWanted()) {
        const isDone = await step.run();
        if (!isDone && mayWork(step.key)) fail(step);
        else isComplete &&= isDone;
      }
      if (mine !== life) return false;
    }
  };
  const start = (): Promise<boolean> => {
    const mine = life;
    running ??= run(mine).finally(() => {
      if (mine !== life) return;
      running = null;
      if (failed.length === 0) return;
      round = rounds - 1;
      void start();
    });
    return running;
  };
  return {
    add(steps) {
      const keys = new Set(steps.map(({ key }) => key));
      waiting = [...steps, ...waiting.filter(({ key }) => !keys.has(key))];
      failed = failed.filter(({ key }) => !keys.has(key));
      round = 0;
      // what is new does not wait for what failed
      endPause?.();
      return start();
    },
    again(step) {
      if (!mayWork(step.key)) return;
      fail(step);
      if (running === null) round = 0;
      void start();
    },
    clear() {
      life += 1;
      waiting = [];
      failed = [];
      running = null;
      endPause?.();
    },
  };
}
