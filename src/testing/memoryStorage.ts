import type { KeyValueStorage, StorageChange } from '../platform/storage';

/** What a disk holds: spaces with their entries. Several storages may share one. @public */
export type MemoryDisk = Map<string, Map<string, unknown>>;

/**
 * What becomes of a write: it is `done`; it `fails` and nothing is changed; or it is `held` until the test releases it.
 *
 * @public
 */
export type WriteFate = 'done' | 'fails' | 'held';

/** A storage without a disk. @public */
export interface MemoryStorage extends KeyValueStorage {
  readonly disk: MemoryDisk;
  /** Decides on each write that would be carried out. At first all are done. */
  fate: (space: string, changes: readonly StorageChange[]) => WriteFate;
  /** Whether nothing can be opened, as where a browser blocks it. */
  isBlocked: boolean;
  /** Carries out the writes that are held, oldest first. */
  release(): void;
  /** The page is gone: what it has not written is not written any more, and nothing answers. */
  crash(): void;
  /** Writes that were carried out. */
  writes(): number;
  /** Whether it holds something open. */
  isOpen(): boolean;
  /** Everything of a space, as plain JSON. */
  dump(space?: string): Readonly<Record<string, unknown>>;
}

function applyTo(entries: Map<string, unknown>, change: StorageChange): void {
  if ('put' in change) entries.set(change.put, change.value);
  else if ('drop' in change) entries.delete(change.drop);
  else
    for (const key of [...entries.keys()]) if (key.startsWith(change.dropAll)) entries.delete(key);
}

/**
 * Makes a storage that keeps everything in memory, and of which a test decides what goes wrong.
 *
 * @public
 * @param disk - Shared with others, as tabs of a browser do. Default: its own.
 */
export function createMemoryStorage(disk: MemoryDisk = new Map()): MemoryStorage {
  let isOpen = false;
  let isGone = false;
  let count = 0;
  let held: (() => void)[] = [];

  const spaceOf = (space: string): Map<string, unknown> => {
    const entries = disk.get(space) ?? new Map<string, unknown>();
    disk.set(space, entries);
    return entries;
  };
  const never = <T>() => new Promise<T>(() => undefined);
  const blocked = () => new DOMException('The storage is blocked in this test.', 'SecurityError');

  const storage: MemoryStorage = {
    disk,
    fate: () => 'done',
    isBlocked: false,
    async read(space, prefix = '') {
      if (isGone) return never();
      await Promise.resolve();
      if (storage.isBlocked) throw blocked();
      isOpen = true;
      const entries = [...spaceOf(space)].filter(([key]) => key.startsWith(prefix)).sort();
      return new Map(structuredClone(entries));
    },
    async write(space, changes, expect = {}) {
      if (isGone) return never();
      const copies = structuredClone(changes);
      await Promise.resolve();
      if (storage.isBlocked) throw blocked();
      isOpen = true;
      const carryOut = (): boolean => {
        const entries = spaceOf(space);
        const isExpected = Object.entries(expect).every(
          ([key, value]) => entries.get(key) === value,
        );
        if (!isExpected) return false;
        for (const change of copies) applyTo(entries, change);
        count += 1;
        return true;
      };
      const fate = storage.fate(space, changes);
      if (fate === 'fails') throw new DOMException('No room in this test.', 'QuotaExceededError');
      if (fate === 'done') return carryOut();
      return new Promise((resolve) => {
        held.push(() => {
          resolve(carryOut());
        });
      });
    },
    close() {
      isOpen = false;
    },
    release() {
      const waiting = held;
      held = [];
      for (const run of waiting) run();
    },
    crash() {
      isGone = true;
      held = [];
    },
    writes: () => count,
    isOpen: () => isOpen,
    dump: (space) =>
      Object.fromEntries(
        [...disk].flatMap(([name, entries]) =>
          space === undefined || space === name ? [...structuredClone(entries)] : [],
        ),
      ),
  };
  return storage;
}
