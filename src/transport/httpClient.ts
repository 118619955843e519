import type { Counters } from '../platform/counters';
import type { Platform } from '../platform/platform';
import { exchange, holdBack, withToken } from './exchange';
import type { HttpAnswer } from './httpAnswer';
import { readAnswer, resultOf } from './httpAnswer';
import type { HttpRequest } from './httpRequest';
import { buildInit, buildUrl } from './httpRequest';
import { limitsOf } from './limitHeaders';
import type { RateBudget } from './rateBudget';
import type { Session } from './session';

/** What the client for plain requests needs. @public */
export interface HttpClientOptions {
  /** Start of all addresses, such as `https://host/api`. */
  readonly baseUrl: string;
  readonly session: Session;
  readonly platform: Pick<Platform, 'fetch' | 'clock' | 'timers'>;
  readonly counters?: Counters;
  /** Holds requests back. Default: nobody does. */
  readonly budget?: RateBudget;
  /** Longest time for a request, its second try after a refresh included, in ms. Default 30,000. */
  readonly timeoutMs?: number;
}

/** Asks the backend. @public */
export interface HttpClient {
  /**
   * Sends a request once; a second time only when the token was refused and there is a new one. Rejects with a
   * `HudhudError`, which holds no token and no text of the answer: `RATE_LIMITED` also where it was not sent, since the
   * limit is known to be used up.
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
  const { session, platform, budget, timeoutMs = 30_000 } = options;

  const fetchAnswer = async (
    request: HttpRequest<unknown>,
    token: string | null,
    signal: AbortSignal,
  ): Promise<Response> => {
    const url = buildUrl(options.baseUrl, request.path, request.query);
    return platform.fetch(url, buildInit(request, token, signal));
  };
  const send = async (
    request: HttpRequest<unknown>,
    name: string,
    token: string,
    signal: AbortSignal,
  ): Promise<HttpAnswer> => {
    const { use = 'history' } = request;
    holdBack(budget, use, name, options.counters);
    const spending = budget?.spend(use);
    const response = await fetchAnswer(request, token, signal);
    const now = platform.clock.now();
    spending?.answered(limitsOf(response, now));
    return readAnswer(response, now);
  };
  const sendBare = async (
    request: HttpRequest<unknown>,
    signal: AbortSignal,
  ): Promise<HttpAnswer> => {
    const response = await fetchAnswer(request, null, signal);
    return readAnswer(response, platform.clock.now());
  };

  return {
    async request(request) {
      // Without the query, which may hold what a user searched for.
      const name = `${request.method} ${request.path}`;
      const answer = await exchange(
        name,
        (course) =>
          request.auth === false
            ? sendBare(request, course.signal)
            : withToken(session, name, course, (token) =>
                send(request, name, token, course.signal),
              ),
        { timeoutMs, timers: platform.timers, signal: request.signal, counters: options.counters },
      );
      return resultOf(answer, name, request.decode);
    },
  };
}
