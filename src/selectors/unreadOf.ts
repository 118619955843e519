import type { EpochMs } from '../protocol/models';
import type { MessageRecord } from '../state/messageRecord';
import type { ChannelReads, ServerCount } from '../state/readsState';
import type { Segment } from '../state/segments';
import type { Window } from '../state/windows';
import type { Counting } from './unreadRows';
import { isForeign, newestForeign, walkBack } from './unreadRows';

/**
 * How many messages are unread.
 *
 * @public
 */
export interface UnreadCount {
  readonly count: number;
  /** Whether it is exactly that many; otherwise it is at least that many. */
  readonly isExact: boolean;
}

/** All that bears on what is unread in one channel. @internal */
export interface UnreadFacts {
  readonly viewerId: string;
  readonly reads: ChannelReads | undefined;
  /** Up to where the viewer says that they have read, while the server does not have it yet. */
  readonly pendingUpTo: EpochMs | null;
  readonly segments: readonly Segment[];
  readonly windows: readonly Window[];
  /** Whether the main stream tells of the channel. */
  readonly isCovered: boolean;
  readonly find: (messageId: string) => MessageRecord | undefined;
}

/** Up to where everything is read, and which counts know of it. */
interface Mark {
  readonly at: number;
  readonly ordinal: number;
}

/** The mark that counts now: a wish of the viewer's stands until it fails. @internal */
export function markOf({ reads, pendingUpTo }: UnreadFacts): Mark | null {
  const mark = reads?.mark ?? null;
  if (pendingUpTo === null || pendingUpTo <= 0 || pendingUpTo < (mark?.at ?? 0)) return mark;
  return { at: pendingUpTo, ordinal: Infinity };
}

/** The count that counts now. Up to where it goes is not known at times: then a mark that is newer is better. */
function countOf({ reads }: UnreadFacts, mark: Mark | null): ServerCount | null {
  const count = reads?.count ?? null;
  if (count === null || mark === null || mark.ordinal <= count.asOf) return count;
  return count.isLoose === true || count.lastAt === null ? null : count;
}

/**
 * Since when the timeline is known without a hole up to now, and none of it may have been deleted without a word;
 * `Infinity` while it is not live.
 */
function liveFrom({ windows, reads }: UnreadFacts): number {
  const last = windows.at(-1);
  const fresh = reads?.fresh ?? null;
  if (last?.to !== null || fresh === null) return Infinity;
  return Math.max(last.from ?? -Infinity, fresh.from === 0 ? -Infinity : fresh.from);
}

/** A deletion changes the count if the count may have been made before it: what it had counted is one less now. */
function countingOf({ viewerId, reads }: UnreadFacts, count: ServerCount | null): Counting {
  if (count === null) return { viewerId, mayCount: () => false };
  const { asOf, lastAt, isLoose } = count;
  // what was deleted before the last message was made was not there to be counted
  const goneBefore = isLoose === true ? -Infinity : (lastAt ?? -Infinity);
  const told = new Set(reads?.deleted.map(({ id }) => id));
  return {
    viewerId,
    mayCount: ({ id, absentAsOf = 0, deletedAt }) => {
      if (deletedAt !== null && deletedAt < goneBefore) return false;
      return told.has(id) || absentAsOf > asOf;
    },
  };
}

/** Deleted messages that were never held: each may have been counted. */
function unseenDeletes({ reads, find }: UnreadFacts): { lost: number; stray: number } {
  let lost = 0;
  let stray = 0;
  for (const { id, isStray } of reads?.deleted ?? []) {
    if (find(id) !== undefined) continue;
    if (isStray === true) stray += 1;
    else lost += 1;
  }
  return { lost, stray };
}

const noneUnseen = { lost: 0, stray: 0 };

/** Deleted messages of others that are held from before a moment: each may have been counted in place of a later one. */
function deletesBefore({ reads, find, viewerId }: UnreadFacts, after: number, at: number): number {
  const rows = reads?.deleted.flatMap(({ id }) => find(id) ?? []) ?? [];
  return rows.filter(
    (row) => isForeign(row, viewerId) && row.createdAt > after && row.createdAt < at,
  ).length;
}

/** What is left of a count of which some may be deleted: the newest messages up to where it goes, or fewer. */
const leftOf = (count: number, ...gone: readonly number[]): number =>
  gone.reduce((left, n) => Math.max(0, left - n), count);

interface Counted {
  readonly facts: UnreadFacts;
  readonly count: ServerCount;
  readonly counting: Counting;
  readonly mark: Mark | null;
  /** Since when everything is held. */
  readonly from: number;
  /** Whether the stream has told of everything since the count. */
  readonly isTold: boolean;
}

