import type { StreamKey } from '../protocol/batch';
import type { EpochMs, MessageFact } from '../protocol/models';
import type { MessageRecord } from './messageRecord';
import type { ParkedMessage } from './parked';
import { nothingParked } from './parked';
import type { Segment } from './segments';
import { findRow, noSegments } from './segments';
import type { Window } from './windows';
import { noCoverage } from './windows';

/** A page that a request still under way may contradict (L1). @internal */
export interface Read {
  readonly from: number | null;
  readonly to: number;
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
  /** What of it stays known if the stream breaks off. @internal */
  readonly firm: readonly Window[];
  /** @internal */
  readonly reads: readonly Read[];
  /** What was known when the stream broke off, which is so again where it goes on without a hole. @internal */
  readonly broken?: Broken;
}

/** @internal */
export interface Broken {
  readonly stream: StreamKey;
  /** The connection that broke off. */
  readonly epoch: number;
  readonly windows: readonly Window[];
}

/**
 * Nothing in itself: an identity that all versions of one thing share.
 *
 * @internal
 */
export type Lineage = Readonly<Record<string, never>>;

/** What was let go of a channel to stay within bounds. @internal */
export interface Cut {
  /** Messages from before this moment are not held, unless they were read again since. */
  readonly before: EpochMs;
  /** What was asked for before this ordinal may speak of them as they were. */
  readonly ordinal: number;
  /** Ids of the last of them that were deleted. */
  readonly gone: readonly string[];
}

/**
 * Everything that is held of one channel's messages.
 *
 * @public
 */
export interface ChannelLog {
  readonly channelId: string;
  /** Stays the same object from one version of the log to the next: what is remembered beside it hangs on it. @internal */
  readonly lineage: Lineage;
  /** The channel's own timeline first, then its threads in the order in which they became known. */
  readonly timelines: readonly Timeline[];
  /** How many messages are held, replies and tombstones among them. @internal */
  readonly size: number;
  /** @internal */
  readonly parked: readonly ParkedMessage[];
  /** Pages asked for before this ordinal could bring back what was forgotten: they are not taken. @internal */
  readonly trustedFrom: number;
  /** @internal */
  readonly cut: Cut | null;
}

/** @internal */
export const noReads: readonly Read[] = [];

/** @internal */
export function createTimeline(parentId: string | null): Timeline {
  return { parentId, segments: noSegments, ...noCoverage, reads: noReads };
}

/**
 * @internal
 * @param cut - What is remembered of an earlier log that was let go.
 */
export function createChannelLog(
  channelId: string,
  trustedFrom: number,
  cut: Cut | null = null,
): ChannelLog {
  return {
    channelId,
    lineage: {},
    timelines: [createTimeline(null)],
    size: 0,
    parked: nothingParked,
    trustedFrom,
    cut,
  };
}

/** Ordinal from which on pages are taken. @internal */
export function trustOf({ trustedFrom, cut }: ChannelLog): number {
  return Math.max(trustedFrom, cut?.ordinal ?? 0);
}

/** Ordinal of the newest remembered page that covered a moment; 0 if there is none. @internal */
export function readFloor(reads: readonly Read[], at: number): number {
  let floor = 0;
  for (const { from, to, asOf } of reads) {
    if (asOf > floor && (from === null || from < at) && at < to) floor = asOf;
  }
  return floor;
}

/**
 * Where a message stands: its time, and its thread if it is a reply.
 *
 * @internal
 */
export type Place = number | { readonly at: number; readonly parentId: string };

/** What finds things in every version of a log. */
interface Index {
  /** Message ids to places. */
  readonly places: Map<string, Place>;
  /** Threads to their slots among the timelines. */
  readonly threads: Map<string, number>;
}

/**
 * Ids to places, beside the state and never part of it: a memory of facts that look-ups check against the state, so that
 * results do not depend on it. All versions of a log share one index, which only grows: it knows every message and
 * every thread of each of them. It hangs on the lineage and not on the log, since a weak map with an entry per version
 * burdens every collection of garbage.
 */
const indexes = new WeakMap<Lineage, Index>();

/** @internal */
export function placeOf(row: MessageRecord): Place {
  return row.parentId === null ? row.createdAt : { at: row.createdAt, parentId: row.parentId };
}

function makeIndex({ timelines }: ChannelLog): Index {
  const index: Index = { places: new Map(), threads: new Map() };
  timelines.forEach(({ parentId, segments }, slot) => {
    if (parentId !== null) index.threads.set(parentId, slot);
    for (const segment of segments) {
      for (const row of segment) index.places.set(row.id, placeOf(row));
    }
  });
  return index;
}

/** @internal */
export function indexOf(log: ChannelLog): Index {
  let index = indexes.get(log.lineage);
  if (index === undefined) {
    index = makeIndex(log);
    indexes.set(log.lineage, index);
  }
  return index;
}

/** Where a timeline is among those of its channel; -1 if it is not held. @internal */
export function slotOfTimeline(log: ChannelLog, parentId: string | null): number {
  // its own comes first, and is what almost everybody asks for
  if (parentId === null) return 0;
  const slot = indexOf(log).threads.get(parentId);
  if (slot === undefined) return -1;
  return log.timelines[slot]?.parentId === parentId
    ? slot
    : log.timelines.findIndex((timeline) => timeline.parentId === parentId);
}

/** Finds a timeline of a channel: its own, or a thread. @internal */
export function timelineOf(log: ChannelLog, parentId: string | null): Timeline | undefined {
  return log.timelines[slotOfTimeline(log, parentId)];
}

/**
 * Finds a message by id, wherever in the channel it stands. Costs the same whatever is held.
 *
 * @internal
 */
export function findMessage(log: ChannelLog, id: string): MessageRecord | undefined {
  const place = indexOf(log).places.get(id);
  if (place === undefined) return undefined;
  const [at, parentId] = typeof place === 'number' ? [place, null] : [place.at, place.parentId];
  const timeline = timelineOf(log, parentId);
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

/**
 * Whether a row that was asked for alone is taken: an old one must not bring back what was deleted and let go (L2).
 * Where nothing was let go, that is known.
 *
 * @internal
 */
export function isTrusted(log: ChannelLog, fact: MessageFact, asOf: number): boolean {
  const { trustedFrom, cut } = log;
  if (asOf < trustedFrom) return false;
  if (cut === null || asOf >= cut.ordinal || findMessage(log, fact.id) !== undefined) return true;
  const { parentId = null, createdAt = -Infinity } = fact;
  if (createdAt < cut.before) return false;
  // threads are let go with their parents
  return parentId === null || findMessage(log, parentId) !== undefined;
}
