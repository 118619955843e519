import * as v from 'valibot';
import { toCount } from './counts';
import { decodeFile } from './decodeFile';
import { decodeReaction } from './decodeReactions';
import type { Decoded } from './fault';
import { Fault } from './fault';
import { count, flag, id, idOrNull, text, textOrNull, time, timeOrNull } from './fields';
import { toMetadata } from './json';
import type { JsonObject } from './json';
import { decodeList } from './list';
import type { FileRef, MessageFact, MessageType, Reaction } from './models';
import { either, isRaw } from './raw';
import type { Raw } from './raw';
import { toEpochMs } from './times';
import { validate } from './validate';
import type { Schema } from './validate';

const messageSchema: Schema<MessageFact> = v.object({
  id,
  channelId: v.exactOptional(id),
  userId: v.exactOptional(idOrNull),
  username: v.exactOptional(textOrNull),
  fullName: v.exactOptional(textOrNull),
  avatarUrl: v.exactOptional(textOrNull),
  parentId: v.exactOptional(idOrNull),
  type: v.exactOptional(v.custom<MessageType>((value) => typeof value === 'string')),
  content: v.exactOptional(text),
  createdAt: v.exactOptional(time),
  editedAt: v.exactOptional(timeOrNull),
  updatedAt: v.exactOptional(timeOrNull),
  deletedAt: v.exactOptional(timeOrNull),
  threadCount: v.exactOptional(count),
  reactions: v.exactOptional(v.custom<readonly Reaction[]>(Array.isArray)),
  files: v.exactOptional(v.custom<readonly FileRef[]>(Array.isArray)),
  metadata: v.exactOptional(v.custom<JsonObject>(isRaw)),
  fromAgent: v.exactOptional(textOrNull),
  isRead: v.exactOptional(flag),
});

const messageTypes: ReadonlySet<unknown> = new Set(['text', 'image', 'file', 'system', 'agent']);

/** A candidate under construction: the keys of a fact, with values that nobody has looked at. */
type Candidate = { -readonly [Key in keyof MessageFact]?: unknown };

/**
 * Decodes what a frame or a row says of a message. Only keys that were said are in the fact (L4).
 *
 * @param isWhole - The frame is the message itself, so its `timestamp` is the message's; in the news of an edit or a
 * delete it may be the time of the news.
 * @internal
 */
export function decodeMessage(row: unknown, isWhole = true): Decoded<MessageFact> {
  if (!isRaw(row)) return new Fault('not_an_object');
  const candidate: Candidate = { id: readMessageId(row) ?? row['id'] };
  pickPlace(row, candidate);
  pickAuthor(row, candidate);
  pickText(row, candidate);
  pickTimes(row, candidate, isWhole);
  const fault = pickLists(row, candidate);
  return fault ?? validate(messageSchema, candidate);
}

/**
 * Asks of a message what it takes to show it: a channel and a text. Files without a word are shown; so is, as a
 * tombstone, what is deleted.
 *
 * @internal
 */
export function requireRow(message: MessageFact): Decoded<MessageFact> {
  if (message.channelId === undefined) return new Fault('missing_channel', 'channelId');
  if (message.content !== undefined || typeof message.deletedAt === 'number') return message;
  const hasFiles = message.files !== undefined && message.files.length > 0;
  return hasFiles ? { ...message, content: '' } : new Fault('invalid_field', 'content');
}

/** The field that names a message, where `id` may be something else's. @internal */
export function readMessageId(row: Raw): unknown {
  return row['message_id'] ?? row['messageId'];
}

/** The field that names a channel. @internal */
export function readChannelId(row: Raw): unknown {
  return row['channelId'] ?? row['channel_id'];
}

function pickPlace(row: Raw, candidate: Candidate): void {
  const channelId = readChannelId(row);
  if (channelId !== undefined && channelId !== null) candidate.channelId = channelId;
  const parentId = either(row['parent_message_id'], row['parentMessageId']);
  if (parentId !== undefined) candidate.parentId = parentId;
}

