import type { DBSchema, IDBPDatabase } from 'idb';
import { openDB } from 'idb';
import type { KeyValueStorage, StorageChange } from './storage';

/** One table: the key of an entry is its space and its name there. */
interface Entries extends DBSchema {
  entries: { key: [space: string, key: string]; value: unknown };
}

type Database = IDBPDatabase<Entries>;

const table = 'entries';
/** Behind every name that begins with a prefix: no text is behind it. */
const last = '\uffff';

function rangeOf(space: string, prefix: string): IDBKeyRange {
  return IDBKeyRange.bound([space, prefix], [space, prefix + last]);
}

/**
 * Keeps entries in IndexedDB. Opens it at the first use, so that making one costs nothing, on a server neither; rejects
 * where a browser has none or blocks it.
 *
 * @public
 * @param name - Name of the database. Default `'hudhud'`.
 */
export function createIndexedDbStorage(name = 'hudhud'): KeyValueStorage {
  let opened: Promise<Database> | null = null;

  const forget = (database: Promise<Database>) => {
    if (opened === database) opened = null;
  };
  const open = (): Promise<Database> => {
    if (opened !== null) return opened;
    const opening: Promise<Database> = openDB<Entries>(name, 1, {
      upgrade(database) {
        database.createObjectStore(table);
      },
      // another version of this package, or whoever clears this site's data, must not wait for us
      blocking(_current, _blocked, event) {
        (event.target as IDBDatabase).close();
        forget(opening);
      },
      terminated() {
        forget(opening);
      },
    });
    opened = opening;
    opening.catch(() => {
      forget(opening);
    });
    return opening;
  };

  return {
    async read(space, prefix = '') {
      const transaction = (await open()).transaction(table, 'readonly');
      const range = rangeOf(space, prefix);
      const [keys, values] = await Promise.all([
        transaction.store.getAllKeys(range),
        transaction.store.getAll(range),
      ]);
      await transaction.done;
      return new Map(keys.map(([, key], i) => [key, values[i]]));
    },

    async write(space, changes, expect = {}) {
      const transaction = (await open()).transaction(table, 'readwrite');
      const { store, done } = transaction;
      const change = (one: StorageChange): Promise<unknown> => {
        if ('put' in one) return store.put(one.value, [space, one.put]);
        if ('drop' in one) return store.delete([space, one.drop]);
        return store.delete(rangeOf(space, one.dropAll));
      };
      const perform = async (): Promise<boolean> => {
        const known = await Promise.all(
          Object.entries(expect).map(
            async ([key, value]) => (await store.get([space, key])) === value,
          ),
        );
        const isExpected = known.every(Boolean);
        if (!isExpected) return false;
        const begun: Promise<unknown>[] = [];
        for (const one of changes) {
          // what cannot be kept throws here: those before it end with the transaction
          const changed = change(one);
          changed.catch(() => undefined);
          begun.push(changed);
        }
        // a page that ends has no next moment in which this would come about by itself
        transaction.commit();
        await Promise.all(begun);
        return true;
      };
      // whichever fails, all of it failed
      const [isDone] = await Promise.all([
        perform().catch((error: unknown) => {
          try {
            transaction.abort();
          } catch {
            // it was over already
          }
          throw error;
        }),
        done,
      ]);
      return isDone;
    },

    close() {
      const closing = opened;
      opened = null;
      void closing?.then(
        (database) => {
          database.close();
        },
        () => undefined,
      );
    },
  };
}
