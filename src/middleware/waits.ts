import type { Cancel, Timers } from '../platform/timers';

/** Things that wait for something else, but not for ever. @internal */
export interface Waits {
  /** Runs something once something else is done, or it takes too long. */
  runAfter(done: Promise<unknown>, run: () => void): void;
  cancelAll(): void;
}

/** @internal */
export function createWaits(timers: Timers, patienceMs: number): Waits {
  const waits = new Set<Cancel>();
  return {
    runAfter(done, run) {
      const cancel = () => {
        waits.delete(cancel);
        cancelTimer();
      };
      const go = () => {
        if (!waits.has(cancel)) return;
        cancel();
        run();
      };
      const cancelTimer = timers.after(patienceMs, go);
      waits.add(cancel);
      void done.then(go);
    },
    cancelAll() {
      for (const cancel of waits) cancel();
    },
  };
}
