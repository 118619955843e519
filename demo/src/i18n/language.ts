import { useSyncExternalStore } from 'react';
import { readSetting, writeSetting } from '../app/settings';
import { ar } from './ar';
import { en } from './en';
import type { Formats } from './formats';
import { makeFormats } from './formats';
import type { Strings } from './strings';

export type Language = 'en' | 'ar';

interface Spoken {
  readonly direction: 'ltr' | 'rtl';
  readonly strings: Strings;
  readonly formats: Formats;
}

/** The reader's own way to write times, where it belongs to the language: 18:30 or 6:30 PM. */
function localeOf(language: Language): string {
  return navigator.languages.find((tag) => tag.split('-')[0] === language) ?? language;
}

const languages: Readonly<Record<Language, Spoken>> = {
  en: { direction: 'ltr', strings: en, formats: makeFormats(localeOf('en'), en.time) },
  ar: { direction: 'rtl', strings: ar, formats: makeFormats(localeOf('ar'), ar.time) },
};

const key = 'hudhud.language';
const listeners = new Set<() => void>();

/** What was chosen here, else the browser's own language. */
function read(): Language {
  const known = readSetting(key);
  if (known === 'en' || known === 'ar') return known;
  return navigator.language.startsWith('ar') ? 'ar' : 'en';
}

let language = read();

export function applyLanguage(): void {
  const { documentElement: root } = document;
  root.lang = language;
  root.dir = languages[language].direction;
}

export function setLanguage(next: Language): void {
  language = next;
  writeSetting(key, next);
  applyLanguage();
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useLanguage(): Language {
  return useSyncExternalStore(subscribe, () => language);
}

export function useStrings(): Strings {
  return languages[useLanguage()].strings;
}

export function useFormats(): Formats {
  return languages[useLanguage()].formats;
}

export function useDirection(): Spoken['direction'] {
  return languages[useLanguage()].direction;
}
