import { toCount } from './counts';
import { decodeFile } from './decodeFile';
import { decodeReaction } from './decodeReactions';
import type { Decoded } from './fault';
import { Fault } from './fault';
import { toMetadata } from './json';
import { decodeList } from './list';
import { filesInMetadata } from './metadataFiles';
import type { MessageFact } from './models';
import { either, isRaw } from './raw';
import type { Raw } from './raw';
import { toEpochMs } from './times';

const messageTypes: ReadonlySet<unknown> = new Set(['text', 'image', 'file', 'system', 'agent']);

/** The keys of a fact, with values that nobody has looked at. @internal */
export type MessageCandidate = { -readonly [Key in keyof MessageFact]?: unknown };

/**
 * Picks a message together from the aliases of wire contract 1.5, 1.8 and 1.9. Keys are asked for one by one instead
 * of by a table: this runs for every message.
 *
 * @internal
 */
export function pickMessage(row: Raw, isWhole: boolean): Decoded<MessageCandidate> {
  const candidate: MessageCandidate = { id: readMessageId(row) ?? row['id'] };
  pickPlace(row, candidate);
  pickAuthor(row, candidate);
  pickText(row, candidate);
  pickTimes(row, candidate, isWhole);
  return pickRest(row, candidate) ?? candidate;
}

/** The field that names a message, where `id` may be something else's. @internal */
export function readMessageId(row: Raw): unknown {
  return row['message_id'] ?? row['messageId'];
}

/** The field that names a channel. @internal */
export function readChannelId(row: Raw): unknown {
  return row['channelId'] ?? row['channel_id'];
}

function pickPlace(row: Raw, candidate: MessageCandidate): void {
  const channelId = readChannelId(row);
  if (channelId !== undefined && channelId !== null) candidate.channelId = channelId;
  const parentId = either(row['parent_message_id'], row['parentMessageId']);
  if (parentId !== undefined) candidate.parentId = parentId;
}

function pickAuthor(row: Raw, candidate: MessageCandidate): void {
  const user = isRaw(row['user']) ? row['user'] : undefined;
  let userId = either(row['user_id'], row['userId']);
  userId = either(userId, either(row['sender_id'], row['senderId']));
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

function pickText(row: Raw, candidate: MessageCandidate): void {
  const content = row['content'] ?? row['message'];
  if (content !== undefined && content !== null) candidate.content = content;
  // In a frame without an envelope `type` may be the event's; a kind of message that is new to us is shown as text.
  if (messageTypes.has(row['type'])) candidate.type = row['type'];
}

function pickTimes(row: Raw, candidate: MessageCandidate, isWhole: boolean): void {
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
function pickEdited(row: Raw, candidate: MessageCandidate): void {
  const isEdited = row['is_edited'] ?? row['isEdited'];
  if (isEdited === false) candidate.editedAt = null;
  const { updatedAt } = candidate;
  if (isEdited !== true || candidate.content === undefined) return;
  if (updatedAt !== undefined && updatedAt !== null) candidate.editedAt = updatedAt;
}

function pickRest(row: Raw, candidate: MessageCandidate): Fault | undefined {
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
  const named = files === undefined || files.length === 0 ? filesInMetadata(metadata) : [];
  if (named.length > 0) candidate.files = named;
  else if (files !== undefined) candidate.files = files;
  return undefined;
}
