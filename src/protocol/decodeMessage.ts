import type { Decoded } from './fault';
import { Fault } from './fault';
import { messageSchema } from './messageSchema';
import type { MessageFact } from './models';
import { pickMessage } from './pickMessage';
import { isRaw } from './raw';
import { validate } from './validate';

/**
 * Decodes what a frame or a row says of a message. Only keys that were said are in the fact (L4).
 *
 * @param isWhole - The frame is the message itself, so its `timestamp` is the message's; in the news of an edit or a
 * delete it may be the time of the news.
 * @internal
 */
export function decodeMessage(row: unknown, isWhole = true): Decoded<MessageFact> {
  if (!isRaw(row)) return new Fault('not_an_object');
  const candidate = pickMessage(row, isWhole);
  return candidate instanceof Fault ? candidate : validate(messageSchema, candidate);
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
