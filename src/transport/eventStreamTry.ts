import type { Counters } from '../platform/counters';
import type { Platform } from '../platform/platform';
import type { Scheduler } from '../platform/scheduler';
import { essenceOf } from './contentType';
import type { IdentifiedFrame } from './frameParser';
import { createFrameParser } from './frameParser';
import { parseRetryAfter } from './retryAfter';
import type { StreamEnd } from './streamEnd';
import type { StreamRequest } from './streamRequest';
import { buildStreamRequest } from './streamRequest';
import type { SourceTry } from './tryLife';
import { createTryLife } from './tryLife';
import { createTurns, piecesOf } from './turns';

/** What a stream calls while it lives. One that throws is counted and does not disturb the stream. @internal */
export interface TryHandlers {
  /** The server took the request; its first frame comes later. */
  onOpen(info: { readonly status: number }): void;
  onFrame(frame: IdentifiedFrame): void;
  /** An id moved, with or without data in its block; comes before the frame that carries it. */
  onId(id: string): void;
  /** A read of the network, or a piece of it, is done: all frames that it completed were handed over. */
  onRead(): void;
  /** The server's wish for the delay before the next try, in ms. */
  onRetry(ms: number): void;
  /** A comment, without its colon; where nobody asks for them, none is held. */
  readonly onComment?: (text: string) => void;
}

/** Limits of one try. @internal */
export interface TryLimits {
  /** Longest frame, in characters. */
  readonly maxFrameBytes: number;
  /** Longest wait for the head of the answer, in ms. */
  readonly connectTimeoutMs: number;
  /** Longest silence on an open stream, in ms; `Infinity` waits for ever. */
  readonly idleTimeoutMs: number;
}

/** What of the world a stream needs. @internal */
export type StreamPorts = Pick<Platform, 'fetch' | 'clock' | 'timers' | 'logger'> & {
  readonly scheduler: Pick<Scheduler, 'afterFrame'>;
};

/**
 * Opens a stream once. There is no retry in here.
 *
 * @internal
 */
export function readEventStream(
  request: StreamRequest & TryLimits,
  handlers: TryHandlers,
  ports: StreamPorts & { readonly counters: Counters },
): SourceTry {
  const { counters } = ports;
  const abort = new AbortController();
  let waitedFor: 'headers' | 'bytes' = 'headers';
  let cancelBody: () => Promise<unknown> = () => Promise.resolve();
  const { isOver, finish, call, breakOff, watchdog, handle } = createTryLife<keyof TryHandlers>(
    'stream',
    () => {
      // Both: a refused body holds its connection until it is cancelled, and not every fetch listens to the signal.
      cancelBody().catch(() => undefined);
      abort.abort();
    },
    ports,
    () => waitedFor,
  );
  const tooLarge = () => {
    if (!isOver()) counters.inc('drops', 'frame_too_large');
    finish({ kind: 'too_large' });
  };

  const { onComment } = handlers;
  const parser = createFrameParser(
    {
      onFrame(frame) {
        call('onFrame', () => {
          counters.inc('frames');
          handlers.onFrame(frame);
        });
      },
      onId(id) {
        call('onId', () => {
          handlers.onId(id);
        });
      },
      onRetry(ms) {
        call('onRetry', () => {
          handlers.onRetry(ms);
        });
      },
      onComment:
        onComment &&
        ((text) => {
          call('onComment', () => {
            onComment(text);
          });
        }),
      onTooLarge: tooLarge,
    },
    request.maxFrameBytes,
  );

  const turns = createTurns(ports);
  const take = (piece: Uint8Array) => {
    parser.feed(piece);
    call('onRead', () => {
      handlers.onRead();
    });
  };

  const checkHead = (response: Response): StreamEnd | null => {
    const { status, headers } = response;
    if (status !== 200) {
      const retryAfterMs = parseRetryAfter(headers.get('Retry-After'), ports.clock.now());
      return { kind: 'refused', status, retryAfterMs };
    }
    const contentType = essenceOf(headers.get('Content-Type'));
    return contentType === 'text/event-stream' ? null : { kind: 'wrong_type', contentType };
  };

  const read = async (): Promise<StreamEnd> => {
    const { url, init } = buildStreamRequest(request);
    const response = await ports.fetch(url, { ...init, signal: abort.signal });
    cancelBody = async () => response.body?.cancel();
    if (isOver()) {
      await cancelBody();
      return { kind: 'aborted' };
    }
    const refusal = checkHead(response);
    if (refusal !== null) return refusal;

    waitedFor = 'bytes';
    watchdog.arm(request.idleTimeoutMs);
    call('onOpen', () => {
      handlers.onOpen({ status: response.status });
    });
    if (response.body === null) return { kind: 'ended' };
    const reader = response.body.getReader();
    cancelBody = () => reader.cancel();
    for (;;) {
      const { done: isEnd, value } = await reader.read();
      if (isOver() || isEnd) return { kind: 'ended' };
      counters.inc('bytes', undefined, value.byteLength);
      for (const piece of piecesOf(value)) {
        watchdog.arm(request.idleTimeoutMs);
        await turns.take(() => {
          take(piece);
        });
        if (isOver()) return { kind: 'ended' };
      }
    }
  };

  watchdog.arm(request.connectTimeoutMs);
  read().then(finish, breakOff);
  return handle;
}
