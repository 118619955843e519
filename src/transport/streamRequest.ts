/** How the token travels. `'query'` puts it into the URL, and so into logs: only where a backend takes nothing else. @public */
export type StreamAuth = 'header' | 'query';

/** What one try asks for. @public */
export interface StreamRequest {
  /** Absolute, or relative to the page's root. */
  readonly url: string;
  readonly auth: StreamAuth;
  readonly token: string;
  /** Where to go on, or `null`. */
  readonly lastEventId: string | null;
}

/**
 * Puts an id into the only form that `fetch` sends: one character per UTF-8 byte. `null` where no form would do (control
 * characters), or where there is nothing to say.
 *
 * @internal
 */
export function encodeLastEventId(id: string | null): string | null {
  // eslint-disable-next-line no-control-regex -- these are what header values must not hold
  if (id === null || id === '' || /[\0-\x08\x0a-\x1f\x7f]/.test(id)) return null;
  return String.fromCharCode(...new TextEncoder().encode(id));
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
  const inQuery = request.auth === 'query';
  const lastEventId = encodeLastEventId(request.lastEventId);
  return {
    url: inQuery ? withTokenQuery(request.url, request.token) : request.url,
    init: {
      method: 'GET',
      cache: 'no-store',
      headers: {
        Accept: 'text/event-stream',
        ...(inQuery ? {} : { Authorization: `Bearer ${request.token}` }),
        ...(lastEventId === null ? {} : { 'Last-Event-ID': lastEventId }),
      },
    },
  };
}
