import * as v from 'valibot';
import { toCount } from './counts';
import type { Decoded } from './fault';
import { Fault } from './fault';
import { count, flag, id, idOrNull, text, textOrNull, time, timeOrNull } from './fields';
import { isId } from './ids';
import type { ChannelFact, MessagePreview } from './models';
import { anyOf, isRaw, put, unlessNull } from './raw';
import type { Raw } from './raw';
import { toEpochMs } from './times';
import { validate } from './validate';
import type { Schema } from './validate';

const channelSchema: Schema<ChannelFact> = v.object({
  id,
  projectId: v.exactOptional(id),
  name: v.exactOptional(text),
  slug: v.exactOptional(text),
  description: v.exactOptional(textOrNull),
  isPrivate: v.exactOptional(flag),
  createdAt: v.exactOptional(timeOrNull),
  updatedAt: v.exactOptional(timeOrNull),
  memberCount: v.exactOptional(count),
  unreadCount: v.exactOptional(count),
  userRole: v.exactOptional(textOrNull),
  lastMessage: v.exactOptional(v.custom<MessagePreview | null>((value) => value !== undefined)),
});

const previewSchema: Schema<MessagePreview> = v.object({
  id,
  content: text,
  userId: idOrNull,
  username: textOrNull,
  createdAt: time,
});

/** Decodes a channel: an item of a list, the open channel, or the channel of an event. @internal */
export function decodeChannel(row: unknown): Decoded<ChannelFact> {
  if (!isRaw(row)) return new Fault('not_an_object');
  const lastMessage = decodePreview(row);
  if (lastMessage instanceof Fault) return lastMessage.below('lastMessage');
  const candidate = pickChannel(row, anyOf(row, 'channel_id', 'channelId', 'id'));
  put(candidate, 'lastMessage', lastMessage);
  return validate(channelSchema, candidate);
}

function pickChannel(row: Raw, channelId: unknown): Record<string, unknown> {
  const candidate: Record<string, unknown> = { id: channelId };
  put(candidate, 'projectId', unlessNull(anyOf(row, 'project_id', 'projectId')));
  put(candidate, 'name', unlessNull(anyOf(row, 'name', 'channelName', 'channel_name')));
  put(candidate, 'slug', unlessNull(row['slug']));
  put(candidate, 'description', row['description']);
  put(candidate, 'isPrivate', unlessNull(anyOf(row, 'is_private', 'isPrivate')));
  put(candidate, 'createdAt', toEpochMs(anyOf(row, 'created_at', 'createdAt')));
  put(candidate, 'updatedAt', toEpochMs(anyOf(row, 'updated_at', 'updatedAt')));
  put(candidate, 'memberCount', toCount(anyOf(row, 'member_count', 'memberCount')));
  put(candidate, 'unreadCount', toCount(anyOf(row, 'unread_count', 'unreadCount')));
  put(candidate, 'userRole', anyOf(row, 'user_role', 'userRole'));
  return candidate;
}

/**
 * The last message: an object, or columns beside the channel's. `undefined`: not said, which half a set of columns
 * (the open channel has the id and the time only) is as well.
 */
function decodePreview(row: Raw): Decoded<MessagePreview | null> | undefined {
  const nested = anyOf(row, 'last_message', 'lastMessage');
  if (isRaw(nested)) return validate(previewSchema, pickPreview(nested));
  if (nested !== undefined && nested !== null) return new Fault('invalid_field');
  const previewId = row['last_message_id'];
  const content = row['last_message_content'];
  if (previewId === null && content === null) return null;
  const createdAt = row['last_message_created_at'] ?? row['last_message_at'];
  if (typeof content !== 'string' || previewId === undefined || createdAt === undefined) {
    return nested === null && previewId === undefined ? null : undefined;
  }
  return validate(previewSchema, {
    id: previewId,
    content,
    // an agent's name or a person's id (wire contract 2.9); a name that could hurt a table is neither
    userId: isId(row['last_message_from']) ? row['last_message_from'] : null,
    username: row['last_message_username'] ?? null,
    createdAt: toEpochMs(createdAt),
  });
}

function pickPreview(row: Raw): object {
  return {
    id: anyOf(row, 'message_id', 'messageId', 'id'),
    content: row['content'],
    userId: anyOf(row, 'user_id', 'userId') ?? null,
    username: anyOf(row, 'username', 'from_agent') ?? null,
    createdAt: toEpochMs(anyOf(row, 'created_at', 'createdAt')),
  };
}
