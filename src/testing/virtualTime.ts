import type { Clock } from '../platform/clock';
import type { Cancel, Timers } from '../platform/timers';
import { clampDelay } from '../platform/timers';

/** Time that moves only when told to. @public */
export interface VirtualTime {
  readonly clock: Clock;
  readonly timers: Timers;
  /** Moves time on. Timers run in the order they are due, and promises settle between any two of them. */
  advance(ms: number): Promise<void>;
  /** Lets promises settle without moving time. */
  settle(): Promise<void>;
  /** Moves the clock alone, as sleep does: timers come late. */
  jumpClock(ms: number): void;
  pendingTimers(): number;
  /** How long it has been moved on, in ms; a jump of the clock is none of it. */
  elapsed(): number;
}

interface VirtualTimer {
  readonly due: number;
  readonly run: () => void;
}

/** One turn of the event loop: all promises that can settle have settled by then, those of streams too. */
function turn(): Promise<void> {
  return new Promise((resolve) => {
    const { setImmediate } = globalThis as { setImmediate?: (run: () => void) => void };
    if (setImmediate === undefined) setTimeout(resolve, 0);
    else setImmediate(resolve);
  });
}

/**
 * Makes a clock and timers that stand still until they are advanced.
 *
 * @public
 */
export function createVirtualTime(startMs = 1_756_700_000_000): VirtualTime {
  let now = startMs;
  let skew = 0;
  // A set keeps insertion order, so timers due at one moment run in the order they were made.
  const pending = new Set<VirtualTimer>();

  const takeNext = (until: number): VirtualTimer | null => {
    let next: VirtualTimer | null = null;
    for (const timer of pending) {
      if (timer.due <= until && (next === null || timer.due < next.due)) next = timer;
    }
    if (next !== null) pending.delete(next);
    return next;
  };
  const after = (delayMs: number, run: () => void): Cancel => {
    const timer = { due: now + clampDelay(delayMs), run };
    pending.add(timer);
    return () => {
      pending.delete(timer);
    };
  };
  return {
    clock: { now: () => now + skew },
    timers: { after },
    async advance(ms) {
      const until = now + ms;
      await turn();
      for (let next = takeNext(until); next !== null; next = takeNext(until)) {
        now = next.due;
        next.run();
        await turn();
      }
      now = until;
    },
    settle: turn,
    jumpClock(ms) {
      skew += ms;
    },
    pendingTimers: () => pending.size,
    elapsed: () => now - startMs,
  };
}
