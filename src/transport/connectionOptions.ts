import type { Counters } from '../platform/counters';
import type { Platform } from '../platform/platform';
import type { EventBatch, StreamKey } from '../protocol/batch';
import type { ConnectionSnapshot } from '../protocol/connectionSnapshot';
import type { SourceName } from '../protocol/connectionStatus';
import { decodeFrame } from '../protocol/decodeFrame';
import type { DecodeFrame } from './batcher';
import type { Session } from './session';
import type { Source } from './source';
import type { StreamAuth } from './streamRequest';
import type { Surroundings } from './surroundings';

/** How a connection behaves; every one has a default in `connectionDefaults`. @public */
export interface ConnectionTuning {
  /**
   * Ways to hear the server on the main stream, the best first: one that leads nowhere is left for the next one. Default
   * `['sse', 'longPoll']`; there is `'webSocket'` as well.
   */
  readonly sources: readonly SourceName[];
  /** How the token travels. Default `'header'`. */
  readonly auth: StreamAuth;
  /** Upper bound of the first delay before a reconnect, in ms. Default 1,000. */
  readonly initialDelayMs: number;
  /** Upper bound of all such delays, in ms. Default 30,000. */
  readonly maxDelayMs: number;
  /** Reconnects in a row that may fail before the phase is `failed`. Default 10; `Infinity` never gives up. */
  readonly maxReconnectAttempts: number;
  /** How often it is tried again after that, and after a final answer, in ms. Default 300,000; `Infinity`: not by itself. */
  readonly probeMs: number;
  /** A stream that brought an event and lasted this long starts the delays and attempts over, in ms. Default 10,000. */
  readonly resetAfterMs: number;
  /** Most frames in one batch. Default 1,000. */
  readonly maxBatch: number;
  /** Longest frame, in characters; a longer one ends the stream. Default 1,048,576. */
  readonly maxFrameBytes: number;
  /** Longest wait for the token, and then for the head of the answer, in ms. Default 15,000. */
  readonly connectTimeoutMs: number;
  /**
   * Longest silence of an open stream, in ms; any byte ends it. A first guess: the server's pings teach a better one.
   * Default 75,000; `Infinity` waits for ever.
   */
  readonly idleTimeoutMs: number;
  /** How long an open stream has to show that it lives after the network went or came back or the machine slept, in ms. Default 10,000. */
  readonly wakeGraceMs: number;
  /** Where to go on, as kept from an earlier life. Default `null`. */
  readonly lastEventId: string | null;
  /** Turns frames into events. Default: `decodeFrame`. */
  readonly decode: DecodeFrame;
}

/** The defaults of `ConnectionTuning`. @public */
export const connectionDefaults: ConnectionTuning = {
  sources: ['sse', 'longPoll'],
  auth: 'header',
  initialDelayMs: 1_000,
  maxDelayMs: 30_000,
  maxReconnectAttempts: 10,
  probeMs: 300_000,
  resetAfterMs: 10_000,
  maxBatch: 1_000,
  maxFrameBytes: 1_048_576,
  connectTimeoutMs: 15_000,
  idleTimeoutMs: 75_000,
  wakeGraceMs: 10_000,
  lastEventId: null,
  decode: decodeFrame,
};

/** What a connection needs. @public */
export interface ConnectionOptions extends Partial<Omit<ConnectionTuning, 'sources'>> {
  readonly stream: StreamKey;
  /** Ways to hear the server, the best first. */
  readonly sources: readonly [Source, ...Source[]];
  readonly session: Session;
  readonly surroundings: Surroundings;
  readonly platform: Platform;
  readonly counters: Counters;
  /** The next connection number of this client; asked once per try. */
  readonly nextEpoch: () => number;
}

/** What a connection calls. @public */
export interface ConnectionHandlers {
  onBatch(batch: EventBatch): void;
  onChange(snapshot: ConnectionSnapshot): void;
}

/** A stream that comes back. @public */
export interface Connection {
  /** Opens the stream, and again whenever it ends. Does nothing while it is started. */
  start(): void;
  /** Hands over what is collected, closes, and is silent from then on. */
  stop(): void;
  /** Tries now instead of later; also after giving up. */
  retryNow(): void;
  /** Others found out that the session is over: ends what is open, until somebody signs in. */
  authLost(): void;
  getSnapshot(): ConnectionSnapshot;
}
