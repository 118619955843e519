import type { EpochMs } from '../protocol/models';
import type { ChannelLog } from '../state/channelLog';
import { findMessage } from '../state/channelLog';
import type { MessageRecord } from '../state/messageRecord';
import { findLog } from '../state/messagesState';
import { operationsOf } from '../state/outboxState';
import type { ChannelReads } from '../state/readsState';
import { readsOf } from '../state/readsState';
import { compareKeys, noSegments } from '../state/segments';
import type { Window } from '../state/windows';
import { createBoundedSelector } from './memo';
import { isShown, segmentAt } from './pieces';
import type { HudhudRootState, StateSelector } from './root';
import type { UnreadCount, UnreadFacts } from './unreadOf';
import { markOf, unreadOf } from './unreadOf';
import { isForeign, newestForeign } from './unreadRows';

/** What to tell the server when somebody has read a channel. @public */
export interface ReadWish {
  /** The newest message that was read, and when it was made. */
  readonly target: string;
  readonly upTo: EpochMs;
  /** Oldest first; at most 200, the newest ones. */
  readonly messageIds: readonly string[];
}

/** Where the unread messages begin. */
interface UnreadSpot {
  /** The first one; `null`: none is unread. */
  readonly messageId: string | null;
  /** Whether it is held, and with it everything that came after; `false`: it may be further back. */
  readonly isReached: boolean;
}

/** @public */
export interface UnreadSelectors {
  /**
   * How many messages of others, replies aside, the viewer has not read in a channel; `null`: nothing is known. What the
   * viewer has wished to be read counts as read. The same object while the number is the same.
   */
  readonly selectUnread: (root: HudhudRootState, channelId: string) => UnreadCount | null;
  /** The same of all channels together; at least so many where one of them is not known. */
  readonly selectUnreadTotal: (root: HudhudRootState) => UnreadCount | null;
  /**
   * The message above which the unread line stands, as it was when the channel was opened; `null`: nowhere. Where that one
   * was deleted since, the next one of somebody else's.
   */
  readonly selectUnreadAnchor: (root: HudhudRootState, channelId: string) => string | null;
  /** When the first unread message that is held was made; `null`: none is. From there on rows are kept. @internal */
  readonly selectFirstUnreadAt: (root: HudhudRootState, channelId: string) => EpochMs | null;
  /** @internal */
  readonly selectUnreadSpot: (root: HudhudRootState, channelId: string) => UnreadSpot | null;
  /**
   * What to wish for when everything up to a message is read, by default up to the newest one; `null` where there is
   * nothing to wish for.
   */
  readonly selectReadWish: (
    root: HudhudRootState,
    channelId: string,
    messageId?: string,
  ) => ReadWish | null;
}

/** The line marks a place, which a message that leaves no placeholder hands on to the one after it. */
function standing(log: ChannelLog, anchor: string, viewerId: string): string | null {
  const gone = findMessage(log, anchor);
  if (gone === undefined || isShown(gone)) return anchor;
  const segments = log.timelines[0]?.segments ?? noSegments;
  for (const segment of segments.slice(Math.max(0, segmentAt(segments, gone)))) {
    const next = segment.find(
      (row) =>
        compareKeys(row.createdAt, row.id, gone.createdAt, gone.id) > 0 &&
        isShown(row) &&
        isForeign(row, viewerId),
    );
    if (next !== undefined) return next.id;
  }
  return null;
}

/** A longer list is a request that a server may refuse; its mark moves to the newest of them all the same. */
const mostNamed = 200;

const noWindows: readonly Window[] = [];

function factsOf(
  log: ChannelLog | undefined,
  reads: ChannelReads | undefined,
  pendingUpTo: EpochMs | null,
  viewerId: string,
  isCovered: boolean,
): UnreadFacts {
  const timeline = log?.timelines[0];
  return {
    ...{ viewerId, reads, pendingUpTo, isCovered },
    segments: timeline?.segments ?? noSegments,
    windows: timeline?.windows ?? noWindows,
    find: (id) => (log === undefined ? undefined : findMessage(log, id)),
  };
}

/** The messages that the number counts, as far as they are held, newest first. */
function unreadRows(facts: UnreadFacts, most: number): readonly MessageRecord[] {
  const after = markOf(facts)?.at ?? -Infinity;
  return newestForeign(facts.segments, { after, upTo: Infinity, most }, facts.viewerId);
}

const nowhere: UnreadSpot = { messageId: null, isReached: true };

function spotOf(facts: UnreadFacts): UnreadSpot | null {
  const unread = unreadOf(facts);
  if (unread === null) return null;
  if (unread.count === 0) return nowhere;
  const rows = unreadRows(facts, unread.count);
  const first = rows.at(-1);
  if (first === undefined || rows.length < unread.count) {
    return { messageId: null, isReached: false };
  }
  const mark = markOf(facts);
  const count = facts.reads?.count ?? null;
  // a count says how many there are; a mark alone only where they begin, which has to be held then
  const isCounted = count !== null && (mark === null || count.asOf >= mark.ordinal);
  const from = facts.windows.at(-1)?.from ?? -Infinity;
  const isReached = unread.isExact || from <= (isCounted ? first.createdAt : (mark?.at ?? 0));
  return { messageId: first.id, isReached };
}

