import type { Clock } from '../../src/platform/clock';
import type { ScriptedRequest } from '../../src/testing';
import type { Routes } from './hudhudWorld';

interface Limit {
  readonly most: number;
  readonly windowMs: number;
}

/** What the backend takes, as documented: by person, and by what it is. */
const documented = {
  requests: { most: 100, windowMs: 900_000 },
  messages: { most: 100, windowMs: 60_000 },
  signIns: { most: 5, windowMs: 900_000 },
} as const;

export interface Limited {
  readonly routes: Routes;
  /** Requests that were refused with 429, as `METHOD /path`. */
  readonly refused: readonly string[];
  /** Most requests that any window of 15 minutes had. */
  busiest(): number;
}

function limitsOn(route: string): readonly (keyof typeof documented)[] {
  if (route === 'POST /auth/refresh') return [];
  if (route.startsWith('POST /auth/')) return ['signIns'];
  return route === 'POST /chat/messages' ? ['requests', 'messages'] : ['requests'];
}

/**
 * Puts the documented limits before routes. Windows slide, which is stricter than windows that begin anew: whoever keeps
 * to these keeps to those.
 */
export function limitRoutes(routes: Routes, clock: () => Clock): Limited {
  const times: Record<keyof typeof documented, number[]> = {
    requests: [],
    messages: [],
    signIns: [],
  };
  const refused: string[] = [];
  const recent = (name: keyof typeof documented, { windowMs }: Limit): readonly number[] =>
    times[name].filter((at) => at > clock().now() - windowMs);

  const around =
    (route: string, answer: Routes[string]) =>
    (request: ScriptedRequest): void => {
      const now = clock().now();
      for (const name of limitsOn(route)) {
        const limit = documented[name];
        const spent = recent(name, limit);
        if (spent.length >= limit.most) {
          refused.push(route);
          const seconds = Math.ceil(((spent[0] ?? now) + limit.windowMs - now) / 1_000);
          const headers = { 'Retry-After': String(seconds) };
          request.json(
            { success: false, error: { code: 'RATE_LIMITED' } },
            { status: 429, headers },
          );
          return;
        }
        times[name].push(now);
      }
      answer(withHeaders(request, recent('requests', documented.requests), now));
    };
  const withHeaders = (
    request: ScriptedRequest,
    spent: readonly number[],
    now: number,
  ): ScriptedRequest => {
    const { most, windowMs } = documented.requests;
    const headers = {
      'X-RateLimit-Limit': String(most),
      'X-RateLimit-Remaining': String(most - spent.length),
      'X-RateLimit-Reset': String(Math.ceil(((spent[0] ?? now) + windowMs) / 1_000)),
    };
    return {
      ...request,
      json(value, head = {}) {
        request.json(value, { ...head, headers: { ...headers, ...head.headers } });
      },
    };
  };
  return {
    routes: Object.fromEntries(
      Object.entries(routes).map(([route, answer]) => [route, around(route, answer)]),
    ),
    refused,
    busiest: () =>
      Math.max(
        ...times.requests.map(
          (from) =>
            times.requests.filter((at) => at >= from && at < from + documented.requests.windowMs)
              .length,
        ),
      ),
  };
}
