import type { HudhudErrorCode } from '../errors';
import { HudhudError } from '../errors';
import type { FetchLike } from '../platform/fetchLike';
import { systemFetch } from '../platform/fetchLike';
import { isSendable } from './streamRequest';

/** Where a stream's token comes from. One object for several streams: then they share a refresh. @public */
export interface EventStreamAuth {
  /** The access token as it is now, or `null` when nobody is signed in. Asked before each try. */
  getToken(): string | null | Promise<string | null>;
  /**
   * Gets a new access token after a 401. `null` says that there will be none: the stream ends for good. When it throws,
   * nobody knows, and it is tried again later.
   */
  refresh?(): string | null | Promise<string | null>;
}

/** How a stream is asked for, and how it comes back. @public */
export interface EventStreamOptions {
  /** Headers of each request. `Last-Event-ID` is no business of theirs: see `lastEventId`. Default: none. */
  readonly headers?: NonNullable<RequestInit['headers']>;
  /** Where to go on, as kept from an earlier life. Default `''`: from now. */
  readonly lastEventId?: string | null;
  /** Upper bound of the first delay before a retry, in ms. Default 1,000. */
  readonly initialDelayMs?: number;
  /** Upper bound of all such delays, in ms; what the server asks for may be more. Default 30,000. */
  readonly maxDelayMs?: number;
  /** How much of a delay is chance, from 0 (nothing) to 1 (all of it). Default 1. */
  readonly jitter?: number;
  /** Longest silence of an open stream, in ms; any byte ends it. 0 or `Infinity` waits for ever. Default 75,000. */
  readonly idleTimeoutMs?: number;
  /** Longest wait for the token, and then for the head of the answer, in ms; 0 or `Infinity` as above. Default 15,000. */
  readonly connectTimeoutMs?: number;
  /** A connection that brought an event and lasted this long starts the delays over, in ms. Default 0. */
  readonly resetAfterMs?: number;
  /** Longest event, in characters; a longer one ends the connection. `Infinity`: any. Default 16,777,216. */
  readonly maxFrameBytes?: number;
  /** Where the token comes from that goes into the header `Authorization`. Default: none is sent. */
  readonly auth?: EventStreamAuth;
  /** Sends the requests. Default: the global `fetch`. */
  readonly fetch?: FetchLike;
}

/** An event as it was dispatched. @public */
export interface StreamEvent {
  /** `'message'` where the server gave none. */
  readonly type: string;
  /** The lines of the event, with `\n` between them. */
  readonly data: string;
  /** The last id that the stream gave: of this event, or of one before it; `''` when there is none. */
  readonly id: string;
}

/** Why a stream is not open. @public */
export interface StreamError {
  /** Status of the answer that was not taken. */
  readonly status?: number;
  readonly code: HudhudErrorCode;
  /** A sentence, without anything secret; decide by `code`. */
  readonly message: string;
  /** Whether it is the end: nothing is tried again, and no handler is called after this. */
  readonly fatal: boolean;
}

/** What will be tried, and when. @public */
export interface StreamRetry {
  readonly delayMs: number;
  /** 1 for the first retry in a row. */
  readonly attempt: number;
}

/**
 * What a stream calls; all of them may be missing. None is called after `close()`, and one that throws (or whose promise
 * rejects) disturbs nothing: its error goes to the console.
 *
 * @public
 */
export interface EventStreamHandlers {
  /** A connection is open; its first event comes later. Called for each connection. */
  onOpen?(info: { readonly status: number }): void;
  onEvent?(event: StreamEvent): void;
  /** A try failed, or a connection ended, be it in good order (`STREAM_ENDED`). */
  onError?(error: StreamError): void;
  /** There will be another try; comes after `onError`. */
  onRetry?(retry: StreamRetry): void;
  /** A comment of the server, such as its sign of life. */
  onComment?(text: string): void;
}

