import type { MessageFact } from '../protocol/models';
import type { PageRange } from './history';

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

/**
 * Which part of the timeline a page answers for (L6). The wire cuts microseconds to milliseconds and a page may end
 * inside of one, hence the open ends: of the millisecond of the oldest row nothing is claimed.
 *
 * @internal
 */
export function pageRange({ before, hasMore, messages, isLive }: PageAnswer): PageRange {
  const times = messages.flatMap(({ createdAt }) => (createdAt === undefined ? [] : [createdAt]));
  const from = hasMore ? Math.min(before ?? Infinity, ...times) : null;
  if (before !== null) return { from, to: before };
  if (isLive) return { from: from === Infinity ? 0 : from, to: null };
  // an empty conversation, seen without a stream: nothing is known of now, only that nothing came before
  const to = Math.max(0, ...times);
  return { from: from === Infinity ? to : from, to };
}
