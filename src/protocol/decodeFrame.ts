import type { RejectedFrame } from './batch';
import { decodeChannelEvent } from './decodeChannelEvent';
import { decodeMessageEvent } from './decodeMessageEvent';
import { decodePresence } from './decodePresence';
import { decodeReactionEvent } from './decodeReactionEvent';
import { decodeChannelInit, decodeConnection, decodeInit, decodePing } from './decodeStreamEvents';
import { decodeTyping } from './decodeTyping';
import type { Decoded } from './fault';
import { Fault } from './fault';
import { readFrameShape } from './frameShape';
import type { FrameShape } from './frameShape';
import { isRaw } from './raw';
import { toRejected } from './sample';
import type { ServerEvent } from './serverEvents';

/** A frame as the event-stream parser hands it over. @public */
export interface StreamFrame {
  /** The `event:` line; `null` (or `message`) for a default event. */
  readonly event: string | null;
  readonly data: string;
}

/** What became of a frame. @public */
export type DecodedFrame = { readonly event: ServerEvent } | { readonly rejected: RejectedFrame };

/** Limits of decoding. @public */
export interface DecodeOptions {
  /** Longest frame in characters that is parsed at all. Default 1,000,000. */
  readonly maxLength?: number;
}

const defaultMaxLength = 1_000_000;

/**
 * Decodes a frame. Never throws, whatever the frame holds: what is not understood comes back as a rejected frame with
 * its reason, for counting and for the quarantine (L16).
 *
 * @public
 * @example
 * ```ts
 * const decoded = decodeFrame({ event: 'ping', data: '{"timestamp":"2025-09-01T08:00:30.000Z"}' });
 * if ('event' in decoded) handle(decoded.event);
 * ```
 */
export function decodeFrame(frame: StreamFrame, options?: DecodeOptions): DecodedFrame {
  const { event: name, data } = frame;
  if (data.length > (options?.maxLength ?? defaultMaxLength)) {
    return { rejected: toRejected(new Fault('too_large'), name, data) };
  }
  const body = parse(data);
  if (body instanceof Fault) return { rejected: toRejected(body, name, data) };
  if (!isRaw(body)) return { rejected: toRejected(new Fault('not_an_object'), name, data) };
  const shape = readFrameShape(name, body);
  if (shape === null) {
    const ownType = typeof body['type'] === 'string' ? body['type'] : null;
    const isDefault = name === null || name === '' || name === 'message';
    return {
      rejected: toRejected(new Fault('unknown_type'), isDefault ? ownType : name, data),
    };
  }
  const event = decodeEvent(shape);
  if (event instanceof Fault) return { rejected: toRejected(event, shape.name.type, data) };
  return { event };
}

function parse(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch {
    return new Fault('invalid_json');
  }
}

function decodeEvent({ name, payload }: FrameShape): Decoded<ServerEvent> {
  switch (name.type) {
    case 'message':
    case 'channel_message':
    case 'broadcast':
      return decodeMessageEvent(payload, name.type, name.impliedAction);
    case 'typing':
      return decodeTyping(payload, name.impliedAction);
    case 'presence':
      return decodePresence(payload);
    case 'reaction':
      return decodeReactionEvent(payload, name.impliedAction);
    case 'channel_event':
      return decodeChannelEvent(payload);
    case 'ping':
      return decodePing(payload);
    case 'init':
      return decodeInit(payload);
    case 'connection':
      return decodeConnection(payload);
    case 'channel_init':
      return decodeChannelInit(payload);
  }
}
