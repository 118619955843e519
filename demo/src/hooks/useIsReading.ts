import { useSyncExternalStore } from 'react';

const events = ['focus', 'blur', 'visibilitychange'] as const;

function subscribe(listener: () => void): () => void {
  for (const name of events) window.addEventListener(name, listener, true);
  return () => {
    for (const name of events) window.removeEventListener(name, listener, true);
  };
}

/** Whether somebody is at the page: it is in sight, and it is the one that is typed into. */
export function useIsReading(): boolean {
  return useSyncExternalStore(
    subscribe,
    () => document.visibilityState === 'visible' && document.hasFocus(),
  );
}
