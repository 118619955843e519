import type { Caller } from '../caller.ts';
import type { Frame } from '../realtime/encoding.ts';
import type { ChannelWire } from './channel.ts';
import type { MessageWire } from './message.ts';

/** The payloads of the stream: ids of channels and (mostly) people in camelCase, the message's own keys in snake_case. */
type Person = Pick<Caller, 'userId' | 'username'>;

export function newMessage(message: MessageWire): Frame {
  return { event: 'channel_message', data: created(message), by: message.user_id };
}

/** The second copy that some servers send of every created message. */
export function broadcastCopy(message: MessageWire): Frame {
  return { event: 'broadcast', data: created(message), by: message.user_id };
}

function created(message: MessageWire): Frame['data'] {
  return {
    action: 'new_message',
    message_id: message.message_id,
    channelId: message.channel_id,
    user_id: message.user_id,
    username: message.username,
    content: message.content,
    type: message.type,
    metadata: message.metadata,
    thread_count: message.thread_count,
    reactions: [],
    created_at: message.created_at,
    is_edited: false,
    ...(message.files.length === 0 ? {} : { files: message.files }),
    ...(message.parent_message_id === null ? {} : { parent_message_id: message.parent_message_id }),
  };
}

/** Partial: a client merges what is there and keeps the rest. */
export function editedMessage(message: MessageWire): Frame {
  const { message_id, channel_id: channelId, content, edited_at: updated_at } = message;
  const data = { action: 'updated', message_id, channelId, content, is_edited: true, updated_at };
  return { event: 'channel_message', data, by: message.user_id };
}

export interface ThreadChange {
  readonly messageId: string;
  readonly channelId: string;
  readonly threadCount: number;
  readonly at: Date;
  readonly by: string;
}

/** Tells the parent's readers of a reply; its content does not move, so it is not in the frame. */
export function threadChanged(change: ThreadChange): Frame {
  const { messageId, channelId, threadCount, at, by } = change;
  return {
    event: 'channel_message',
    by,
    data: {
      action: 'updated',
      message_id: messageId,
      channelId,
      thread_count: threadCount,
      updated_at: at.toISOString(),
    },
  };
}

export function deletedMessage(message_id: string, channelId: string, by: string): Frame {
  return { event: 'channel_message', data: { action: 'deleted', message_id, channelId }, by };
}

export function typing(channelId: string, { userId, username }: Person): Frame {
  return { event: 'typing', data: { channelId, userId, username, isTyping: true } };
}

export function reaction(
  type: 'reaction_added' | 'reaction_removed',
  place: { readonly messageId: string; readonly channelId: string; readonly emoji: string },
  { userId, username }: Person,
): Frame {
  const { messageId: message_id, channelId, emoji } = place;
  return {
    event: 'reaction',
    by: userId,
    data: { type, message_id, channelId, user_id: userId, username, emoji },
  };
}

export type ChosenStatus = 'online' | 'away' | 'busy';

export interface PresenceChange extends Person {
  readonly action: 'join' | 'leave' | 'update';
  readonly status: ChosenStatus | 'offline';
  readonly onlineCount: number;
}

export function presence(change: PresenceChange, at: Date): Frame {
  const { action, userId, username, status, onlineCount } = change;
  const updates = { status, last_seen: at.toISOString() };
  return { event: 'presence', data: { action, userId, username, updates, onlineCount } };
}

export function membership(
  action: 'member_joined' | 'member_left',
  channelId: string,
  { userId, username }: Person,
): Frame {
  return { event: 'channel_event', data: { action, channelId, userId, username } };
}

export function channelChanged(
  action: 'channel_created' | 'channel_updated',
  channel: ChannelWire,
  { userId, username }: Person,
): Frame {
  const { channel_id: channelId } = channel;
  return { event: 'channel_event', data: { action, channelId, userId, username, channel } };
}

export function channelDeleted(channelId: string, { userId, username }: Person): Frame {
  return {
    event: 'channel_event',
    data: { action: 'channel_deleted', channelId, userId, username },
  };
}

export function notice(type: 'system' | 'alert', message: string, channelId?: string): Frame {
  const data = { type, message, ...(channelId === undefined ? {} : { channelId }) };
  return { event: 'broadcast', data };
}
