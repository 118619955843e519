import { useSyncExternalStore } from 'react';

let sentence = '';
const listeners = new Set<() => void>();

/** Says something to who cannot see it, when they have heard out what they hear. */
export function announce(text: string): void {
  // the same words twice are two events: a mark that is not spoken makes them differ
  sentence = text === sentence ? `${text}\u200b` : text;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useAnnouncement(): string {
  return useSyncExternalStore(subscribe, () => sentence);
}
