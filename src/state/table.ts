/**
 * A persistent table of entries by id, as plain JSON. It exists because spreading a record costs 0.4-1.8 µs per key
 * held, which at 5,000 people is milliseconds per event (architecture section 6). Entries lie in 32 × 32 buckets by a
 * hash of their id, so that a change copies two arrays of 32 and one small bucket, whatever is held.
 */

interface Keyed {
  readonly id: string;
}

type Bucket<T> = readonly T[];

/** @public */
export interface Table<T extends Keyed> {
  readonly size: number;
  readonly rows: readonly (readonly Bucket<T>[])[];
}

const width = 32;
const emptyBucket: Bucket<never> = [];
const emptyRow: readonly Bucket<never>[] = Array.from({ length: width }, () => emptyBucket);
const emptyTable: Table<never> = { size: 0, rows: Array.from({ length: width }, () => emptyRow) };

/** The table without entries; always the same reference. @internal */
export function createTable<T extends Keyed>(): Table<T> {
  return emptyTable;
}

/** FNV-1a over the last ten characters: ids that differ do so there, and the cost stays flat. */
function hash(id: string): number {
  let h = 0x811c9dc5;
  for (let i = Math.max(0, id.length - 10); i < id.length; i++) {
    h = Math.imul(h ^ id.charCodeAt(i), 0x01000193);
  }
  return (h ^ (h >>> 15)) & (width * width - 1);
}

/** Finds an entry. @internal */
export function tableGet<T extends Keyed>(table: Table<T>, id: string): T | undefined {
  const h = hash(id);
  const bucket = table.rows[h >>> 5]?.[h & (width - 1)] ?? emptyBucket;
  for (const entry of bucket) if (entry.id === id) return entry;
  return undefined;
}

/** All entries, in no particular but stable order. @internal */
export function tableEntries<T extends Keyed>(table: Table<T>): T[] {
  return table.rows.flatMap((row) => (row === emptyRow ? [] : row.flat()));
}

/**
 * Changes several entries with one copy per bucket touched. The table that it was made from stays as it was, and
 * `done()` gives it back if nothing changed.
 *
 * @internal
 */
export interface TableEditor<T extends Keyed> {
  get(id: string): T | undefined;
  set(entry: T): void;
  remove(id: string): void;
  done(): Table<T>;
}

/** @internal */
export function editTable<T extends Keyed>(table: Table<T>): TableEditor<T> {
  let rows: (readonly Bucket<T>[])[] | null = null;
  let size = table.size;
  const owned = new Set<unknown>();

  function ownBucket(h: number): T[] {
    rows ??= [...table.rows];
    let row = rows[h >>> 5] as Bucket<T>[];
    if (!owned.has(row)) {
      row = [...row];
      owned.add(row);
      rows[h >>> 5] = row;
    }
    let bucket = row[h & (width - 1)] as T[];
    if (!owned.has(bucket)) {
      bucket = [...bucket];
      owned.add(bucket);
      row[h & (width - 1)] = bucket;
    }
    return bucket;
  }

  const get = (id: string): T | undefined => {
    const h = hash(id);
    const bucket = (rows ?? table.rows)[h >>> 5]?.[h & (width - 1)] ?? emptyBucket;
    for (const entry of bucket) if (entry.id === id) return entry;
    return undefined;
  };

  return {
    get,
    set(entry) {
      if (get(entry.id) === entry) return;
      const bucket = ownBucket(hash(entry.id));
      const at = bucket.findIndex((known) => known.id === entry.id);
      if (at < 0) {
        bucket.push(entry);
        size += 1;
      } else {
        bucket[at] = entry;
      }
    },
    remove(id) {
      if (get(id) === undefined) return;
      const bucket = ownBucket(hash(id));
      bucket.splice(
        bucket.findIndex((known) => known.id === id),
        1,
      );
      size -= 1;
    },
    done: () => (rows === null ? table : { size, rows }),
  };
}
