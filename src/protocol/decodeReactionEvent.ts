import * as v from 'valibot';
import { readChannelId, readMessageId } from './pickMessage';
import { readUserId } from './decodeUser';
import type { Decoded } from './fault';
import { Fault } from './fault';
import { id, textOrNull, timeOrNull } from './fields';
import { anyOf, put, lookUp, unlessNull } from './raw';
import type { Raw } from './raw';
import type { ReactionEvent } from './serverEvents';
import { toEpochMs } from './times';
import { validate } from './validate';
import type { Schema } from './validate';

type Op = ReactionEvent['op'];

const reactionEventSchema: Schema<ReactionEvent> = v.object({
  type: v.literal('reaction'),
  op: v.custom<Op>((value) => value === 'add' || value === 'remove'),
  messageId: id,
  channelId: v.exactOptional(id),
  userId: id,
  username: textOrNull,
  emoji: id,
  at: timeOrNull,
});

const ops: ReadonlyMap<unknown, Op> = new Map<unknown, Op>([
  ['add', 'add'],
  ['added', 'add'],
  ['reaction_added', 'add'],
  ['created', 'add'],
  ['remove', 'remove'],
  ['removed', 'remove'],
  ['reaction_removed', 'remove'],
  ['deleted', 'remove'],
]);

/** Decodes someone's reaction; the backend names the event only, the fields are those of wire contract 3. @internal */
export function decodeReactionEvent(payload: Raw, impliedAction?: string): Decoded<ReactionEvent> {
  const op = lookUp(ops, payload['action'] ?? impliedAction ?? payload['type']);
  if (op === undefined) return new Fault('unknown_action', 'action');
  const at = anyOf(payload, 'timestamp', 'created_at', 'createdAt', 'updated_at', 'updatedAt');
  const candidate: Record<string, unknown> = {
    type: 'reaction',
    op,
    messageId: readMessageId(payload),
    userId: readUserId(payload),
    username: payload['username'] ?? null,
    emoji: payload['emoji'],
    at: toEpochMs(at) ?? null,
  };
  put(candidate, 'channelId', unlessNull(readChannelId(payload)));
  return validate(reactionEventSchema, candidate);
}
