import * as v from 'valibot';
import { decodeChannel } from './decodeChannel';
import { decodeMember } from './decodeMember';
import { readChannelId } from './pickMessage';
import { readUserId } from './decodeUser';
import type { Decoded } from './fault';
import { Fault, faultOfId } from './fault';
import { id, idOrNull, text, textOrNull, timeOrNull } from './fields';
import { isId } from './ids';
import { decodeList } from './list';
import { isRaw, put } from './raw';
import type { Raw } from './raw';
import type { ChannelInitEvent, ConnectionEvent, InitEvent, PingEvent } from './serverEvents';
import { toEpochMs } from './times';
import { validate } from './validate';
import type { Schema } from './validate';

const initSchema: Schema<InitEvent> = v.object({
  type: v.literal('init'),
  userId: id,
  username: textOrNull,
  channelIds: v.exactOptional(v.custom<readonly string[]>(Array.isArray)),
  timestamp: timeOrNull,
});

const connectionSchema: Schema<ConnectionEvent> = v.object({
  type: v.literal('connection'),
  status: text,
  userId: idOrNull,
  timestamp: timeOrNull,
});

const pingSchema: Schema<PingEvent> = v.object({ type: v.literal('ping'), timestamp: timeOrNull });

/** Decodes the first frame of the main stream; its channels are ids, or rows that hold one. @internal */
export function decodeInit(payload: Raw): Decoded<InitEvent> {
  const channelIds = decodeList(payload['channels'], 'channelIds', decodeChannelId);
  if (channelIds instanceof Fault) return channelIds;
  const candidate: Record<string, unknown> = {
    type: 'init',
    userId: readUserId(payload),
    username: payload['username'] ?? null,
    timestamp: toEpochMs(payload['timestamp']) ?? null,
  };
  put(candidate, 'channelIds', channelIds);
  return validate(initSchema, candidate);
}

/** Decodes the server's word that the stream is open. @internal */
export function decodeConnection(payload: Raw): Decoded<ConnectionEvent> {
  return validate(connectionSchema, {
    type: 'connection',
    status: payload['status'],
    userId: readUserId(payload) ?? null,
    timestamp: toEpochMs(payload['timestamp']) ?? null,
  });
}

/** Decodes a heartbeat. @internal */
export function decodePing(payload: Raw): Decoded<PingEvent> {
  return validate(pingSchema, {
    type: 'ping',
    timestamp: toEpochMs(payload['timestamp']) ?? null,
  });
}

/** Decodes the first frame of a channel stream; `channel` is a row, or the id alone. @internal */
export function decodeChannelInit(payload: Raw): Decoded<ChannelInitEvent> {
  const said = payload['channel'] ?? readChannelId(payload);
  const channel = decodeChannel(isRaw(said) ? said : { id: said });
  if (channel instanceof Fault) return channel.below('channel');
  const members = decodeList(payload['members'], 'members', decodeMember) ?? [];
  if (members instanceof Fault) return members;
  const timestamp = toEpochMs(payload['timestamp']) ?? null;
  if (Number.isNaN(timestamp)) return new Fault('invalid_field', 'timestamp');
  return { type: 'channel_init', channel, members, timestamp };
}

function decodeChannelId(item: unknown): Decoded<string> {
  const channelId = isRaw(item) ? (readChannelId(item) ?? item['id']) : item;
  return isId(channelId) ? channelId : faultOfId(channelId);
}
