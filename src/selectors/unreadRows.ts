import type { MessageRecord } from '../state/messageRecord';
import type { Segment } from '../state/segments';

/** What counts in one segment, for one viewer. */
interface Tally {
  readonly viewerId: string;
  /** How many messages of others it has. */
  readonly alive: number;
  /** Deleted messages of others. */
  readonly gone: readonly MessageRecord[];
}

const noRows: readonly MessageRecord[] = [];
const tallies = new WeakMap<Segment, Tally>();

/** Whose author was never said may be the viewer's own: it does not count. @internal */
export const isForeign = ({ userId }: MessageRecord, viewerId: string): boolean =>
  userId !== null && userId !== viewerId;

/** Segments that did not change are not looked at again. */
function tallyOf(segment: Segment, viewerId: string): Tally {
  const known = tallies.get(segment);
  if (known?.viewerId === viewerId) return known;
  let alive = 0;
  let gone: MessageRecord[] | null = null;
  for (const row of segment) {
    if (!isForeign(row, viewerId)) continue;
    if (row.isDeleted) (gone ??= []).push(row);
    else alive += 1;
  }
  const tally = { viewerId, alive, gone: gone ?? noRows };
  tallies.set(segment, tally);
  return tally;
}

/** A part of a timeline, looked at from its newest message on. @internal */
export interface Stretch {
  /** Only messages created after this moment. */
  readonly after: number;
  /** Only messages created up to this moment. */
  readonly upTo: number;
  /** Ends with so many messages. */
  readonly most: number;
}

/** Who looks, and what of the deleted messages may have been counted. @internal */
export interface Counting {
  readonly viewerId: string;
  readonly mayCount: (row: MessageRecord) => boolean;
}

/** @internal */
export interface Walked {
  /** Messages of others that are not deleted. */
  readonly alive: number;
  /** Deleted ones that may have been counted. */
  readonly gone: number;
  /** The oldest of those that are not deleted, where there are as many as were asked for. */
  readonly last: MessageRecord | null;
}

/**
 * Counts messages of others, from the newest one back. What it costs is the way back, whatever is held beyond.
 *
 * @internal
 */
export function walkBack(
  segments: readonly Segment[],
  { after, upTo, most }: Stretch,
  { viewerId, mayCount }: Counting,
): Walked {
  let alive = 0;
  let gone = 0;
  if (most <= 0) return { alive, gone, last: null };
  for (let i = segments.length - 1; i >= 0; i--) {
    const segment = segments[i] ?? [];
    const oldest = segment[0]?.createdAt ?? Infinity;
    const newest = segment.at(-1)?.createdAt ?? -Infinity;
    if (oldest > upTo) continue;
    if (newest <= after) break;
    const tally = tallyOf(segment, viewerId);
    if (oldest > after && newest <= upTo && alive + tally.alive < most) {
      alive += tally.alive;
      for (const row of tally.gone) if (mayCount(row)) gone += 1;
      continue;
    }
    for (let k = segment.length - 1; k >= 0; k--) {
      const row = segment[k];
      if (row === undefined || row.createdAt > upTo) continue;
      if (row.createdAt <= after) break;
      if (!isForeign(row, viewerId)) continue;
      if (!row.isDeleted) alive += 1;
      else if (mayCount(row)) gone += 1;
      if (alive === most) return { alive, gone, last: row };
    }
  }
  return { alive, gone, last: null };
}

/**
 * The newest messages of others, newest first.
 *
 * @internal
 */
export function newestForeign(
  segments: readonly Segment[],
  { after, upTo, most }: Stretch,
  viewerId: string,
): MessageRecord[] {
  const rows: MessageRecord[] = [];
  for (let i = segments.length - 1; i >= 0 && rows.length < most; i--) {
    const segment = segments[i] ?? [];
    if ((segment.at(-1)?.createdAt ?? -Infinity) <= after) break;
    for (let k = segment.length - 1; k >= 0 && rows.length < most; k--) {
      const row = segment[k];
      if (row === undefined || row.createdAt <= after) break;
      if (row.createdAt <= upTo && !row.isDeleted && isForeign(row, viewerId)) rows.push(row);
    }
  }
  return rows;
}