function pickAuthor(row: Raw, candidate: Candidate): void {
  const user = isRaw(row['user']) ? row['user'] : undefined;
  let userId = either(row['user_id'], row['userId']) ?? either(row['sender_id'], row['senderId']);
  let username = either(row['username'], either(row['sender_name'], row['senderName']));
  let fullName = either(row['full_name'], row['fullName']);
  let avatarUrl = either(either(row['avatar_url'], row['avatarUrl']), row['avatar']);
  avatarUrl = either(avatarUrl, either(row['sender_avatar'], row['senderAvatar']));
  if (user !== undefined) {
    userId = either(userId, either(user['id'], user['user_id']));
    username = either(username, user['username']);
    fullName = either(fullName, either(user['full_name'], user['fullName']));
    avatarUrl = either(avatarUrl, either(user['avatar_url'], user['avatarUrl']));
  }
  if (userId !== undefined) candidate.userId = userId;
  if (username !== undefined) candidate.username = username;
  if (fullName !== undefined) candidate.fullName = fullName;
  if (avatarUrl !== undefined) candidate.avatarUrl = avatarUrl;
  const fromAgent = either(either(row['from_agent'], row['fromAgent']), row['agent']);
  if (fromAgent !== undefined) candidate.fromAgent = fromAgent;
}

function pickText(row: Raw, candidate: Candidate): void {
  const content = row['content'] ?? row['message'];
  if (content !== undefined && content !== null) candidate.content = content;
  // In a frame without an envelope `type` may be the event's; a kind of message that is new to us is shown as text.
  if (messageTypes.has(row['type'])) candidate.type = row['type'];
}

function pickTimes(row: Raw, candidate: Candidate, isWhole: boolean): void {
  const createdAt =
    row['created_at'] ?? row['createdAt'] ?? (isWhole ? row['timestamp'] : undefined);
  if (createdAt !== undefined && createdAt !== null) candidate.createdAt = toEpochMs(createdAt);
  const updatedAt = toEpochMs(either(row['updated_at'], row['updatedAt']));
  if (updatedAt !== undefined) candidate.updatedAt = updatedAt;
  const deletedAt = toEpochMs(either(row['deleted_at'], row['deletedAt']));
  if (deletedAt !== undefined) candidate.deletedAt = deletedAt;
  const editedAt = toEpochMs(either(row['edited_at'], row['editedAt']));
  if (editedAt !== undefined) candidate.editedAt = editedAt;
  else pickEdited(row, candidate);
}

/** Without `edited_at`, `is_edited` says it: the row's change is the edit only if the frame carries the text. */
function pickEdited(row: Raw, candidate: Candidate): void {
  const isEdited = row['is_edited'] ?? row['isEdited'];
  if (isEdited === false) candidate.editedAt = null;
  const { updatedAt } = candidate;
  if (isEdited !== true || candidate.content === undefined) return;
  if (updatedAt !== undefined && updatedAt !== null) candidate.editedAt = updatedAt;
}

function pickLists(row: Raw, candidate: Candidate): Fault | undefined {
  const threadCount = toCount(row['thread_count'] ?? row['threadCount']);
  if (threadCount !== undefined) candidate.threadCount = threadCount;
  const isRead = row['is_read'] ?? row['isRead'];
  if (isRead !== undefined && isRead !== null) candidate.isRead = isRead;
  const metadata = row['metadata'];
  if (metadata !== undefined && metadata !== null) candidate.metadata = toMetadata(metadata);
  const reactions = decodeList(row['reactions'], 'reactions', decodeReaction);
  if (reactions instanceof Fault) return reactions;
  if (reactions !== undefined) candidate.reactions = reactions;
  const files = decodeList(row['files'] ?? row['attachments'], 'files', decodeFile);
  if (files instanceof Fault) return files;
  if (files !== undefined) candidate.files = files;
  return undefined;
}
