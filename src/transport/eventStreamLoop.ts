import { noCounters } from '../platform/counters';
import type { Platform } from '../platform/platform';
import type { ReportError } from '../platform/reportError';
import type { Cancel } from '../platform/timers';
import type { Attempt, AttemptEnd } from './attempt';
import { startAttempt } from './attempt';
import { backoffDelay } from './backoff';
import type { EventStreamHandlers, EventStreamTuning } from './eventStreamOptions';
import { sessionOf } from './eventStreamSession';
import type { StreamPorts, TryHandlers } from './eventStreamTry';
import { readEventStream } from './eventStreamTry';
import { afterTry, toStreamError } from './eventStreamVerdict';
import { fixedIdleTimeout } from './idleTimeout';
import { createSseSource } from './sseSource';

/** A stream that comes back until it is closed. @public */
export interface EventStream {
  /** Ends it for good: nothing is delivered any more, not even the rest of what has arrived. */
  close(): void;
}

/** What a stream asks of the world. @internal */
export interface EventStreamPorts extends StreamPorts, Pick<Platform, 'random'> {
  readonly reportError: ReportError;
}

type Try = Pick<Attempt, 'done' | 'close' | 'getToken'>;

/** Starts one try; `refused` is the token that the last one was refused with. */
function startTry(
  tuning: EventStreamTuning,
  refused: string | null,
  handlers: TryHandlers,
  ports: EventStreamPorts,
): Try {
  const counted = { ...ports, counters: noCounters };
  const request = { ...tuning, auth: 'header' as const };
  if (tuning.auth === null) {
    const stream = readEventStream({ ...request, token: null }, handlers, counted);
    return { ...stream, getToken: () => null };
  }
  const session = sessionOf(tuning.auth);
  const { lastEventId, connectTimeoutMs } = tuning;
  const attempt = {
    ...{ source: createSseSource(request, counted), lastEventId, connectTimeoutMs },
    idle: fixedIdleTimeout(tuning.idleTimeoutMs),
    askToken: () => (refused === null ? session.getToken() : session.renew(refused)),
  };
  return startAttempt(attempt, { ...handlers, onContinuity: () => undefined }, ports);
}

/** Calls one handler; what it throws, or what its promise rejects with, is told and goes no further. */
function callSafely<Name extends keyof EventStreamHandlers>(
  handlers: EventStreamHandlers,
  name: Name,
  argument: Parameters<NonNullable<EventStreamHandlers[Name]>>[0],
  reportError: ReportError,
): void {
  const handler: unknown = handlers[name];
  if (typeof handler !== 'function') return;
  try {
    const result: unknown = Reflect.apply(handler, handlers, [argument]);
    if (typeof result === 'object') Promise.resolve(result).catch(reportError);
  } catch (error) {
    reportError(error);
  }
}

/**
 * Keeps a stream open: a try, what it comes to, a delay, and the next one.
 *
 * @internal
 */
export function keepEventStream(
  tuning: EventStreamTuning,
  handlers: EventStreamHandlers,
  ports: EventStreamPorts,
): EventStream {
  const { clock, timers, random } = ports;
  let isClosed = false;
  const isOver = () => isClosed;
  let current: Try | null = null;
  let cancelRetry: Cancel | null = null;
  let { lastEventId } = tuning;
  /** The server's `retry:`; it holds for all later connections. */
  let retryHintMs = 0;
  /** Retries in a row, without a connection between them that was worth it. */
  let retries = 0;
  let openedAt: number | null = null;
  let hasEvents = false;

  const tell = <Name extends keyof EventStreamHandlers>(
    name: Name,
    argument: Parameters<NonNullable<EventStreamHandlers[Name]>>[0],
  ) => {
    callSafely(handlers, name, argument, ports.reportError);
  };
  const tryHandlers: TryHandlers = {
    onOpen(info) {
      openedAt = clock.now();
      tell('onOpen', info);
    },
    onId(id) {
      lastEventId = id;
    },
    onFrame({ event, data }) {
      hasEvents = true;
      tell('onEvent', { type: event ?? 'message', data, id: lastEventId });
    },
    onRetry(ms) {
      retryHintMs = ms;
    },
    onRead() {
      // events are not collected
    },
    ...(handlers.onComment && {
      onComment: (text: string) => {
        tell('onComment', text);
      },
    }),
  };

  const connect = (refused: string | null) => {
    openedAt = null;
    hasEvents = false;
    const started = startTry({ ...tuning, lastEventId }, refused, tryHandlers, ports);
    // A host's own fetch was called meanwhile, and may have closed the stream.
    if (isOver()) {
      started.close();
      return;
    }
    current = started;
    void started.done.then((end) => {
      if (!isOver()) ended(end, started.getToken(), refused !== null);
    });
  };

  const ended = (end: AttemptEnd, token: string | null, isRenewed: boolean) => {
    current = null;
    const next = afterTry(end);
    if (next === 'renewToken' && !isRenewed && token !== null) {
      connect(token);
    } else if (next === 'retry') {
      tell('onError', toStreamError(end, false));
      if (!isOver()) retryAfter(end);
    } else {
      isClosed = true;
      // No token after a 401: that is what the server said, and why there is none.
      const isRefused = end.kind === 'no_token' && isRenewed;
      const said = isRefused
        ? ({ kind: 'refused', status: 401, retryAfterMs: null } as const)
        : end;
      tell('onError', toStreamError(said, true));
    }
  };

  const retryAfter = (end: AttemptEnd) => {
    const wasWorthIt =
      hasEvents && openedAt !== null && clock.now() - openedAt >= tuning.resetAfterMs;
    if (wasWorthIt) retries = 0;
    const askedMs = end.kind === 'refused' ? (end.retryAfterMs ?? 0) : 0;
    const floorMs = Math.max(retryHintMs, askedMs);
    const delayMs = backoffDelay(retries, { ...tuning, floorMs, random });
    retries += 1;
    cancelRetry = timers.after(delayMs, () => {
      cancelRetry = null;
      connect(null);
    });
    tell('onRetry', { delayMs, attempt: retries });
  };

  connect(null);
  return {
    close() {
      isClosed = true;
      cancelRetry?.();
      cancelRetry = null;
      current?.close();
      current = null;
    },
  };
}
