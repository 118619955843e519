import type { Clock } from '../platform/clock';
import type { Cancel, Timers } from '../platform/timers';

/** One deadline that can be moved. @internal */
export interface Watchdog {
  /** Starts over with this many milliseconds. */
  arm(timeoutMs: number): void;
  /** Leaves no more than this many milliseconds. Does nothing where it is not armed. */
  hurry(timeoutMs: number): void;
  /** Barks now if the time is over by the clock: after sleep, timers come late. */
  check(): void;
  stop(): void;
}

/**
 * Makes a watchdog that holds at most one timer and barks at most once per `arm`.
 *
 * @internal
 */
export function createWatchdog(
  ports: { readonly clock: Clock; readonly timers: Timers },
  bark: () => void,
): Watchdog {
  let cancel: Cancel | null = null;
  let deadline = Infinity;

  const stop = () => {
    cancel?.();
    cancel = null;
    deadline = Infinity;
  };
  const expire = () => {
    stop();
    bark();
  };
  const arm = (timeoutMs: number) => {
    stop();
    if (timeoutMs === Infinity) return;
    deadline = ports.clock.now() + timeoutMs;
    cancel = ports.timers.after(timeoutMs, expire);
  };
  return {
    arm,
    hurry(timeoutMs) {
      if (deadline < Infinity && ports.clock.now() + timeoutMs < deadline) arm(timeoutMs);
    },
    check() {
      if (ports.clock.now() >= deadline) expire();
    },
    stop,
  };
}
