import type { HudhudErrorCode } from '../errors';
import { isHudhudError } from '../errors';
import type { Platform } from '../platform/platform';
import type { IdleTimeout } from './idleTimeout';
import { fixedIdleTimeout } from './idleTimeout';
import type { Source, SourceHandlers } from './source';
import type { StreamEnd } from './streamEnd';
import type { SourceTry } from './tryLife';
import { createWatchdog } from './watchdog';

/** How one try came to its end; the token is part of it. @internal */
export type AttemptEnd =
  | StreamEnd
  /** Nobody is signed in, or the session is over. */
  | { readonly kind: 'no_token' }
  /** The token could not be had just now. */
  | { readonly kind: 'token_failed'; readonly code: HudhudErrorCode };

/** One try: a token, then a source that is heard. @internal */
export interface Attempt {
  /** Settles once, when the try is over; never rejects. */
  readonly done: Promise<AttemptEnd>;
  /** The token that was used, once there is one. */
  getToken(): string | null;
  close(): void;
  /** Ends it if it was silent for too long by the clock. */
  checkLiveness(): void;
  /** After what may have killed an open one unheard: it has this long to show that it lives. */
  prove(withinMs: number): void;
}

/** What a try is made with. */
interface AttemptOptions {
  readonly source: Source;
  readonly lastEventId: string | null;
  readonly askToken: () => Promise<string | null>;
  /** Longest wait for the token. */
  readonly connectTimeoutMs: number;
  readonly idle: IdleTimeout;
}

/**
 * Starts a try. Nothing is called before this returns. A source of tokens that never answers is cut off like a server.
 *
 * @internal
 */
export function startAttempt(
  options: AttemptOptions,
  handlers: SourceHandlers,
  ports: Pick<Platform, 'clock' | 'timers'>,
): Attempt {
  const { source, lastEventId } = options;
  const idle = source.watchesSilence ? fixedIdleTimeout(Infinity) : options.idle;
  let token: string | null = null;
  let heard: SourceTry | null = null;
  let over = false;
  const isOver = () => over;
  let settle: (end: AttemptEnd) => void;
  const done = new Promise<AttemptEnd>((resolve) => {
    settle = resolve;
  });

  const finish = (end: AttemptEnd) => {
    over = true;
    tokenLimit.stop();
    silenceLimit.stop();
    settle(end);
  };
  const tokenLimit = createWatchdog(ports, () => {
    finish({ kind: 'token_failed', code: 'TIMEOUT' });
  });
  const silenceLimit = createWatchdog(ports, () => {
    idle.expired();
    finish({ kind: 'timeout', waitedFor: 'bytes' });
    heard?.close();
  });
  const run = async (): Promise<AttemptEnd> => {
    await Promise.resolve();
    if (isOver()) return { kind: 'aborted' };
    token = await options.askToken();
    if (isOver()) return { kind: 'aborted' };
    if (token === null) return { kind: 'no_token' };
    tokenLimit.stop();
    const watched: SourceHandlers = {
      ...handlers,
      onOpen(info) {
        idle.begin();
        silenceLimit.arm(idle.current());
        handlers.onOpen(info);
      },
      onRead() {
        // after its frames: a ping among them may have changed what is normal
        if (!isOver()) silenceLimit.arm(idle.current());
        handlers.onRead();
      },
    };
    heard = source.open({ token, lastEventId }, watched);
    return heard.done;
  };

  tokenLimit.arm(options.connectTimeoutMs);
  run().then(finish, (error: unknown) => {
    finish({ kind: 'token_failed', code: isHudhudError(error) ? error.code : 'NETWORK' });
  });
  return {
    done,
    getToken: () => token,
    close() {
      heard?.close();
      finish({ kind: 'aborted' });
    },
    checkLiveness() {
      silenceLimit.check();
      heard?.checkLiveness();
    },
    prove(withinMs) {
      silenceLimit.hurry(withinMs);
    },
  };
}
