import * as v from 'valibot';
import { toCount } from './counts';
import { readUserId } from './decodeUser';
import type { Decoded } from './fault';
import { Fault } from './fault';
import { count, id, idOrNull, presence, presenceWords, textOrNull, timeOrNull } from './fields';
import { anyOf, isRaw, lookUp, put } from './raw';
import type { Raw } from './raw';
import type { PresenceEvent } from './serverEvents';
import { toEpochMs } from './times';
import { validate } from './validate';
import type { Schema } from './validate';

const presenceSchema: Schema<PresenceEvent> = v.object({
  type: v.literal('presence'),
  userId: id,
  status: presence,
  username: v.exactOptional(textOrNull),
  lastSeen: v.exactOptional(timeOrNull),
  currentChannel: v.exactOptional(idOrNull),
  onlineCount: v.exactOptional(count),
  timestamp: v.exactOptional(timeOrNull),
});

/** What an action says by itself; `null`: the status is in the frame, as it is without an action. */
const implications: ReadonlyMap<unknown, 'online' | 'offline' | null> = new Map<
  unknown,
  'online' | 'offline' | null
>([
  [undefined, null],
  ['join', 'online'],
  ['leave', 'offline'],
  ['update', null],
]);

/** Decodes presence in both forms that are known: by action (SSE) and by status (Socket.IO). @internal */
export function decodePresence(payload: Raw): Decoded<PresenceEvent> {
  const implied = lookUp(implications, payload['action'] ?? undefined);
  if (implied === undefined) return new Fault('unknown_action', 'action');
  const updates = isRaw(payload['updates']) ? payload['updates'] : {};
  const candidate: Record<string, unknown> = {
    type: 'presence',
    userId: readUserId(payload),
    status: implied ?? lookUp(presenceWords, updates['status'] ?? payload['status']),
  };
  put(candidate, 'username', payload['username']);
  put(candidate, 'lastSeen', toEpochMs(readLastSeen(updates) ?? readLastSeen(payload)));
  // the channel of a leave is the one that was left
  if (implied !== 'offline') {
    put(candidate, 'currentChannel', readChannel(updates) ?? readChannel(payload));
  }
  put(candidate, 'onlineCount', toCount(anyOf(payload, 'onlineCount', 'online_count')));
  put(candidate, 'timestamp', toEpochMs(payload['timestamp']));
  return validate(presenceSchema, candidate);
}

function readLastSeen(part: Raw): unknown {
  return anyOf(part, 'lastSeen', 'last_seen');
}

function readChannel(part: Raw): unknown {
  return anyOf(part, 'channelId', 'channel_id', 'currentChannel', 'current_channel');
}
