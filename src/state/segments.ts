import type { MessageRecord } from './messageRecord';

/**
 * Messages of a timeline in order of (createdAt, id), cut into segments of at most 64, so that a change copies one
 * segment and the list of segments, whatever is held (architecture section 6).
 *
 * @public
 */
export type Segment = readonly MessageRecord[];

/** @internal */
export const maxSegment = 64;

/** @internal */
export const noSegments: readonly Segment[] = [];

/** Where a message stands: lists are strictly sorted by it (L5). @internal */
export function compareKeys(aAt: number, aId: string, bAt: number, bId: string): number {
  return aAt - bAt || (aId < bId ? -1 : aId > bId ? 1 : 0);
}

/** Index of the first row of the segment that does not stand before the key. */
function positionIn(segment: Segment, at: number, id: string): number {
  let left = 0;
  let right = segment.length;
  while (left < right) {
    const middle = (left + right) >>> 1;
    const row = segment[middle];
    if (row !== undefined && compareKeys(row.createdAt, row.id, at, id) < 0) left = middle + 1;
    else right = middle;
  }
  return left;
}

/** Index of the segment in which the key stands or would stand; 0 when there is none. */
function segmentOf(segments: readonly Segment[], at: number, id: string): number {
  let left = 0;
  let right = segments.length;
  while (left < right) {
    const middle = (left + right) >>> 1;
    const first = segments[middle]?.[0];
    if (first !== undefined && compareKeys(first.createdAt, first.id, at, id) <= 0)
      left = middle + 1;
    else right = middle;
  }
  return Math.max(0, left - 1);
}

/** @internal */
export function findRow(
  segments: readonly Segment[],
  at: number,
  id: string,
): MessageRecord | undefined {
  const segment = segments[segmentOf(segments, at, id)];
  const row = segment?.[positionIn(segment, at, id)];
  return row?.id === id ? row : undefined;
}

/**
 * Rows with `from < createdAt < to`, oldest first.
 *
 * @internal
 */
export function rowsBetween(
  segments: readonly Segment[],
  from: number | null,
  to: number | null,
): MessageRecord[] {
  const rows: MessageRecord[] = [];
  for (let i = from === null ? 0 : segmentOf(segments, from, ''); i < segments.length; i++) {
    for (const row of segments[i] ?? []) {
      if (to !== null && row.createdAt >= to) return rows;
      if (from === null || row.createdAt > from) rows.push(row);
    }
  }
  return rows;
}

/** How many rows have `createdAt >= from`. @internal */
export function countSince(segments: readonly Segment[], from: number): number {
  let count = 0;
  for (let i = segmentOf(segments, from, ''); i < segments.length; i++) {
    const rows = segments[i] ?? [];
    count += rows.length - positionIn(rows, from, '');
  }
  return count;
}

/** The last row until a moment is the first, the one before it the second; `undefined` where there are fewer. @internal */
export function rowBack(
  segments: readonly Segment[],
  at: number,
  count: number,
): MessageRecord | undefined {
  let left = count;
  for (let i = segmentOf(segments, at + 1, ''); i >= 0; i--) {
    const rows = segments[i] ?? [];
    const until = positionIn(rows, at + 1, '');
    if (left <= until) return rows[until - left];
    left -= until;
  }
  return undefined;
}

/** Segments of the rows with `createdAt >= from`; the same ones if that is all of them. @internal */
export function segmentsFrom(segments: readonly Segment[], from: number): readonly Segment[] {
  const start = segments.findIndex((rows) => (rows.at(-1)?.createdAt ?? -Infinity) >= from);
  if (start < 0) return segments.length === 0 ? segments : noSegments;
  const [first = [], ...rest] = segments.slice(start);
  const kept = first.filter((row) => row.createdAt >= from);
  return start === 0 && kept.length === first.length ? segments : [kept, ...rest];
}

/**
 * Changes many rows with one copy per segment touched. The segments that it was made from stay as they were, and
 * `done()` gives them back if nothing changed.
 *
 * @internal
 */
