import type { Cancel, Timers } from './timers';

/** At most one timer per key. @internal */
export interface KeyedTimers {
  /** As `Timers.after`; takes the place of the one that the key has. */
  after(key: string, delayMs: number, run: () => void): void;
  clear(): void;
}

/** @internal */
export function createKeyedTimers(timers: Timers): KeyedTimers {
  const waiting = new Map<string, Cancel>();
  return {
    after(key, delayMs, run) {
      waiting.get(key)?.();
      const cancel = timers.after(delayMs, () => {
        waiting.delete(key);
        run();
      });
      waiting.set(key, cancel);
    },
    clear() {
      for (const cancel of waiting.values()) cancel();
      waiting.clear();
    },
  };
}
