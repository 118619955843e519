import * as v from 'valibot';
import { readChannelId } from './pickMessage';
import { readUserId } from './decodeUser';
import type { Decoded } from './fault';
import { flag, id, textOrNull } from './fields';
import { anyOf, lookUp } from './raw';
import type { Raw } from './raw';
import type { TypingEvent } from './serverEvents';
import { validate } from './validate';
import type { Schema } from './validate';

const typingSchema: Schema<TypingEvent> = v.object({
  type: v.literal('typing'),
  channelId: id,
  userId: id,
  username: textOrNull,
  isTyping: flag,
});

/** Actions that end it; every other one, and none, says that they type (wire contract 1.8). */
const stops: ReadonlyMap<unknown, false> = new Map<unknown, false>([
  ['stop', false],
  ['stopped', false],
  ['typing_stop', false],
]);

/** Decodes who types. @internal */
export function decodeTyping(payload: Raw, impliedAction?: string): Decoded<TypingEvent> {
  return validate(typingSchema, {
    type: 'typing',
    channelId: readChannelId(payload),
    userId: readUserId(payload),
    username: payload['username'] ?? null,
    isTyping: readIsTyping(payload, impliedAction),
  });
}

function readIsTyping(payload: Raw, impliedAction: string | undefined): unknown {
  const said = anyOf(payload, 'isTyping', 'is_typing');
  return said ?? lookUp(stops, payload['action'] ?? impliedAction) ?? true;
}
