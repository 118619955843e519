import type { ChannelEvicted } from '../actions/eviction';
import type { EpochMs } from '../protocol/models';
import type { ChannelLog, Timeline } from './channelLog';
import { findMessage, noReads } from './channelLog';
import type { MessageRecord } from './messageRecord';
import { isDelete } from './parked';
import type { Segment } from './segments';
import { rowsBetween, segmentsFrom } from './segments';
import { trimBefore } from './windows';

/** Deleted messages that are remembered by id once their tombstones are let go: a list may still name them (L2). */
const maxGone = 64;

const sizeOf = (segments: readonly Segment[]): number =>
  segments.reduce((sum, segment) => sum + segment.length, 0);

const goneOf = (rows: readonly MessageRecord[]): string[] =>
  rows.flatMap(({ id, isDeleted }) => (isDeleted ? [id] : []));

/** When a thread counts as having been: it goes with its parent, or with its last reply if the parent is not held. */
function momentOf(log: ChannelLog, { parentId, segments }: Timeline): EpochMs {
  const parent = parentId === null ? undefined : findMessage(log, parentId);
  return parent?.createdAt ?? segments.at(-1)?.at(-1)?.createdAt ?? -Infinity;
}

/** The moments of rows, the newest first, and after them the beginning of time. */
function* momentsOf(segments: readonly Segment[]): Generator<number, number> {
  for (const rows of [...segments].reverse()) {
    for (let i = rows.length - 1; i >= 0; i--) yield rows[i]?.createdAt ?? -Infinity;
  }
  return -Infinity;
}

/**
 * The moment from which on a log holds at most so many messages, replies counted with their parents; `null` if all of
 * it does. Never cuts a millisecond in two, so it may be a few more.
 *
 * @internal
 */
export function keepNewest(log: ChannelLog, most: number): EpochMs | null {
  const [own, ...threads] = log.timelines;
  const weights = threads
    .map((thread) => ({ at: momentOf(log, thread), size: sizeOf(thread.segments) }))
    .sort((a, b) => b.at - a.at);
  const moments = momentsOf(own?.segments ?? []);
  let row = moments.next().value;
  let held = 0;
  let next = 0;
  let from: EpochMs | null = null;
  for (;;) {
    const at = Math.max(row, weights[next]?.at ?? -Infinity);
    if (at === -Infinity) return null;
    for (; row === at; row = moments.next().value) held += 1;
    for (; weights[next]?.at === at; next++) held += weights[next]?.size ?? 0;
    if (held > most && from !== null) return from;
    from = at;
  }
}

/**
 * Ids of the last messages of a log that are known to be deleted.
 *
 * @internal
 * @param earlier - Of an earlier log of the channel.
 */
export function goneIn(
  { cut, parked, timelines }: ChannelLog,
  earlier: readonly string[],
): readonly string[] {
  const waiting = parked.flatMap(({ id, facts }) => (facts.some(isDelete) ? [id] : []));
  const rows = timelines.flatMap(({ segments }) => segments.flatMap(goneOf));
  return [...earlier, ...(cut?.gone ?? []), ...waiting, ...rows].slice(-maxGone);
}

/**
 * Lets go of a channel's messages from before a moment, with the threads that hang on them. What is known shrinks with
 * them (L6), and answers to what was asked for earlier are not taken any more (L2).
 *
 * @internal
 */
export function evictBefore(
  log: ChannelLog,
  before: EpochMs,
  keptThreads: ChannelEvicted['keptThreads'],
  ordinal: number,
): ChannelLog {
  const [own, ...threads] = log.timelines;
  if (own === undefined) return log;
  const kept = threads.filter(
    (thread) =>
      momentOf(log, thread) >= before || keptThreads?.includes(thread.parentId ?? '') === true,
  );
  const segments = segmentsFrom(own.segments, before);
  if (segments === own.segments && kept.length === threads.length) return log;
  const lost = threads.filter((thread) => !kept.includes(thread));
  const gone = [
    ...(log.cut?.gone ?? []),
    ...lost.flatMap((thread) => thread.segments.flatMap(goneOf)),
    ...goneOf(rowsBetween(own.segments, null, before)),
  ];
  // what was known when the stream broke off was more than this
  const { broken: _, ...rest } = own;
  const timelines = [
    { ...rest, segments, ...trimBefore(own, before), reads: noReads },
    // what they remember of pages is about requests that are not taken any more
    ...kept.map((thread) => (thread.reads === noReads ? thread : { ...thread, reads: noReads })),
  ];
  return {
    ...log,
    // the index of the old one knows every message that is let go
    lineage: {},
    timelines,
    size: timelines.reduce((sum, timeline) => sum + sizeOf(timeline.segments), 0),
    cut: {
      before: Math.max(before, log.cut?.before ?? before),
      ordinal,
      gone: gone.slice(-maxGone),
    },
  };
}
