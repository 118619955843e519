import { HudhudError, isHudhudError } from '../errors';
import type { Counters } from '../platform/counters';
import type { Platform } from '../platform/platform';
import { withDeadline } from './deadline';
import type { HttpAnswer } from './httpAnswer';
import { readAnswer, resultOf } from './httpAnswer';
import type { HttpRequest } from './httpRequest';
import { buildInit, buildUrl } from './httpRequest';
import type { Session } from './session';
import { renewToken } from './session';

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

const sentences = {
  ABORTED: (name: string) => `${name} was called off.`,
  TIMEOUT: (name: string) => `${name} had no answer in time.`,
  NETWORK: (name: string) => `${name} could not be sent, or its answer not be read.`,
};

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

  const exchange = async (
    request: HttpRequest<unknown>,
    name: string,
    signal: AbortSignal,
  ): Promise<HttpAnswer> => {
    if (request.auth === false) return send(request, null, signal);
    const token = await session.getToken();
    if (token === null) {
      throw new HudhudError('UNAUTHORIZED', `${name} needs a token: sign in first.`, {
        request: name,
      });
    }
    const answer = await send(request, token, signal);
    if (answer.status !== 401) return answer;
    const renewed = await renewToken(session, token);
    return renewed === null ? answer : send(request, renewed, signal);
  };

  const answerTo = async (request: HttpRequest<unknown>, name: string): Promise<HttpAnswer> => {
    const { timers } = platform;
    try {
      const answer = await withDeadline(
        (signal) => exchange(request, name, signal),
        { timeoutMs, timers, signal: request.signal },
        (reason) => new HudhudError(reason, sentences[reason](name), { request: name }),
      );
      options.counters?.inc('requests', String(answer.status));
      return answer;
    } catch (error) {
      // What fetch throws is not passed on, not even as a cause: about a bad header it quotes the header.
      const failure = isHudhudError(error)
        ? error
        : new HudhudError('NETWORK', sentences.NETWORK(name), { request: name });
      options.counters?.inc('requests', failure.code);
      throw failure;
    }
  };

  return {
    async request(request) {
      // Without the query, which may hold what a user searched for.
      const name = `${request.method} ${request.path}`;
      return resultOf(await answerTo(request, name), name, request.decode);
    },
  };
}
