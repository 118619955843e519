import { frame, ids } from '../../support/hudhudAnswers';
import type { Capabilities } from '../capabilities';
import type { Change, StoredMessage } from './chatServer';

/** How the server says things. Times are cut to ms here, as the wire does it. */

export const people: Readonly<Record<string, string>> = {
  [ids.me]: 'lina',
  [ids.omar]: 'omar',
  [ids.sara]: 'sara',
};

const nameOf = (userId: string): string => people[userId] ?? 'nobody';
const iso = (us: number): string => new Date(Math.floor(us / 1_000)).toISOString();
const isoOrNull = (us: number | null): string | null => (us === null ? null : iso(us));

type Json = Readonly<Record<string, unknown>>;

function reactionsOf(
  message: StoredMessage,
  { times }: Capabilities,
  isForViewer: boolean,
): Json[] {
  return [...message.reactions].map(([emoji, users]) => ({
    emoji,
    count: users.size,
    users: [...users].map(([userId, at]) => ({
      ...{ userId, username: nameOf(userId) },
      ...(times === 'all' ? { createdAt: iso(at) } : {}),
    })),
    ...(isForViewer ? { has_reacted: users.has(ids.me) } : {}),
  }));
}

const metadataOf = ({ nonce }: StoredMessage, { returnsNonce }: Capabilities): Json =>
  returnsNonce && nonce !== null ? { client_id: nonce } : {};

/** A row as the viewer's request reads it. */
export function rowOf(message: StoredMessage, caps: Capabilities, hasTimes = true): Json {
  const isDeleted = message.deletedUs !== null;
  const times = hasTimes ? caps.times : 'none';
  return {
    message_id: message.id,
    channel_id: message.channelId,
    user_id: message.userId,
    username: nameOf(message.userId),
    content: isDeleted ? '' : message.content,
    type: 'text',
    metadata: metadataOf(message, caps),
    parent_message_id: message.parentId,
    created_at: iso(message.createdUs),
    ...(times === 'none' ? {} : { edited_at: isoOrNull(message.editedUs) }),
    ...(times === 'all' ? { updated_at: iso(message.updatedUs) } : {}),
    deleted_at: isoOrNull(message.deletedUs),
    thread_count: message.threadCount,
    reactions: isDeleted ? [] : reactionsOf(message, caps, true),
  };
}

function createdFrames(message: StoredMessage, caps: Capabilities): string[] {
  const { id: message_id, channelId, userId: user_id, content, parentId } = message;
  const data = {
    action: 'new_message',
    ...{ message_id, channelId, user_id, username: nameOf(user_id), content, type: 'text' },
    ...{ metadata: metadataOf(message, caps), thread_count: 0, reactions: [], is_edited: false },
    created_at: iso(message.createdUs),
    ...(parentId === null ? {} : { parent_message_id: parentId }),
  };
  const told = frame('channel_message', data);
  return caps.tellsCreatedTwice ? [told, frame('broadcast', data)] : [told];
}

function updatedFrame({ message, atUs }: Change, what: Json, isTimed: boolean): string {
  const { id: message_id, channelId } = message;
  const updated_at = isTimed ? { updated_at: iso(atUs) } : {};
  return frame('channel_message', {
    action: 'updated',
    message_id,
    channelId,
    ...what,
    ...updated_at,
  });
}

function reactionFrame({ message, by, emoji, on, atUs }: Change, { times }: Capabilities): string {
  const { id: message_id, channelId } = message;
  return frame('reaction', {
    type: on ? 'reaction_added' : 'reaction_removed',
    ...{ message_id, channelId, user_id: by.userId, username: nameOf(by.userId), emoji },
    ...(times === 'all' ? { timestamp: iso(atUs) } : {}),
  });
}

/** What the stream says of a change, in the words of the moment at which it was made. */
export function framesOf(change: Change, caps: Capabilities): string[] {
  const { message, content, atUs } = change;
  const { id: message_id, channelId } = message;
  switch (change.what) {
    case 'created':
      return createdFrames(message, caps);
    case 'edited':
      return [updatedFrame(change, { content, is_edited: true }, caps.times !== 'none')];
    case 'counted':
      return [updatedFrame(change, { thread_count: message.threadCount }, caps.times !== 'none')];
    case 'deleted': {
      const at = caps.timesDeletions ? { deleted_at: iso(atUs) } : {};
      return [frame('channel_message', { action: 'deleted', message_id, channelId, ...at })];
    }
    case 'reacted': {
      if (caps.tellsReactions === 'single') return [reactionFrame(change, caps)];
      const reactions = reactionsOf(message, caps, false);
      return [updatedFrame(change, { reactions }, caps.times === 'all')];
    }
  }
}
