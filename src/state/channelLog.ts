import type { MessageRecord } from './messageRecord';
import type { ParkedMessage } from './parked';
import { nothingParked } from './parked';
import type { Segment } from './segments';
import { findRow, noSegments } from './segments';
import type { Window } from './windows';
import { noWindows } from './windows';

/** A page that a request still under way may contradict (L1). @internal */
export interface Read {
  readonly from: number | null;
  readonly to: number | null;
  readonly asOf: number;
}

/**
 * One conversation in order: a channel's own, or one thread of it.
 *
 * @public
 */
export interface Timeline {
  /** The thread's parent; `null` for the channel itself. */
  readonly parentId: string | null;
  readonly segments: readonly Segment[];
  /** What is known of it; between two windows lies a gap. */
  readonly windows: readonly Window[];
  /** @internal */
  readonly reads: readonly Read[];
}

/**
 * Everything that is held of one channel's messages.
 *
 * @public
 */
export interface ChannelLog {
  readonly channelId: string;
  /** The channel's own timeline first, then its threads in the order in which they became known. */
  readonly timelines: readonly Timeline[];
  /** @internal */
  readonly parked: readonly ParkedMessage[];
  /** Pages asked for before this ordinal could bring back what was forgotten: they are not taken. @internal */
  readonly trustedFrom: number;
}

/** @internal */
export const noReads: readonly Read[] = [];

/** @internal */
export function createTimeline(parentId: string | null): Timeline {
  return { parentId, segments: noSegments, windows: noWindows, reads: noReads };
}

/** @internal */
export function createChannelLog(channelId: string): ChannelLog {
  return { channelId, timelines: [createTimeline(null)], parked: nothingParked, trustedFrom: 0 };
}

/** Ordinal of the newest remembered page that covered a moment; 0 if there is none. @internal */
export function readFloor(reads: readonly Read[], at: number): number {
  let floor = 0;
  for (const { from, to, asOf } of reads) {
    if (asOf > floor && (from === null || from < at) && (to === null || at < to)) floor = asOf;
  }
  return floor;
}

/**
 * Ends what pages said of the time to come: from here on the stream no longer completes them.
 *
 * @internal
 * @param lastAt - Time of the timeline's last message, or `null` if it has none.
 */
export function closeReads(reads: readonly Read[], lastAt: number | null): readonly Read[] {
  if (!reads.some((read) => read.to === null)) return reads;
  return reads.flatMap((read) => {
    if (read.to !== null) return [read];
    return lastAt === null ? [] : [{ ...read, to: lastAt }];
  });
}

/**
 * Where a message stands: its time, and its thread if it is a reply.
 *
 * @internal
 */
export type Place = number | { readonly at: number; readonly parentId: string };

/**
 * Ids to places, beside the state and never part of it: a memory of facts that `findMessage` checks against the state,
 * so that results do not depend on it. An index is handed on from a log to the log made from it and only grows, hence
 * a log's index always knows every message of that log.
 */
const indexes = new WeakMap<ChannelLog, Map<string, Place>>();

/** @internal */
export function placeOf(row: MessageRecord): Place {
  return row.parentId === null ? row.createdAt : { at: row.createdAt, parentId: row.parentId };
}

/** @internal */
export function indexOf(log: ChannelLog): Map<string, Place> {
  let index = indexes.get(log);
  if (index === undefined) {
    index = new Map();
    for (const timeline of log.timelines) {
      for (const segment of timeline.segments) {
        for (const row of segment) index.set(row.id, placeOf(row));
      }
    }
    indexes.set(log, index);
  }
  return index;
}

/** Hands a log's index on to the log that was made from it. @internal */
export function rememberIndex(log: ChannelLog, index: Map<string, Place>): void {
  indexes.set(log, index);
}

/**
 * Finds a message by id, wherever in the channel it stands. Costs the same whatever is held.
 *
 * @internal
 */
export function findMessage(log: ChannelLog, id: string): MessageRecord | undefined {
  const place = indexOf(log).get(id);
  if (place === undefined) return undefined;
  const [at, parentId] = typeof place === 'number' ? [place, null] : [place.at, place.parentId];
  const timeline = log.timelines.find((known) => known.parentId === parentId);
  const row = timeline === undefined ? undefined : findRow(timeline.segments, at, id);
  return row ?? scanFor(log, id);
}

/** The slow way, for the rare log whose index was made richer by a branch of history that is not its own. */
function scanFor(log: ChannelLog, id: string): MessageRecord | undefined {
  for (const timeline of log.timelines) {
    for (const segment of timeline.segments) {
      for (const row of segment) if (row.id === id) return row;
    }
  }
  return undefined;
}
