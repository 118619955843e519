import type { MessageRow } from '../../selectors/row';
import { compareKeys } from '../../state/segments';
import type { RowPlace } from './givenRows';

/** Up to where a list reaches: a row, that one included; up to where the next list begins; or to now. @internal */
export type RowEnd = { readonly last: RowPlace } | { readonly until: RowPlace } | 'now';

/** Index of the first row that stands at a place or after it; what is on its way stands after all. */
function indexAt(rows: readonly MessageRow[], { at, id }: RowPlace, isAfter = false): number {
  let left = 0;
  let right = rows.length;
  while (left < right) {
    const middle = (left + right) >>> 1;
    const row = rows[middle];
    const order =
      row === undefined || row.id === null ? 1 : compareKeys(row.createdAt, row.id, at, id);
    if (order < 0 || (isAfter && order === 0)) left = middle + 1;
    else right = middle;
  }
  return left;
}

/** A part of a list of rows: from an index up to, and without, another one. @internal */
export type RowSpan = readonly [from: number, to: number];

/**
 * The rows of a timeline that a list reaches over: found by halving, since a timeline may be long.
 *
 * @internal
 * @param rows - Oldest first, then what is on its way.
 * @param first - `null`: from the beginning.
 */
export function spanOf(rows: readonly MessageRow[], first: RowPlace | null, end: RowEnd): RowSpan {
  const from = first === null ? 0 : indexAt(rows, first);
  if (end === 'now') return [from, rows.length];
  const to = 'until' in end ? indexAt(rows, end.until) : indexAt(rows, end.last, true);
  return [from, Math.max(from, to)];
}

/** Whether the rows of a span are the same objects as they were. @internal */
export function isSameSpan(
  held: readonly MessageRow[],
  rows: readonly MessageRow[],
  [from, to]: RowSpan,
): boolean {
  return held.length === to - from && held.every((row, i) => row === rows[from + i]);
}
