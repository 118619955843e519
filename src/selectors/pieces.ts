import type { Segment } from '../state/segments';
import { compareKeys } from '../state/segments';

/**
 * What was made of a timeline, segment by segment: one piece of each.
 *
 * @internal
 */
export interface Pieces<P> {
  readonly segments: readonly Segment[];
  readonly pieces: readonly P[];
}

/**
 * The piece of each segment that was there before. Segments come and go in the middle of a list, so each is looked for
 * where it was as counted from either end: what is not found there is made anew, which is always right.
 *
 * @internal
 */
export function keptPieces<P>(
  last: Pieces<P> | undefined,
  segments: readonly Segment[],
): readonly (P | undefined)[] {
  const moved = segments.length - (last?.segments.length ?? 0);
  return segments.map((segment, i) => {
    if (last?.segments[i] === segment) return last.pieces[i];
    return last?.segments[i - moved] === segment ? last.pieces[i - moved] : undefined;
  });
}

/** A deleted message leaves a placeholder only where replies hang on it. @internal */
export const isShown = (row: Segment[number]): boolean => !row.isDeleted || row.threadCount > 0;

/** The rows of a segment that are shown; the segment itself if all of them are. @internal */
export function shownOf(segment: Segment): Segment {
  return segment.every(isShown) ? segment : segment.filter(isShown);
}

/** Whether two lists hold the same items. @internal */
export function sameItems(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a === b || (a.length === b.length && a.every((item, i) => item === b[i]));
}

/** Number of items at the start of a sorted list that stand before something. */
function countBefore(length: number, isBefore: (index: number) => boolean): number {
  let left = 0;
  let right = length;
  while (left < right) {
    const middle = (left + right) >>> 1;
    if (isBefore(middle)) left = middle + 1;
    else right = middle;
  }
  return left;
}

/** What a list of messages is sorted by. @internal */
export interface SortKey {
  readonly createdAt: number;
  readonly id: string;
}

/** Index of the segment in which a message stands; -1 where it stands before all. @internal */
export function segmentAt(segments: readonly Segment[], { createdAt, id }: SortKey): number {
  const after = countBefore(segments.length, (i) => {
    const first = segments[i]?.[0];
    return first !== undefined && compareKeys(first.createdAt, first.id, createdAt, id) <= 0;
  });
  return after - 1;
}

/**
 * Index of a message in a list, or -1.
 *
 * @internal
 * @param length - How many items from the start are sorted.
 */
export function indexIn(
  rows: readonly (Omit<SortKey, 'id'> & { readonly id: string | null })[],
  { createdAt, id }: SortKey,
  length: number = rows.length,
): number {
  const at = countBefore(length, (i) => {
    const row = rows[i];
    return row !== undefined && compareKeys(row.createdAt, row.id ?? '', createdAt, id) < 0;
  });
  return rows[at]?.id === id ? at : -1;
}
