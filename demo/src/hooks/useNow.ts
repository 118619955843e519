import { useSyncExternalStore } from 'react';

/** One clock per pace, running while someone looks at it. */
function makeTicker(everyMs: number) {
  const listeners = new Set<() => void>();
  let now = Date.now();
  let timer: number | undefined;
  const tick = () => {
    now = Date.now();
    for (const listener of listeners) listener();
  };
  return {
    subscribe: (listener: () => void) => {
      if (listeners.size === 0) {
        now = Date.now();
        timer = window.setInterval(tick, everyMs);
      }
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0) window.clearInterval(timer);
      };
    },
    getSnapshot: () => now,
  };
}

const minutes = makeTicker(20_000);
const seconds = makeTicker(500);

/** The time of day; the component renders again when it has moved on. */
export function useNow(pace: 'minutes' | 'seconds'): number {
  const { subscribe, getSnapshot } = pace === 'minutes' ? minutes : seconds;
  return useSyncExternalStore(subscribe, getSnapshot);
}