/** Of the messages that a count took in, how many are unread now. */
function countedNow(counted: Counted, hasAllNewer: boolean): UnreadCount {
  const { facts, count, counting, mark, from, isTold } = counted;
  const after = mark?.at ?? -Infinity;
  const upTo = count.lastAt ?? Infinity;
  const walked = walkBack(facts.segments, { after, upTo, most: count.count }, counting);
  const { alive, gone, last } = walked;
  const isGuessed = count.lastAt === null || count.isLeast === true;
  // nothing was unread then, and nothing has come since: what is held may have come while it was asked for
  const isNone = () =>
    isTold && walkBack(facts.segments, { after, upTo, most: 1 }, counting).alive === 0;
  const isFirm = hasAllNewer && (!isGuessed || isNone());
  const { lost, stray } = count.count === 0 ? noneUnseen : unseenDeletes(facts);
  if (alive >= count.count) {
    // the newest ones of what is held: if none can be missing between them, these are the ones
    const isWhole = from <= (last?.createdAt ?? upTo);
    // a count that does not know of the mark may have taken in what is before it, and miss what is held after it
    const isOfMark = mark === null || mark.ordinal <= count.asOf;
    const further = isWhole || last === null ? 0 : deletesBefore(facts, after, last.createdAt);
    const isKnown = isWhole || (isOfMark && isTold && lost + stray + further === 0);
    const left = leftOf(count.count, gone, isWhole ? 0 : lost + further);
    return { count: left, isExact: isFirm && gone === 0 && isKnown };
  }
  if (mark !== null && from <= after) {
    // everything after the mark is held; more than is held was not counted
    const isSure = alive + gone <= count.count;
    return { count: isSure ? alive : leftOf(count.count, gone), isExact: isSure };
  }
  if (mark !== null && mark.ordinal > count.asOf) {
    return { count: Math.min(alive, leftOf(count.count, gone)), isExact: false };
  }
  const isKnown = isTold && gone + lost + stray === 0;
  return { count: leftOf(count.count, gone, lost), isExact: isFirm && isKnown };
}

/**
 * The same of a count that does not say up to where it goes, and what came after it: what the stream, if it never broke,
 * has told since is news; what a page brought may have been counted.
 */
function looselyNow({ facts, count, counting, mark, from, isTold }: Counted): UnreadCount {
  const { segments, viewerId } = facts;
  const after = mark?.at ?? -Infinity;
  const upTo = Infinity;
  const since = Math.max(count.lastAt ?? Infinity, after);
  const told = isTold
    ? newestForeign(segments, { after: since, upTo, most: Infinity }, viewerId)
    : [];
  const newer = told.filter(({ base }) => base === 0).length;
  const most = count.count + newer + 1;
  const { alive, gone } = walkBack(segments, { after, upTo, most }, counting);
  const { lost } = unseenDeletes(facts);
  if (mark === null || from > after) {
    return { count: leftOf(count.count, gone, lost) + newer, isExact: false };
  }
  // everything after the mark is held, whatever was counted; it may have been read elsewhere
  const isSure = alive + gone <= count.count;
  const left = leftOf(count.count, gone) + newer;
  return { count: isSure ? alive : Math.min(alive, left), isExact: isSure };
}

/**
 * Counts what is unread: of the messages after the mark those that are held, and of those up to where the server has
 * counted as many as it says. Either limits the other, since the mark of the server never goes back. Rows are counted,
 * never events: repetitions, late messages and pages that come again change nothing.
 *
 * The wire cuts times to milliseconds: a message of the very millisecond of the mark counts as read.
 *
 * @internal
 * @returns `null` where nothing is known of what was read.
 */
export function unreadOf(facts: UnreadFacts): UnreadCount | null {
  const { segments, isCovered } = facts;
  const mark = markOf(facts);
  const count = countOf(facts, mark);
  const from = liveFrom(facts);
  const counting = countingOf(facts, count);
  const after = mark?.at ?? -Infinity;
  if (count === null) {
    if (mark === null) return null;
    const { alive } = walkBack(segments, { after, upTo: Infinity, most: Infinity }, counting);
    return { count: alive, isExact: from <= after };
  }
  const isTold = count.isTold === true && isCovered;
  const counted = { facts, count, counting, mark, from, isTold };
  if (count.isLoose === true) return looselyNow(counted);
  const lastAt = count.lastAt ?? Infinity;
  const floor = Math.max(lastAt, after);
  const newer = walkBack(segments, { after: floor, upTo: Infinity, most: Infinity }, counting);
  const hasAllNewer = isTold || (count.lastAt !== null && from <= floor);
  if (after >= lastAt) return { count: newer.alive, isExact: hasAllNewer };
  const before = countedNow(counted, hasAllNewer);
  return { count: before.count + newer.alive, isExact: before.isExact };
}
