import * as v from 'valibot';
import { decodeChannel } from './decodeChannel';
import { readChannelId } from './pickMessage';
import { readUserId } from './decodeUser';
import type { Decoded } from './fault';
import { Fault } from './fault';
import { id, text, textOrNull } from './fields';
import type { ChannelFact } from './models';
import { anyOf, isRaw, put, lookUp, unlessNull } from './raw';
import type { Raw } from './raw';
import type { ChannelEvent } from './serverEvents';
import { validate } from './validate';
import type { Schema } from './validate';

type Op = ChannelEvent['op'];

const channelEventSchema: Schema<ChannelEvent> = v.object({
  type: v.literal('channel_event'),
  op: v.custom<Op>((value) => typeof value === 'string'),
  channelId: id,
  channel: v.exactOptional(v.custom<ChannelFact>(isRaw)),
  userId: v.exactOptional(id),
  username: v.exactOptional(textOrNull),
  role: v.exactOptional(text),
});

/** Only `member_joined`, `member_left` and `channel_updated` are known for certain (wire contract 3). */
const ops: ReadonlyMap<unknown, Op> = new Map<unknown, Op>([
  ['created', 'created'],
  ['channel_created', 'created'],
  ['updated', 'updated'],
  ['channel_updated', 'updated'],
  ['deleted', 'deleted'],
  ['channel_deleted', 'deleted'],
  ['member_joined', 'memberJoined'],
  ['member_left', 'memberLeft'],
  ['member_updated', 'memberUpdated'],
  ['member_role_changed', 'memberUpdated'],
]);

/** Decodes news of a channel or of its members. @internal */
export function decodeChannelEvent(payload: Raw): Decoded<ChannelEvent> {
  const op = lookUp(ops, payload['action']);
  if (op === undefined) return new Fault('unknown_action', 'action');
  const nested = isRaw(payload['channel']) ? payload['channel'] : undefined;
  const channelId =
    readChannelId(payload) ?? nested?.['channel_id'] ?? nested?.['channelId'] ?? nested?.['id'];
  const channel = decodeChange(op, nested, payload, channelId);
  if (channel instanceof Fault) return channel.below('channel');
  const candidate: Record<string, unknown> = { type: 'channel_event', op, channelId };
  put(candidate, 'channel', channel);
  put(candidate, 'userId', unlessNull(readUserId(payload)));
  put(candidate, 'username', payload['username']);
  put(candidate, 'role', unlessNull(anyOf(payload, 'role', 'new_role', 'newRole')));
  return validate(channelEventSchema, candidate);
}

/** What the frame says of the channel itself, nested or flat. Flat news of a member are none of the channel. */
function decodeChange(
  op: Op,
  nested: Raw | undefined,
  payload: Raw,
  channelId: unknown,
): Decoded<ChannelFact> | undefined {
  const isOfChannel = nested !== undefined || op === 'created' || op === 'updated';
  if (channelId === undefined || !isOfChannel) return undefined;
  const channel = decodeChannel({ ...(nested ?? payload), channel_id: channelId });
  return channel instanceof Fault || Object.keys(channel).length > 1 ? channel : undefined;
}
