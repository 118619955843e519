import { pollingChanged } from '../actions/connection';
import type { Cancel } from '../platform/timers';
import type { ConnectionSnapshot } from '../protocol/connectionSnapshot';
import type { Runtime, StoreApi } from './runtime';

/**
 * The last rung of the ladder: while no way to hear the server leads anywhere, what shows most is read now and then, within
 * the budget. It ends as soon as the main stream has brought something.
 *
 * @internal
 */
export interface Polling {
  /** What became of the main stream. */
  changed(snapshot: ConnectionSnapshot): void;
  /** The main stream brought something. */
  heard(): void;
  stop(): void;
}

/** From the third failed try on it is more than a short break. */
const patience = 3;

const visibleMs = 15_000;
const hiddenMs = 60_000;
const longestMs = 120_000;

const isOver = ({ phase }: ConnectionSnapshot): boolean =>
  phase === 'idle' || phase === 'offline' || phase === 'suspended' || phase === 'authRequired';

const isDown = ({ phase, attempt }: ConnectionSnapshot): boolean =>
  phase === 'failed' || ((phase === 'waiting' || phase === 'connecting') && attempt >= patience);

/** @internal @param poll - Reads; gives whether it came, or `null` where it made room for what somebody wished. */
export function createPolling(
  runtime: Pick<Runtime, 'platform' | 'budget' | 'instance' | 'surroundings'>,
  store: StoreApi,
  poll: () => Promise<boolean | null>,
): Polling {
  const { budget, instance, surroundings } = runtime;
  const { clock, timers, visibility, random } = runtime.platform;
  let cancelTimer: Cancel | null = null;
  let stopListening: Cancel | null = null;
  let polledAt = -Infinity;
  let failures = 0;
  /** Whether the state says so. */
  let isTold = false;
  /** Grows with every end: what is still under way then has nothing to say. */
  let life = 0;

  const tell = (isPolling: boolean) => {
    if (isPolling === isTold) return;
    isTold = isPolling;
    store.dispatch(pollingChanged({ isPolling, at: clock.now() }, instance));
  };
  const intervalMs = (): number => {
    const base = visibility.isVisible() ? visibleMs : hiddenMs;
    const spread = 0.9 + 0.2 * random.next();
    return Math.min(base * 2 ** failures, longestMs) * spread;
  };
  const arm = (delayMs: number) => {
    cancelTimer?.();
    cancelTimer = timers.after(Math.max(delayMs, budget.waitOf('poll')), () => void run());
  };
  const run = async (): Promise<void> => {
    cancelTimer = null;
    // others may have taken the room that it waited for
    if (budget.waitOf('poll') > 0) {
      arm(0);
      return;
    }
    const mine = life;
    polledAt = clock.now();
    const isDone = await poll();
    if (mine !== life) return;
    if (isDone === null) {
      // that it polls is told with the first one that comes
      arm(isTold ? intervalMs() : 0);
      return;
    }
    failures = isDone ? 0 : failures + 1;
    // one that fails may be chance
    if (isDone || failures > 1) tell(isDone);
    if (mine === life) arm(intervalMs());
  };
  const begin = () => {
    if (stopListening !== null) return;
    stopListening = surroundings.subscribe((event) => {
      if (event === 'OFFLINE' || event === 'PAGE_HIDDEN' || cancelTimer === null) return;
      failures = 0;
      arm(Math.max(0, polledAt + visibleMs - clock.now()));
    });
    failures = 0;
    arm(0);
  };
  const end = () => {
    life += 1;
    stopListening?.();
    stopListening = null;
    cancelTimer?.();
    cancelTimer = null;
    tell(false);
  };
  return {
    changed(snapshot) {
      if (isOver(snapshot)) end();
      else if (isDown(snapshot)) begin();
    },
    heard: end,
    stop: end,
  };
}
