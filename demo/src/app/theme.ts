import { useSyncExternalStore } from 'react';
import { readSetting, writeSetting } from './settings';

export type Theme = 'system' | 'light' | 'dark';

const key = 'hudhud.theme';
const listeners = new Set<() => void>();

function read(): Theme {
  const known = readSetting(key);
  return known === 'light' || known === 'dark' ? known : 'system';
}

let theme = read();

/** The colours are written once, with `light-dark()`; this chooses the side. */
export function applyTheme(): void {
  const { dataset } = document.documentElement;
  if (theme === 'system') delete dataset['theme'];
  else dataset['theme'] = theme;
}

export function setTheme(next: Theme): void {
  theme = next;
  writeSetting(key, next === 'system' ? null : next);
  applyTheme();
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useTheme(): Theme {
  return useSyncExternalStore(subscribe, () => theme);
}