function wishOf(facts: UnreadFacts, upTo: number): ReadWish | null {
  const unread = unreadOf(facts);
  // where more may be unread than is known, naming too many does no harm
  const most = unread?.isExact === true ? unread.count : Infinity;
  const after = markOf(facts)?.at ?? -Infinity;
  const held = newestForeign(facts.segments, { after, upTo: Infinity, most }, facts.viewerId);
  const rows = held.filter(({ createdAt }) => createdAt <= upTo).slice(0, mostNamed);
  const [newest] = rows;
  if (newest === undefined) return null;
  const messageIds = rows.map(({ id }) => id).reverse();
  return { target: newest.id, upTo: newest.createdAt, messageIds };
}

/** Numbers that are remembered at a time. */
const maxNumbers = 512;

/** Gives one object per number, whatever it counts. */
function createNumbers(): (unread: UnreadCount | null) => UnreadCount | null {
  const numbers = new Map<string, UnreadCount>();
  return (unread) => {
    if (unread === null) return null;
    const key = `${unread.count}${unread.isExact ? '' : '+'}`;
    const known = numbers.get(key) ?? unread;
    // what was asked for last stays longest
    numbers.delete(key);
    numbers.set(key, known);
    const [oldest = key] = numbers.keys();
    if (numbers.size > maxNumbers) numbers.delete(oldest);
    return known;
  };
}

/** @internal */
export function createUnreadSelectors(select: StateSelector): UnreadSelectors {
  const selectReads = (root: HudhudRootState, channelId: string) =>
    readsOf(select(root).reads, channelId);
  const selectLog = (root: HudhudRootState, channelId: string) =>
    findLog(select(root).messages, channelId);
  const selectPendingUpTo = (root: HudhudRootState, channelId: string): EpochMs | null => {
    let upTo: EpochMs | null = null;
    for (const operation of operationsOf(select(root).outbox, channelId)) {
      if (operation.kind === 'read') upTo = Math.max(upTo ?? 0, operation.upTo);
    }
    return upTo;
  };
  const selectViewer = (root: HudhudRootState) => select(root).connection.viewer?.id ?? null;
  const selectIsCovered = (root: HudhudRootState, channelId: string) =>
    select(root).connection.covered?.includes(channelId) ?? true;

  const selectFacts = createBoundedSelector(
    [selectLog, selectReads, selectPendingUpTo, selectViewer, selectIsCovered],
    (log, reads, pendingUpTo, viewerId, isCovered) =>
      viewerId === null ? null : factsOf(log, reads, pendingUpTo, viewerId, isCovered),
  );
  const computeUnread = createBoundedSelector([selectFacts], (facts) =>
    facts === null ? null : unreadOf(facts),
  );
  const keepSame = createNumbers();
  const selectUnread = (root: HudhudRootState, channelId: string) =>
    keepSame(computeUnread(root, channelId));
  const selectUnreadSpot = createBoundedSelector([selectFacts], (facts) =>
    facts === null ? null : spotOf(facts),
  );
  const selectAnchor = (root: HudhudRootState, channelId: string) =>
    selectReads(root, channelId)?.anchor ?? null;
  const selectStanding = createBoundedSelector(
    [selectLog, selectAnchor, selectViewer],
    (log, anchor, viewerId) =>
      log === undefined || anchor === null || viewerId === null
        ? anchor
        : standing(log, anchor, viewerId),
  );
  return {
    selectUnread,
    selectUnreadTotal: (root) => {
      const known = select(root).channels.list.map(({ id }) => selectUnread(root, id));
      if (known.every((unread) => unread === null)) return null;
      const count = known.reduce((sum, unread) => sum + (unread?.count ?? 0), 0);
      const isExact = known.every((unread) => unread?.isExact === true);
      return keepSame({ count, isExact });
    },
    // most channels have none: they are not worth a memory
    selectUnreadAnchor: (root, channelId) =>
      selectAnchor(root, channelId) === null ? null : selectStanding(root, channelId),
    selectFirstUnreadAt: (root, channelId) => {
      const facts = selectFacts(root, channelId);
      if (facts === null) return null;
      return unreadRows(facts, selectUnread(root, channelId)?.count ?? 0).at(-1)?.createdAt ?? null;
    },
    selectUnreadSpot,
    selectReadWish: createBoundedSelector(
      [
        selectFacts,
        (root: HudhudRootState, channelId: string, messageId?: string): EpochMs | null => {
          if (messageId === undefined) return Infinity;
          const log = selectLog(root, channelId);
          return (log && findMessage(log, messageId)?.createdAt) ?? null;
        },
      ],
      (facts, upTo) => (facts === null || upTo === null ? null : wishOf(facts, upTo)),
    ),
  };
}