/** The options of a stream, checked and whole. @internal */
export interface EventStreamTuning {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly lastEventId: string;
  readonly initialDelayMs: number;
  readonly maxDelayMs: number;
  readonly jitter: number;
  readonly idleTimeoutMs: number;
  readonly connectTimeoutMs: number;
  readonly resetAfterMs: number;
  readonly maxFrameBytes: number;
  readonly auth: EventStreamAuth | null;
  readonly fetch: FetchLike;
}

/**
 * The defaults. Those that a connection has too are the same there; it is not imported, as it brings the decoder of the
 * chat's events along.
 *
 * @internal
 */
export const eventStreamDefaults = {
  lastEventId: '',
  initialDelayMs: 1_000,
  maxDelayMs: 30_000,
  jitter: 1,
  idleTimeoutMs: 75_000,
  connectTimeoutMs: 15_000,
  resetAfterMs: 0,
  maxFrameBytes: 16_777_216,
} as const;

type NumberOption = Exclude<keyof typeof eventStreamDefaults, 'lastEventId'>;

function invalid(field: string, why: string): HudhudError {
  return new HudhudError('INVALID_OPTION', `openEventStream: ${field} ${why}.`, { field });
}

function numberOf(options: EventStreamOptions, field: NumberOption, most = Infinity): number {
  const value: unknown = options[field] ?? eventStreamDefaults[field];
  if (typeof value === 'number' && value >= 0 && value <= most) return value;
  throw invalid(field, `has to be a number from 0 to ${most}`);
}

interface PageScope {
  readonly document?: { readonly baseURI: string };
  readonly location?: { readonly href: string };
}

/** What `fetch` would refuse on each try, as if there were no network. A host's own one may take what it likes. */
function urlOf(url: string | URL, ownFetch: FetchLike | undefined): string {
  const text = String(url);
  if (ownFetch !== undefined) return text;
  const { document, location } = globalThis as PageScope;
  let parsed: URL;
  try {
    parsed = new URL(text, document?.baseURI ?? location?.href);
  } catch {
    throw invalid('url', 'has to be an address; outside of a page, a whole one');
  }
  if (parsed.username !== '' || parsed.password !== '') {
    throw invalid('url', 'must not hold a name or a password: put them into a header');
  }
  return text;
}

function headersOf(init: EventStreamOptions['headers']): Readonly<Record<string, string>> {
  const headers: Record<string, string> = {};
  try {
    new Headers(init).forEach((value, name) => {
      headers[name] = value;
    });
  } catch {
    // Not as a cause: it quotes the value, which may be a token.
    throw invalid('headers', 'hold a name or a value that no header can have');
  }
  if (!Object.values(headers).every(isSendable)) {
    throw invalid('headers', 'hold a control character');
  }
  if ('last-event-id' in headers) {
    throw invalid('headers', 'hold a Last-Event-ID, which moves on: use the option lastEventId');
  }
  return headers;
}

/**
 * Checks the options and fills in the defaults, so that what can never work is told at once and not retried for ever.
 *
 * @internal
 */
export function toTuning(url: string | URL, options: EventStreamOptions): EventStreamTuning {
  const { auth, fetch, lastEventId } = options;
  if (auth && typeof auth.getToken !== 'function') throw invalid('auth', 'has to have a getToken');
  return {
    url: urlOf(url, fetch),
    headers: headersOf(options.headers),
    lastEventId: lastEventId ?? eventStreamDefaults.lastEventId,
    initialDelayMs: numberOf(options, 'initialDelayMs'),
    maxDelayMs: numberOf(options, 'maxDelayMs'),
    jitter: numberOf(options, 'jitter', 1),
    idleTimeoutMs: numberOf(options, 'idleTimeoutMs') || Infinity,
    connectTimeoutMs: numberOf(options, 'connectTimeoutMs') || Infinity,
    resetAfterMs: numberOf(options, 'resetAfterMs'),
    maxFrameBytes: numberOf(options, 'maxFrameBytes'),
    auth: auth ?? null,
    fetch: fetch ?? systemFetch,
  };
}
