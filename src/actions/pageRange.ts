import { earliestOf, latestOf } from '../protocol/extremes';
import type { MessageFact } from '../protocol/models';
import type { PageRange } from './history';

/** A read may miss what was written this long before it; what is known drops out by itself. @internal */
export const overlapMs = 2_000;

/** What a page was asked for with, and what came. @internal */
export interface PageAnswer {
  /** Only messages created before this moment were asked for; `null` for the newest ones. */
  readonly before: number | null;
  /** Whether there is more on the older side. */
  readonly hasMore: boolean;
  readonly messages: readonly MessageFact[];
  /** Whether the stream was open from before the request until after its answer. */
  readonly isLive: boolean;
}

const timesOf = (messages: readonly MessageFact[]): number[] =>
  messages.flatMap(({ createdAt }) => (createdAt === undefined ? [] : [createdAt]));

/**
 * Which part of the timeline a page answers for (L6). The wire cuts microseconds to milliseconds and a page may end
 * inside of one, hence the open ends: of the millisecond of the oldest row nothing is claimed.
 *
 * @internal
 */
export function pageRange({ before, hasMore, messages, isLive }: PageAnswer): PageRange {
  const times = timesOf(messages);
  const from = hasMore ? Math.min(before ?? Infinity, earliestOf(times)) : null;
  if (before !== null) return { from, to: before };
  if (isLive) return { from: from === Infinity ? 0 : from, to: null };
  // an empty conversation, seen without a stream: nothing is known of now, only that nothing came before
  const to = Math.max(0, latestOf(times));
  return { from: from === Infinity ? to : from, to };
}

/** A page of what came after a moment, and what it was asked for with. @internal */
export interface NewerAnswer {
  /** Only messages created after this moment were asked for. */
  readonly after: number;
  /** Where what is known ends; `after` lies before it, so that a page that goes on from it lists it again. */
  readonly edge: number;
  /** Whether the server's clock is known to have passed the edge. */
  readonly isPast: boolean;
  /** Whether there may be more messages after that moment than the page lists. */
  readonly hasMore: boolean;
  readonly messages: readonly MessageFact[];
  readonly isLive: boolean;
}

/**
 * Which part of the timeline a page of newer messages answers for; `null` if for none. Where there is more than the
 * page lists, nothing is claimed beyond its own rows: a server may as well have given the newest ones. It touches what
 * is known if it lists a message from before the edge.
 *
 * @internal
 */
export function newerRange(answer: NewerAnswer): PageRange | null {
  const { after, edge, isPast, hasMore, messages, isLive } = answer;
  const times = timesOf(messages);
  const last = latestOf(times);
  if (times.length === 0 && (hasMore || !isPast)) return null;
  if (!hasMore) return { from: after, to: isLive ? null : Math.max(isPast ? edge : last, last) };
  return { from: earliestOf(times), to: last };
}
