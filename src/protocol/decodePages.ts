import type { RejectedFrame } from './batch';
import { toCountOrNull } from './counts';
import { decodeMessage } from './decodeMessage';
import { readChannelId } from './pickMessage';
import { decodeReaction } from './decodeReactions';
import { decodeMessageTree, toEntities } from './entities';
import type { MessageTree } from './entities';
import { badResponse, fieldOf, listOf, openEnvelope, rowOf } from './envelope';
import type { Envelope } from './envelope';
import type { Decoded } from './fault';
import { Fault } from './fault';
import { isId } from './ids';
import type { MessageFact } from './models';
import { isRaw } from './raw';
import type { MessagesPage, PageRequest, ReactionList, UnreadCounts } from './rest';
import { decodeRows } from './rows';

/**
 * Decodes a page of messages, from whichever endpoint: history, search or the replies of a thread.
 *
 * @public
 */
export function decodeMessagesPage(body: unknown, request: PageRequest = {}): MessagesPage {
  const envelope = openEnvelope(body);
  const rejected: RejectedFrame[] = [];
  const trees = decodeMessageRows(
    listOf(envelope, 'messages', 'replies'),
    request.channelId,
    rejected,
  );
  const { messages, users } = toEntities({ messages: trees });
  // a row that was refused was one of the page all the same
  const count = messages.length + rejected.length;
  return { messages, users, ...readBounds(envelope, messages, count, request.limit), rejected };
}

/**
 * Decodes the rows of a message list; those of another channel than the asked one are refused.
 *
 * @internal
 */
export function decodeMessageRows(
  rows: readonly unknown[],
  channelId: string | undefined,
  rejected: RejectedFrame[],
): readonly MessageTree[] {
  return decodeRows(rows, 'messages', (row) => inChannel(row, channelId), rejected);
}

function inChannel(row: unknown, channelId: string | undefined): Decoded<MessageTree> {
  if (!isRaw(row)) return new Fault('not_an_object');
  if (channelId === undefined) return decodeMessageTree(row);
  const isPlaced = (readChannelId(row) ?? undefined) !== undefined;
  const message = decodeMessageTree(isPlaced ? row : { ...row, channel_id: channelId });
  if (message instanceof Fault || message.channelId === channelId) return message;
  return new Fault('foreign_row', 'channelId');
}

/**
 * How far a page reaches. Without the server's word: the rows' own ends, and more to come if the page is full.
 *
 * @internal
 */
export function readBounds(
  envelope: Envelope,
  messages: readonly MessageFact[],
  count: number,
  limit: number | undefined,
): Pick<MessagesPage, 'hasMore' | 'oldestId' | 'newestId'> {
  const pagination = fieldOf(envelope, 'pagination');
  const place = isRaw(pagination) ? { ...envelope, inner: pagination } : envelope;
  const hasMore = fieldOf(place, 'has_more', 'hasMore');
  const oldestId = fieldOf(place, 'oldest_message_id', 'oldestMessageId');
  const newestId = fieldOf(place, 'newest_message_id', 'newestMessageId');
  return {
    hasMore: typeof hasMore === 'boolean' ? hasMore : limit !== undefined && count >= limit,
    oldestId: isId(oldestId) ? oldestId : endOf(messages, -1),
    newestId: isId(newestId) ? newestId : endOf(messages, 1),
  };
}

/** The first (-1) or the last (1) message by time and id. */
function endOf(messages: readonly MessageFact[], direction: -1 | 1): string | null {
  let end: MessageFact | undefined;
  for (const message of messages) {
    if (message.createdAt === undefined) continue;
    if (end === undefined || compare(message, end) * direction > 0) end = message;
  }
  return end?.id ?? null;
}

function compare(a: MessageFact, b: MessageFact): number {
  const byTime = (a.createdAt ?? 0) - (b.createdAt ?? 0);
  if (byTime !== 0) return byTime;
  return a.id < b.id ? -1 : 1;
}

/**
 * Decodes the answer to a send or an edit. A row without its channel gets the one that is known.
 *
 * @public
 */
export function decodeMessageReply(
  body: unknown,
  request: Pick<PageRequest, 'channelId'> = {},
): MessageFact {
  const message = rowOf(openEnvelope(body), 'message', (row) => decodeMessage(row));
  const { channelId } = request;
  return message.channelId === undefined && channelId !== undefined
    ? { ...message, channelId }
    : message;
}

/**
 * Decodes all reactions of a message.
 *
 * @public
 */
export function decodeReactions(body: unknown): ReactionList {
  const rejected: RejectedFrame[] = [];
  const rows = listOf(openEnvelope(body), 'reactions');
  return { reactions: decodeRows(rows, 'reactions', decodeReaction, rejected), rejected };
}

/**
 * Decodes the unread counts. Without a `total`, it is the sum.
 *
 * @public
 */
export function decodeUnread(body: unknown): UnreadCounts {
  const envelope = openEnvelope(body);
  const counts = fieldOf(envelope, 'channels');
  if (!isRaw(counts)) throw badResponse('The answer has no counts by channel.', 'channels');
  const rejected: RejectedFrame[] = [];
  const pairs = decodeRows(Object.entries(counts), 'channels', decodeUnreadPair, rejected);
  const sum = pairs.reduce((all, [, unread]) => all + unread, 0);
  return {
    total: toCountOrNull(fieldOf(envelope, 'total')) ?? sum,
    channels: Object.fromEntries(pairs),
    rejected,
  };
}

function decodeUnreadPair(pair: unknown): Decoded<readonly [string, number]> {
  const [channelId, said] = pair as [string, unknown];
  if (!isId(channelId)) return new Fault('hostile_id');
  const unread = toCountOrNull(said ?? 0);
  return unread === null ? new Fault('invalid_field') : [channelId, unread];
}
