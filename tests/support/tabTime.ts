import type { VirtualTime } from '../../src/testing';

/** A tab's part of a time that all tabs share. */
export interface TabTime extends VirtualTime {
  /** Runs something now; once the tab is thawed, where it is frozen; never, where it is gone. */
  whenAwake(run: () => void): void;
  freeze(isFrozen: boolean): void;
  /** The tab is gone, and nothing of it runs any more. */
  end(): void;
}

export function createTabTime(time: VirtualTime): TabTime {
  const pending = new Set<object>();
  let isFrozen = false;
  let isGone = false;
  let held: (() => void)[] = [];

  const whenAwake = (run: () => void) => {
    if (isGone) return;
    if (isFrozen) held.push(run);
    else run();
  };
  return {
    ...time,
    timers: {
      after(delayMs, run) {
        const entry = {};
        pending.add(entry);
        const cancel = time.timers.after(delayMs, () => {
          whenAwake(() => {
            if (pending.delete(entry)) run();
          });
        });
        return () => {
          pending.delete(entry);
          cancel();
        };
      },
    },
    pendingTimers: () => pending.size,
    whenAwake,
    freeze(next) {
      isFrozen = next;
      if (next) return;
      const waiting = held;
      held = [];
      for (const run of waiting) run();
    },
    end() {
      isGone = true;
      held = [];
    },
  };
}
