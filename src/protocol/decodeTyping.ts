import * as v from 'valibot';
import { readChannelId } from './decodeMessage';
import { readUserId } from './decodeUser';
import type { Decoded } from './fault';
import { flag, id, textOrNull } from './fields';
import type { FrameShape } from './frameShape';
import { anyOf, toWord } from './raw';
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

const stops: ReadonlySet<unknown> = new Set(['stop', 'stopped', 'typing_stop']);

/** Decodes who types; without a word about it, they do (wire contract 1.8). @internal */
export function decodeTyping({ payload, impliedAction }: FrameShape): Decoded<TypingEvent> {
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
  return said ?? !stops.has(toWord(payload['action'] ?? impliedAction));
}
