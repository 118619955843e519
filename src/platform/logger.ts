import { redact } from './redact';

/** Where debug lines go, as a port. @public */
export interface Logger {
  /** Says that something happened. `data` is small and plain. */
  debug(event: string, data?: Readonly<Record<string, unknown>>): void;
}

/** Says nothing; the default. @public */
export const silentLogger: Logger = {
  debug() {
    // on purpose
  },
};

interface DebugScope {
  readonly localStorage?: Pick<Storage, 'getItem'>;
  readonly console?: Pick<Console, 'debug'>;
}

function isDebugging(scope: DebugScope): boolean {
  try {
    return scope.localStorage?.getItem('DEBUG_SSE') === 'true';
  } catch {
    return false; // storage is blocked: reading the property throws
  }
}

/**
 * The guide's debug mode: prints when `localStorage.DEBUG_SSE` is `'true'`, and nothing that is secret. The switch is
 * read at each line, so it works without a reload; lines are per connection and per batch, never per frame.
 *
 * @public
 */
export const debugLogger: Logger = {
  debug(event, data) {
    const scope = globalThis as DebugScope;
    if (isDebugging(scope)) scope.console?.debug(`[hudhud] ${event}`, redact(data ?? {}));
  },
};
