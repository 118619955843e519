/**
 * A persistent table of entries by id, as plain JSON. It exists because spreading a record costs 0.4-1.8 µs per key
 * held, which at 5,000 people is milliseconds per event (architecture section 6). Entries lie in 32 × 32 buckets by a
 * hash of their id, so that a change copies two arrays of 32 and one small bucket, whatever is held.
 */

/** @public */
export interface Keyed {
  readonly id: string;
}

/** Entries whose ids have the same hash. @public */
export type Bucket<T> = readonly T[];

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

function find<T extends Keyed>(rows: Table<T>['rows'], id: string): T | undefined {
  const h = hash(id);
  const bucket = rows[h >>> 5]?.[h & (width - 1)] ?? emptyBucket;
  for (const entry of bucket) if (entry.id === id) return entry;
  return undefined;
}

/** Finds an entry. @internal */
export function tableGet<T extends Keyed>(table: Table<T>, id: string): T | undefined {
  return find(table.rows, id);
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
export class TableEditor<T extends Keyed> {
  private readonly base: Table<T>;
  private rows: readonly (readonly Bucket<T>[])[];
  private size: number;
  private owned: Set<unknown> | null = null;

  constructor(table: Table<T>) {
    this.base = table;
    this.rows = table.rows;
    this.size = table.size;
  }

  get(id: string): T | undefined {
    return find(this.rows, id);
  }

  set(entry: T): void {
    const held = this.get(entry.id);
    if (held === entry) return;
    const bucket = this.ownBucket(hash(entry.id));
    if (held === undefined) {
      bucket.push(entry);
      this.size += 1;
    } else {
      bucket[bucket.indexOf(held)] = entry;
    }
  }

  remove(id: string): void {
    const held = this.get(id);
    if (held === undefined) return;
    const bucket = this.ownBucket(hash(id));
    bucket.splice(bucket.indexOf(held), 1);
    this.size -= 1;
  }

  done(): Table<T> {
    return this.owned === null ? this.base : { size: this.size, rows: this.rows };
  }

  private ownBucket(h: number): T[] {
    if (this.owned === null) {
      this.owned = new Set();
      this.rows = [...this.rows];
    }
    const { owned } = this;
    // the list was copied just now, and what is owned was copied here: they may be written to
    const rows = this.rows as Bucket<T>[][];
    let row = rows[h >>> 5] ?? [];
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
}
