import type { Fields } from '../http/input.ts';
import { oneOf, optionalObject, text } from '../http/input.ts';
import { messageTypes } from '../services/messages.ts';

export function writtenContent(body: Fields): string {
  return text(body, 'content', 1, 10_000);
}

/** What a person writes, the same for a message and a reply. */
export function writtenMessage(body: Fields) {
  return {
    content: writtenContent(body),
    type: oneOf(body, 'type', messageTypes, 'text'),
    metadata: optionalObject(body, 'metadata'),
  };
}
