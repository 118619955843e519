import type { ChannelLog, Lineage, Timeline } from '../state/channelLog';
import { findMessage, timelineOf } from '../state/channelLog';
import type { MessageRecord } from '../state/messageRecord';
import { findLog, trustedFrom } from '../state/messagesState';
import type { Segment } from '../state/segments';
import type { Window } from '../state/windows';
import type { Gap } from './gaps';
import { gapsOf } from './gaps';
import { memoByReference } from './memo';
import type { Pieces } from './pieces';
import { keptPieces, shownOf } from './pieces';
import type { HudhudRootState, StateSelector } from './root';

/** What is known of a timeline. @public */
export interface TimelineInfo {
  /** Whether anything was ever learned of it; `false` means "not loaded", not "empty". */
  readonly isKnown: boolean;
  /** Whether it reaches now and the stream brings what comes. */
  readonly isLive: boolean;
  /** Whether there may be older messages than the oldest known one. */
  readonly hasOlder: boolean;
  /** Whether there may be newer messages than the newest known one, which the stream does not bring. */
  readonly hasNewer: boolean;
  /** Oldest first. */
  readonly gaps: readonly Gap[];
}

/** @public */
export interface MessageSelectors {
  /** A channel's messages, oldest first, without replies and without deleted ones that no thread hangs on. */
  readonly selectMessages: (root: HudhudRootState, channelId: string) => readonly MessageRecord[];
  /** The replies of a thread, oldest first. */
  readonly selectReplies: (
    root: HudhudRootState,
    channelId: string,
    parentId: string,
  ) => readonly MessageRecord[];
  readonly selectMessage: (
    root: HudhudRootState,
    channelId: string,
    messageId: string,
  ) => MessageRecord | null;
  readonly selectTimelineInfo: (
    root: HudhudRootState,
    channelId: string,
    parentId?: string | null,
  ) => TimelineInfo;
  /** All that is held of a timeline, for paging; `null` when nothing is. @internal */
  readonly selectHeldTimeline: (
    root: HudhudRootState,
    channelId: string,
    parentId: string | null,
  ) => Timeline | null;
  /** Ordinal before which a page of this channel would not be taken. @internal */
  readonly selectTrustedFrom: (root: HudhudRootState, channelId: string) => number;
}

const noMessages: readonly MessageRecord[] = [];
const unknownTimeline: TimelineInfo = {
  isKnown: false,
  isLive: false,
  hasOlder: true,
  hasNewer: true,
  gaps: [],
};

/** What was last made of a timeline, to be patched rather than made anew: the shown rows of each segment. */
interface Shown extends Pieces<Segment> {
  readonly rows: readonly MessageRecord[];
}

/**
 * One entry per timeline, which holds its last result: the flat list is one copy of pointers per change, and segments
 * that did not change are not looked at again.
 */
const lastShown = new WeakMap<Lineage, Map<string | null, Shown>>();

function shownRows({ lineage }: ChannelLog, { parentId, segments }: Timeline): Shown['rows'] {
  let timelines = lastShown.get(lineage);
  if (timelines === undefined) {
    timelines = new Map();
    lastShown.set(lineage, timelines);
  }
  const last = timelines.get(parentId);
  if (last?.segments === segments) return last.rows;
  const kept = keptPieces(last, segments);
  const pieces = segments.map((segment, i) => kept[i] ?? shownOf(segment));
  const rows = segments.length === 0 ? noMessages : noMessages.concat(...pieces);
  timelines.set(parentId, { segments, pieces, rows });
  return rows;
}

const infoOf = memoByReference((windows: readonly Window[]): TimelineInfo => {
  const oldest = windows[0];
  if (oldest === undefined) return unknownTimeline;
  const isLive = windows.at(-1)?.to === null;
  const hasOlder = oldest.from !== null;
  return { isKnown: true, isLive, hasOlder, hasNewer: !isLive, gaps: gapsOf(windows) };
});

/** @internal */
export function createMessageSelectors(select: StateSelector): MessageSelectors {
  const logOf = (root: HudhudRootState, channelId: string): ChannelLog | undefined =>
    findLog(select(root).messages, channelId);
  const rowsOf = (root: HudhudRootState, channelId: string, parentId: string | null) => {
    const log = logOf(root, channelId);
    const timeline = log === undefined ? undefined : timelineOf(log, parentId);
    return log === undefined || timeline === undefined ? noMessages : shownRows(log, timeline);
  };
  return {
    selectMessages: (root, channelId) => rowsOf(root, channelId, null),
    selectReplies: rowsOf,
    selectMessage: (root, channelId, messageId) => {
      const log = logOf(root, channelId);
      return log === undefined ? null : (findMessage(log, messageId) ?? null);
    },
    selectTimelineInfo: (root, channelId, parentId = null) => {
      const log = logOf(root, channelId);
      const timeline = log === undefined ? undefined : timelineOf(log, parentId);
      return timeline === undefined ? unknownTimeline : infoOf(timeline.windows);
    },
    selectHeldTimeline: (root, channelId, parentId) => {
      const log = logOf(root, channelId);
      return (log === undefined ? undefined : timelineOf(log, parentId)) ?? null;
    },
    selectTrustedFrom: (root, channelId) => trustedFrom(select(root).messages, channelId),
  };
}
