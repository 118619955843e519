import type { RejectedFrame } from './batch';
import { toCountOrNull } from './counts';
import { decodeChannelRows, decodeProjectRow, inProject } from './decodeModels';
import { decodeMessageRows, readBounds } from './decodePages';
import { readUserId } from './decodeUser';
import { decodeMemberTree, toEntities } from './entities';
import type { Entities } from './entities';
import { badResponse, fieldOf, listOf, maybeListOf, openEnvelope, rowOf } from './envelope';
import type { Envelope } from './envelope';
import type { Decoded } from './fault';
import { Fault, faultOfId } from './fault';
import { isId } from './ids';
import type { ChannelFact } from './models';
import { isRaw } from './raw';
import type { TypingNow, WorkspaceSnapshot } from './rest';
import { decodeRows } from './rows';

/**
 * Decodes the workspace snapshot (wire contract 1.4).
 *
 * @public
 */
export function decodeSnapshot(body: unknown): WorkspaceSnapshot {
  const envelope = openEnvelope(body);
  const rejected: RejectedFrame[] = [];
  const project = rowOf(envelope, 'project', decodeProjectRow);
  const current = readCurrent(envelope, project.id);
  const messageRows = maybeListOf(envelope, 'messages');
  const entities = toEntities({
    channels: [
      ...decodeChannelRows(listOf(envelope, 'channels'), project.id, rejected),
      ...(current === undefined ? [] : [current]),
    ],
    messages: decodeMessageRows(messageRows ?? [], current?.id, rejected),
    members: decodeRows(
      maybeListOf(envelope, 'active_members') ?? [],
      'active_members',
      decodeMemberTree,
      rejected,
    ),
  });
  const typingRows = maybeListOf(envelope, 'typing_users') ?? [];
  return {
    project,
    channels: entities.channels,
    currentChannelId: current?.id ?? null,
    members: entities.members,
    users: entities.users,
    page: readPage(envelope, current, entities),
    typing: decodeRows(typingRows, 'typing_users', decodeTypingRow, rejected).filter(
      (typing) => typing !== null,
    ),
    ...readSums(envelope),
    rejected,
  };
}

function readCurrent(envelope: Envelope, projectId: string): ChannelFact | undefined {
  const row = fieldOf(envelope, 'current_channel');
  if (row === undefined || row === null) return undefined;
  const channel = inProject(row, projectId);
  if (!(channel instanceof Fault)) return channel;
  throw badResponse(`The open channel cannot be used: ${channel.reason}.`, 'current_channel');
}

function readPage(
  envelope: Envelope,
  current: ChannelFact | undefined,
  { messages }: Entities,
): WorkspaceSnapshot['page'] {
  const isIncluded = fieldOf(envelope, 'messages_included') !== false;
  if (current === undefined || !isIncluded || maybeListOf(envelope, 'messages') === undefined) {
    return null;
  }
  return {
    channelId: current.id,
    messages,
    ...readBounds(envelope, messages, messages.length, undefined),
  };
}

function readSums(
  envelope: Envelope,
): Pick<WorkspaceSnapshot, 'unreadTotal' | 'membersOnline' | 'fallbackReason'> {
  const stats = fieldOf(envelope, 'stats');
  const sums = isRaw(stats) ? stats : {};
  const reason = fieldOf(envelope, 'fallback_reason');
  const isFallback = fieldOf(envelope, 'fallback_used') === true;
  return {
    unreadTotal: toCountOrNull(sums['unread_total']),
    membersOnline: toCountOrNull(sums['members_online']),
    fallbackReason: isFallback ? (typeof reason === 'string' ? reason : '') : null,
  };
}

/** A row may say that someone does not type (wire contract 1.4). */
function decodeTypingRow(row: unknown): Decoded<TypingNow | null> {
  if (!isRaw(row)) return new Fault('not_an_object');
  const userId = readUserId(row);
  if (!isId(userId)) return faultOfId(userId, 'userId');
  if (row['is_typing'] === false) return null;
  const user = isRaw(row['user']) ? row['user'] : row;
  const username = user['username'];
  return { userId, username: typeof username === 'string' ? username : null };
}
