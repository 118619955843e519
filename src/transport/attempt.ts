import type { HudhudErrorCode } from '../errors';
import { isHudhudError } from '../errors';
import type { Counters } from '../platform/counters';
import type { Platform } from '../platform/platform';
import type { EventStreamTry, TryHandlers, TryLimits } from './eventStreamTry';
import { readEventStream } from './eventStreamTry';
import type { StreamEnd } from './streamEnd';
import type { StreamRequest } from './streamRequest';
import { createWatchdog } from './watchdog';

/** How one try came to its end; the token is part of it. @internal */
export type AttemptEnd =
  | StreamEnd
  /** Nobody is signed in, or the session is over. */
  | { readonly kind: 'no_token' }
  /** The token could not be had just now. */
  | { readonly kind: 'token_failed'; readonly code: HudhudErrorCode };

/** One try: a token, then a stream. @internal */
export interface Attempt {
  /** Settles once, when the try is over; never rejects. */
  readonly done: Promise<AttemptEnd>;
  /** The token that was used, once there is one. */
  getToken(): string | null;
  close(): void;
  checkLiveness(): void;
}

/**
 * Starts a try. Nothing is called before this returns. A source of tokens that never answers is cut off like a server.
 *
 * @internal
 */
export function startAttempt(
  request: Omit<StreamRequest, 'token'> & TryLimits,
  askToken: () => Promise<string | null>,
  handlers: TryHandlers,
  ports: Pick<Platform, 'fetch' | 'clock' | 'timers' | 'logger'> & { readonly counters: Counters },
): Attempt {
  let token: string | null = null;
  let stream: EventStreamTry | null = null;
  let over = false;
  const isOver = () => over;
  let settle: (end: AttemptEnd) => void;
  const done = new Promise<AttemptEnd>((resolve) => {
    settle = resolve;
  });

  const finish = (end: AttemptEnd) => {
    over = true;
    watchdog.stop();
    settle(end);
  };
  const watchdog = createWatchdog(ports, () => {
    finish({ kind: 'token_failed', code: 'TIMEOUT' });
  });
  const run = async (): Promise<AttemptEnd> => {
    await Promise.resolve();
    if (isOver()) return { kind: 'aborted' };
    token = await askToken();
    if (isOver()) return { kind: 'aborted' };
    if (token === null) return { kind: 'no_token' };
    watchdog.stop();
    stream = readEventStream({ ...request, token }, handlers, ports);
    return stream.done;
  };

  watchdog.arm(request.connectTimeoutMs);
  run().then(finish, (error: unknown) => {
    finish({ kind: 'token_failed', code: isHudhudError(error) ? error.code : 'NETWORK' });
  });
  return {
    done,
    getToken: () => token,
    close() {
      stream?.close();
      finish({ kind: 'aborted' });
    },
    checkLiveness() {
      stream?.checkLiveness();
    },
  };
}