export class SegmentEditor {
  private segments: readonly Segment[];
  private list: Segment[] | null = null;
  /** Segments made here, which may be written to; most often it is one. */
  private lastOwned: Segment | null = null;
  private owned: Set<Segment> | null = null;

  constructor(segments: readonly Segment[]) {
    this.segments = segments;
  }

  find(at: number, id: string): MessageRecord | undefined {
    return findRow(this.segments, at, id);
  }

  /** Adds a row that is not held. */
  insert(row: MessageRecord): void {
    const end = this.segments.at(-1)?.at(-1);
    if (end === undefined || compareKeys(end.createdAt, end.id, row.createdAt, row.id) < 0) {
      this.append(row);
      return;
    }
    const index = segmentOf(this.segments, row.createdAt, row.id);
    const segment = this.own(index);
    segment.splice(positionIn(segment, row.createdAt, row.id), 0, row);
    if (segment.length > maxSegment) {
      const upper = segment.splice(segment.length >>> 1);
      this.adopt(upper);
      this.ownList().splice(index + 1, 0, upper);
    }
  }

  /** Adds sorted rows of which none is held: one linear merge of the segments that they fall into. */
  insertSorted(rows: readonly MessageRecord[]): void {
    const first = rows[0];
    const last = rows.at(-1);
    if (first === undefined || last === undefined) return;
    const start = segmentOf(this.segments, first.createdAt, first.id);
    const end = segmentOf(this.segments, last.createdAt, last.id);
    const held = this.segments.slice(start, end + 1).flat();
    const merged: MessageRecord[] = [];
    let at = 0;
    for (const row of rows) {
      for (let known = held[at]; known !== undefined; known = held[at]) {
        if (compareKeys(known.createdAt, known.id, row.createdAt, row.id) > 0) break;
        merged.push(known);
        at += 1;
      }
      merged.push(row);
    }
    for (const known of held.slice(at)) merged.push(known);
    const chunks: Segment[] = [];
    for (let i = 0; i < merged.length; i += maxSegment) {
      const chunk = merged.slice(i, i + maxSegment);
      this.adopt(chunk);
      chunks.push(chunk);
    }
    this.ownList().splice(start, end - start + 1, ...chunks);
  }

  /** Puts a new version of a held row in its place. */
  replace(row: MessageRecord): void {
    const segment = this.own(segmentOf(this.segments, row.createdAt, row.id));
    segment[positionIn(segment, row.createdAt, row.id)] = row;
  }

  /** Takes a held row out. */
  remove(row: MessageRecord): void {
    const index = segmentOf(this.segments, row.createdAt, row.id);
    const segment = this.own(index);
    segment.splice(positionIn(segment, row.createdAt, row.id), 1);
    if (segment.length === 0) this.ownList().splice(index, 1);
  }

  done(): readonly Segment[] {
    return this.segments;
  }

  private append(row: MessageRecord): void {
    const index = this.segments.length - 1;
    if (index < 0 || (this.segments[index]?.length ?? 0) >= maxSegment) {
      const segment = [row];
      this.adopt(segment);
      this.ownList().push(segment);
    } else if (this.isOwned(this.segments[index])) {
      this.own(index).push(row);
    } else {
      const grown = this.segments[index]?.concat(row) ?? [row];
      this.adopt(grown);
      this.ownList()[index] = grown;
    }
  }

  private adopt(segment: Segment): void {
    if (this.lastOwned !== null) {
      this.owned ??= new Set();
      this.owned.add(this.lastOwned);
    }
    this.lastOwned = segment;
  }

  private isOwned(segment: Segment | undefined): boolean {
    return (
      segment === this.lastOwned || (segment !== undefined && this.owned?.has(segment) === true)
    );
  }

  private ownList(): Segment[] {
    if (this.list === null) {
      this.list = [...this.segments];
      this.segments = this.list;
    }
    return this.list;
  }

  private own(index: number): MessageRecord[] {
    const segment = this.segments[index] ?? [];
    if (this.isOwned(segment)) return segment as MessageRecord[];
    const copy = [...segment];
    this.adopt(copy);
    this.ownList()[index] = copy;
    return copy;
  }
}
