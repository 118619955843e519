import type { RejectionReason } from './rejection';
import type { ServerEvent } from './serverEvents';

/**
 * Which stream said something: the main one, or a channel's own.
 *
 * @public
 */
export type StreamKey = 'main' | `channel:${string}`;

const ofChannel = 'channel:';

/** The stream of a channel's own. @internal */
export function streamOf(channelId: string): StreamKey {
  return `${ofChannel}${channelId}`;
}

/** The channel whose own stream it is; `null` for the main one. @internal */
export function channelOf(stream: StreamKey): string | null {
  return stream === 'main' ? null : stream.slice(ofChannel.length);
}

/** A frame that was not understood, kept for a look at it; `sample` is cut and holds at most 512 characters. @public */
export interface RejectedFrame {
  readonly reason: RejectionReason;
  readonly eventType: string | null;
  /** Length of the frame's data in characters. */
  readonly size: number;
  /** Path of the first field at fault, where validation found one. */
  readonly path?: string;
  readonly sample: string;
}

/**
 * What leaves the transport at once: all events of one flush, of one connection (epoch), in the order they arrived.
 *
 * @public
 */
export interface EventBatch {
  readonly stream: StreamKey;
  /** Number of the connection attempt that brought them; grows over the life of the client (L12). */
  readonly epoch: number;
  readonly events: readonly ServerEvent[];
  readonly rejected: readonly RejectedFrame[];
  /** Last event id seen up to the last event, or `null` when the server sends none. */
  readonly lastEventId: string | null;
  /** When the flush happened, by the client's clock. */
  readonly receivedAt: number;
  /**
   * The first connection since which nothing of this stream is missing, as of this one; `null`: something may be. Missing:
   * nothing new is known of that.
   */
  readonly wholeSince?: number | null;
}
