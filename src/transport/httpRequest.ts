import type { BudgetUse } from './rateBudget';

/** A value that a query can hold; `null` and `undefined` are left out. @public */
export type QueryValue = string | number | boolean | null | undefined;

/** One request to the backend. @public */
export interface HttpRequest<T> {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below the base URL, with a leading slash and its parts encoded. */
  readonly path: string;
  readonly query?: Readonly<Record<string, QueryValue>>;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** More headers, such as one for idempotency. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Whether the request carries the token. Default `true`. */
  readonly auth?: boolean;
  readonly signal?: AbortSignal;
  /** What it is for, as far as limits go. Default `'history'`; without the token, limits of its own hold. */
  readonly use?: BudgetUse;
  /** Makes the result of the answer's JSON (`null` where the answer has no body). What it throws becomes `BAD_RESPONSE`. */
  readonly decode: (json: unknown) => T;
}

/**
 * Builds the address of a request.
 *
 * @internal
 */
export function buildUrl(
  baseUrl: string,
  path: string,
  query: Readonly<Record<string, QueryValue>> = {},
): string {
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    value === null || value === undefined ? [] : [[name, String(value)]],
  );
  const search = new URLSearchParams(pairs).toString();
  return `${baseUrl.replace(/\/+$/, '')}${path}${search === '' ? '' : `?${search}`}`;
}

/**
 * Builds what is handed to `fetch`. The refresh token rides in a cookie, so cookies go along.
 *
 * @internal
 */
export function buildInit(
  request: HttpRequest<unknown>,
  token: string | null,
  signal: AbortSignal,
): RequestInit {
  const hasBody = request.body !== undefined;
  return {
    method: request.method,
    credentials: 'include',
    cache: 'no-store',
    signal,
    headers: {
      Accept: 'application/json',
      ...(hasBody ? { 'Content-Type': 'application/json' } : {}),
      ...request.headers,
      ...(token === null ? {} : { Authorization: `Bearer ${token}` }),
    },
    ...(hasBody ? { body: JSON.stringify(request.body) } : {}),
  };
}
