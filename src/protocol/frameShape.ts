import { isRaw, lookUp } from './raw';
import type { Raw } from './raw';
import type { ServerEventType } from './serverEvents';
import { serverEventTypes } from './serverEvents';

/** What a name of an event says. */
interface EventName {
  readonly type: ServerEventType;
  /** The action that an alias implies (`typing_stop`). The payload's own word comes first. */
  readonly impliedAction?: string;
}

/** What a frame is about, once its shape is resolved. @internal */
export interface FrameShape {
  readonly name: EventName;
  readonly payload: Raw;
}

/** The wire's names, then the proposals of wire contract 3 and the Socket.IO twin's names (1.9). */
const meanings: ReadonlyMap<unknown, EventName> = new Map<unknown, EventName>([
  ...serverEventTypes.map((type): [string, EventName] => [type, { type }]),
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

const plainMessage: EventName = { type: 'message' };

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
    const enveloped = lookUp(meanings, ownType);
    if (enveloped !== undefined) return { name: enveloped, payload: inner };
  }
  if (name !== null && name !== '' && name !== 'message') {
    const named = lookUp(meanings, name);
    return named === undefined ? null : { name: named, payload: body };
  }
  const typed = lookUp(meanings, ownType);
  if (typed !== undefined) return { name: typed, payload: body };
  const isMessage =
    messageKinds.has(ownType) ||
    body['message_id'] !== undefined ||
    body['messageId'] !== undefined;
  return isMessage ? { name: plainMessage, payload: body } : null;
}
