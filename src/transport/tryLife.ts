import type { Counters } from '../platform/counters';
import type { Platform } from '../platform/platform';
import type { StreamEnd } from './streamEnd';
import type { Watchdog } from './watchdog';
import { createWatchdog } from './watchdog';

/** One try to hear the server, under way. @internal */
export interface SourceTry {
  /** Settles once, when the try is over; never rejects. */
  readonly done: Promise<StreamEnd>;
  /** Ends it as `aborted`. No handler is called after this, not even for the rest of a chunk. */
  close(): void;
  /** Ends it if the server owes an answer for too long by the clock; for the moment when a machine wakes up. */
  checkLiveness(): void;
}

/** What every try has, by whatever way it hears the server: one end, and handlers that cannot disturb it. @internal */
export interface TryLife<Name extends string> {
  readonly isOver: () => boolean;
  /** Ends it; what comes later has no effect. */
  readonly finish: (end: StreamEnd) => void;
  /** Calls a handler, unless the try is over. One that throws is counted: it is no reason to connect again. */
  readonly call: (name: Name, run: () => void) => void;
  /** Ends it, since something that nobody expected was thrown in it. */
  readonly breakOff: (error: unknown) => void;
  /** Ends it where the server is silent for too long. */
  readonly watchdog: Watchdog;
  readonly handle: SourceTry;
}

/**
 * Begins the life of a try.
 *
 * @internal
 * @param what - What the log calls it.
 * @param release - Lets go of what it holds, as it ends.
 * @param waitedFor - What it waits for while it is silent. Default: headers.
 */
export function createTryLife<Name extends string>(
  what: string,
  release: () => void,
  ports: Pick<Platform, 'clock' | 'timers' | 'logger'> & { readonly counters: Counters },
  waitedFor: () => 'headers' | 'bytes' = () => 'headers',
): TryLife<Name> {
  const { counters, logger } = ports;
  let over = false;
  let settle: (end: StreamEnd) => void;
  const done = new Promise<StreamEnd>((resolve) => {
    settle = resolve;
  });
  const finish = (end: StreamEnd) => {
    if (over) return;
    over = true;
    watchdog.stop();
    release();
    settle(end);
  };
  const watchdog = createWatchdog(ports, () => {
    finish({ kind: 'timeout', waitedFor: waitedFor() });
  });
  return {
    isOver: () => over,
    finish,
    call(name, run) {
      if (over) return;
      try {
        run();
      } catch (error) {
        counters.inc('handlerErrors', name);
        logger.debug('stream handler failed', { name, error });
      }
    },
    breakOff(error) {
      // Only its name: the message of a refused header quotes the header, and so the token.
      logger.debug(`${what} broke`, { error: error instanceof Error ? error.name : 'unknown' });
      finish({ kind: 'network' });
    },
    watchdog,
    handle: {
      done,
      close() {
        finish({ kind: 'aborted' });
      },
      checkLiveness() {
        watchdog.check();
      },
    },
  };
}
