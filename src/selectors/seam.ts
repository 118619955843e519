import type { EpochMs } from '../protocol/models';
import type { Gap } from './gaps';
import type { MessageRow, RowSeam } from './row';

/** Names the calendar day of a moment: equal for moments of one day. @public */
export type DayOf = (at: EpochMs) => string | number;

/** Messages of one author that are further apart than this have a header each. @public */
export const groupingWindowMs: number = 5 * 60_000;

/**
 * Calendar day where the program runs: it depends on its time zone, as days do.
 *
 * @internal
 */
export function localDay(at: EpochMs): number {
  const date = new Date(at);
  return (date.getFullYear() * 12 + date.getMonth()) * 31 + date.getDate();
}

/** The gap that lies right before a row: of several with nothing shown in between, the last one. @internal */
export function gapBetween(
  gaps: readonly Gap[],
  before: MessageRow | null,
  at: EpochMs,
): Gap | null {
  for (let i = gaps.length - 1; i >= 0; i--) {
    const gap = gaps[i];
    if (gap === undefined || gap.before > at) continue;
    return before === null || gap.before > before.createdAt ? gap : null;
  }
  return null;
}

/** What of a row decides how it stands to the one before. @internal */
export type Joint = Pick<
  MessageRow,
  'authorId' | 'fromAgent' | 'createdAt' | 'type' | 'isDeleted' | 'gapBefore' | 'isFirstUnread'
>;

/** @internal */
export function seamOf(before: MessageRow | null, row: Joint, dayOf: DayOf): RowSeam {
  const { gapBefore, isFirstUnread } = row;
  const startsDay = before === null || dayOf(before.createdAt) !== dayOf(row.createdAt);
  const isGrouped =
    before !== null &&
    !startsDay &&
    !isFirstUnread &&
    gapBefore === null &&
    row.authorId !== null &&
    row.authorId === before.authorId &&
    row.fromAgent === before.fromAgent &&
    Math.abs(row.createdAt - before.createdAt) < groupingWindowMs &&
    // under a thread's head stands the way to its replies; a notice or a placeholder has no header to go on under
    before.threadCount === 0 &&
    before.type !== 'system' &&
    row.type !== 'system' &&
    !before.isDeleted &&
    !row.isDeleted;
  return { startsDay, isGrouped, gapBefore, isFirstUnread };
}

/** A row as it stands after another one; itself if that changes nothing. @internal */
export function joined(
  before: MessageRow | null,
  row: MessageRow,
  { gapBefore, isFirstUnread }: Pick<RowSeam, 'gapBefore' | 'isFirstUnread'>,
  dayOf: DayOf,
): MessageRow {
  const seam = seamOf(before, { ...pickJoint(row), gapBefore, isFirstUnread }, dayOf);
  return seam.startsDay === row.startsDay &&
    seam.isGrouped === row.isGrouped &&
    seam.gapBefore === row.gapBefore &&
    seam.isFirstUnread === row.isFirstUnread
    ? row
    : { ...row, ...seam };
}

function pickJoint({ authorId, fromAgent, createdAt, type, isDeleted }: MessageRow) {
  return { authorId, fromAgent, createdAt, type, isDeleted };
}
