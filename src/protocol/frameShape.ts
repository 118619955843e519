import { isRaw, toWord } from './raw';
import type { Raw } from './raw';
import type { ServerEventType } from './serverEvents';
import { serverEventTypes } from './serverEvents';

/** What a frame is about, once its shape is resolved. @internal */
export interface FrameShape {
  readonly type: ServerEventType;
  /** The action that the frame's name implies, if it is an alias that does. The payload's own word comes first. */
  readonly impliedAction?: string;
  readonly payload: Raw;
}

interface Meaning {
  readonly type: ServerEventType;
  readonly impliedAction?: string;
}

/** The wire's names, then the proposals of wire contract 3 and the Socket.IO twin's names (1.9). */
const meanings: ReadonlyMap<unknown, Meaning> = new Map<unknown, Meaning>([
  ...serverEventTypes.map((type): [string, Meaning] => [type, { type }]),
  ['reaction_added', { type: 'reaction', impliedAction: 'added' }],
  ['reaction_removed', { type: 'reaction', impliedAction: 'removed' }],
  ['typing_start', { type: 'typing', impliedAction: 'start' }],
  ['typing_stop', { type: 'typing', impliedAction: 'stop' }],
  ['user_typing', { type: 'typing' }],
  ['presence_changed', { type: 'presence' }],
  ['new_message', { type: 'message', impliedAction: 'created' }],
  ['message_updated', { type: 'message', impliedAction: 'updated' }],
  ['message_deleted', { type: 'message', impliedAction: 'deleted' }],
]);

const messageKinds: ReadonlySet<unknown> = new Set([
  undefined,
  null,
  'text',
  'image',
  'file',
  'system',
  'agent',
]);

/**
 * Resolves the four frame shapes of wire contract 2.1: named or default event, bare payload or `{type, data}`.
 * `null`: the type is not known.
 *
 * An envelope is told by a *known* type beside an object `data`, since a bare message has a `type` of its own. Default
 * events come without a name or, as browsers call them, with the name `message`.
 *
 * @internal
 */
export function readFrameShape(name: string | null, body: Raw): FrameShape | null {
  const ownType = body['type'];
  const inner = body['data'];
  if (isRaw(inner)) {
    const enveloped = meanings.get(toWord(ownType));
    if (enveloped !== undefined) return { ...enveloped, payload: inner };
  }
  if (name !== null && name !== '' && name !== 'message') {
    const named = meanings.get(name) ?? meanings.get(toWord(name));
    return named === undefined ? null : { ...named, payload: body };
  }
  const typed = meanings.get(toWord(ownType));
  if (typed !== undefined) return { ...typed, payload: body };
  const isMessage =
    messageKinds.has(ownType) ||
    body['message_id'] !== undefined ||
    body['messageId'] !== undefined;
  return isMessage ? { type: 'message', payload: body } : null;
}
