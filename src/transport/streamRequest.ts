/** How the token travels. `'query'` puts it into the URL, and so into logs: only where a backend takes nothing else. @public */
export type StreamAuth = 'header' | 'query';

/** What one try asks for. @internal */
export interface StreamRequest {
  /** Absolute, or relative to the page's root. */
  readonly url: string;
  readonly auth: StreamAuth;
  /** `null`: the request carries none. */
  readonly token: string | null;
  /** The host's own headers, with names in lower case. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Where to go on, or `null`. */
  readonly lastEventId: string | null;
}

/** Longest id that is sent, in bytes. Servers refuse heads of 8 kB or so, and would refuse this one each time again. */
const maxIdBytes = 4_096;

// eslint-disable-next-line no-control-regex -- these are what is looked for
const controls = /[\0-\x08\x0a-\x1f\x7f]/;

/**
 * Whether a header can carry this text, whatever sends it: control characters are refused by some, on each try anew.
 *
 * @internal
 */
export function isSendable(text: string): boolean {
  return !controls.test(text);
}

/**
 * Puts an id into the only form that `fetch` sends: one character per UTF-8 byte. `null` where no form would do (control
 * characters, too long), or where there is nothing to say.
 *
 * @internal
 */
export function encodeLastEventId(id: string | null): string | null {
  if (id === null || id === '' || !isSendable(id)) return null;
  const bytes = new TextEncoder().encode(id);
  return bytes.length > maxIdBytes ? null : String.fromCharCode(...bytes);
}

/**
 * Adds the token to a URL; what stands after `#` never leaves the client, so it is dropped.
 *
 * @internal
 */
export function withTokenQuery(url: string, token: string): string {
  const [address = ''] = url.split('#', 1);
  return `${address}${address.includes('?') ? '&' : '?'}token=${encodeURIComponent(token)}`;
}

/**
 * Builds what is handed to `fetch`, but for the abort signal.
 *
 * @internal
 */
export function buildStreamRequest(request: StreamRequest): {
  readonly url: string;
  readonly init: RequestInit;
} {
  const { token, auth, url } = request;
  const lastEventId = encodeLastEventId(request.lastEventId);
  return {
    url: token !== null && auth === 'query' ? withTokenQuery(url, token) : url,
    init: {
      method: 'GET',
      cache: 'no-store',
      // In one case, or a host's header would stand beside ours instead of giving way to it.
      headers: {
        accept: 'text/event-stream',
        ...request.headers,
        ...(token !== null && auth === 'header' ? { authorization: `Bearer ${token}` } : {}),
        ...(lastEventId === null ? {} : { 'last-event-id': lastEventId }),
      },
    },
  };
}
