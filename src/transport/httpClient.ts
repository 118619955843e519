import type { Counters } from '../platform/counters';
import type { Platform } from '../platform/platform';
import { exchange, withToken } from './exchange';
import type { HttpAnswer } from './httpAnswer';
import { readAnswer, resultOf } from './httpAnswer';
import type { HttpRequest } from './httpRequest';
import { buildInit, buildUrl } from './httpRequest';
import type { Session } from './session';

/** What the client for plain requests needs. @public */
export interface HttpClientOptions {
  /** Start of all addresses, such as `https://host/api`. */
  readonly baseUrl: string;
  readonly session: Session;
  readonly platform: Pick<Platform, 'fetch' | 'clock' | 'timers'>;
  readonly counters?: Counters;
  /** Longest time for a request, its second try after a refresh included, in ms. Default 30,000. */
  readonly timeoutMs?: number;
}

/** Asks the backend. @public */
export interface HttpClient {
  /**
   * Sends a request once; a second time only when the token was refused and there is a new one. Rejects with a
   * `HudhudError`, which holds no token and no text of the answer.
   */
  request<T>(request: HttpRequest<T>): Promise<T>;
}

/**
 * Makes the client for plain requests.
 *
 * @public
 * @example
 * ```ts
 * const count = await http.request({
 *   method: 'GET',
 *   path: '/chat/messages/unread/count',
 *   decode: decodeUnreadCount,
 * });
 * ```
 */
export function createHttpClient(options: HttpClientOptions): HttpClient {
  const { session, platform, timeoutMs = 30_000 } = options;

  const send = async (
    request: HttpRequest<unknown>,
    token: string | null,
    signal: AbortSignal,
  ): Promise<HttpAnswer> => {
    const url = buildUrl(options.baseUrl, request.path, request.query);
    const response = await platform.fetch(url, buildInit(request, token, signal));
    return readAnswer(response, platform.clock.now());
  };

  return {
    async request(request) {
      // Without the query, which may hold what a user searched for.
      const name = `${request.method} ${request.path}`;
      const answer = await exchange(
        name,
        (signal) =>
          request.auth === false
            ? send(request, null, signal)
            : withToken(session, name, (token) => send(request, token, signal)),
        { timeoutMs, timers: platform.timers, signal: request.signal, counters: options.counters },
      );
      return resultOf(answer, name, request.decode);
    },
  };
}
