/** Something that can be called off. @public */
export type Cancel = () => void;

/** Waiting, as a port: tests and simulations bring their own time. @public */
export interface Timers {
  /**
   * Calls `run` once after `delayMs`. A delay above 2^31-1 ms is cut to it, since a larger one fires at once.
   * The handle does not keep a Node process alive.
   */
  after(delayMs: number, run: () => void): Cancel;
}

/** The longest delay that `setTimeout` keeps (24.8 days); above it, it fires at once. @public */
export const maxDelay: number = 2 ** 31 - 1;

/**
 * Cuts a delay to what a timer can wait; what is no number is no delay.
 *
 * @public
 */
export function clampDelay(delayMs: number): number {
  return delayMs > 0 ? Math.min(Math.ceil(delayMs), maxDelay) : 0;
}

function timersOf(holdsProcess: boolean): Timers {
  return {
    after(delayMs, run) {
      const handle = setTimeout(run, clampDelay(delayMs));
      // A number in browsers, an object in Node.
      if (!holdsProcess) (handle as { unref?: () => void }).unref?.();
      return () => {
        clearTimeout(handle);
      };
    },
  };
}

/**
 * Timers that a Node process waits for, as it waits for an open socket: for work that a process may live for alone.
 *
 * @internal
 */
export const holdingTimers: Timers = timersOf(true);

/** The machine's own timers. @public */
export const systemTimers: Timers = timersOf(false);
