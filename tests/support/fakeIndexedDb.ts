import * as fake from 'fake-indexeddb';

/** The names of IndexedDB as a browser has them, with nothing kept yet: for `withGlobals`. */
export function indexedDbGlobals(): Record<string, unknown> {
  const names = Object.entries(fake).filter(([name]) => name.startsWith('IDB'));
  return { ...Object.fromEntries(names), indexedDB: new fake.IDBFactory() };
}
