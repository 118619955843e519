import { decodeMessage, requireRow } from './decodeMessage';
import { readChannelId, readMessageId } from './pickMessage';
import type { Decoded } from './fault';
import { Fault } from './fault';
import type { MessageFact } from './models';
import { lookUp } from './raw';
import type { Raw } from './raw';
import type { MessageEvent, NoticeEvent } from './serverEvents';
import { toEpochMs } from './times';

type Op = MessageEvent['op'];

/** Wire contract 1.8; `new_message` is what the backend really sends. A row without an action is a new one. */
const ops: ReadonlyMap<unknown, Op> = new Map<unknown, Op>([
  [undefined, 'create'],
  ['created', 'create'],
  ['create', 'create'],
  ['new', 'create'],
  ['new_message', 'create'],
  ['message_created', 'create'],
  ['updated', 'edit'],
  ['update', 'edit'],
  ['edited', 'edit'],
  ['edit', 'edit'],
  ['message_updated', 'edit'],
  ['message_edited', 'edit'],
  ['deleted', 'delete'],
  ['delete', 'delete'],
  ['removed', 'delete'],
  ['message_deleted', 'delete'],
]);

/**
 * Decodes the three event types that carry messages. `broadcast` carries notices as well.
 *
 * @internal
 */
export function decodeMessageEvent(
  payload: Raw,
  type: MessageEvent['type'],
  impliedAction?: string,
): Decoded<MessageEvent | NoticeEvent> {
  const op = lookUp(ops, payload['action'] ?? impliedAction);
  if (op === undefined) return new Fault('unknown_action', 'action');
  if (type === 'broadcast' && op === 'create' && isNotice(payload)) return decodeNotice(payload);
  const message = decodeMessage(payload, op === 'create');
  if (message instanceof Fault) return message;
  // the soft-delete column outweighs the action
  if (op === 'delete' || typeof message.deletedAt === 'number') {
    return { type, op: 'delete', message: withoutDenial(message) };
  }
  if (op === 'edit') return { type, op, message };
  const row = requireRow(message);
  return row instanceof Fault ? row : { type, op, message: row };
}

/** A delete may carry the row as it was before: its `deleted_at: null` would contradict the delete. */
function withoutDenial(message: MessageFact): MessageFact {
  if (message.deletedAt !== null) return message;
  const { deletedAt: _denial, ...rest } = message;
  return rest;
}

/** Notices have no conversation. Their `id`, if any, is their own, so only a message's own name for it counts. */
function isNotice(payload: Raw): boolean {
  const channelId = readChannelId(payload);
  const hasChannel = channelId !== undefined && channelId !== null;
  const messageId = readMessageId(payload) ?? (hasChannel ? payload['id'] : undefined);
  if (messageId !== undefined && messageId !== null) return false;
  return !hasChannel || isNoticeType(payload['type']);
}

function isNoticeType(type: unknown): boolean {
  return type === 'system' || type === 'alert';
}

function decodeNotice(payload: Raw): Decoded<NoticeEvent> {
  const text = payload['message'] ?? payload['content'];
  if (typeof text !== 'string') return new Fault('invalid_field', 'text');
  const timestamp = toEpochMs(
    payload['timestamp'] ?? payload['created_at'] ?? payload['createdAt'],
  );
  if (Number.isNaN(timestamp)) return new Fault('invalid_field', 'timestamp');
  const level = payload['type'] === 'alert' ? 'alert' : 'system';
  return { type: 'broadcast', op: 'notice', level, text, timestamp: timestamp ?? null };
}
