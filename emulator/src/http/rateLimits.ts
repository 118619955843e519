import type { FastifyInstance } from 'fastify';
import type { Context } from '../context.ts';
import { ApiError } from '../errors.ts';
import { whoAsks } from './caller.ts';
import { errorEnvelope } from './errorAnswers.ts';

interface Limit {
  readonly most: number;
  readonly windowMs: number;
  readonly counts: (method: string, path: string) => boolean;
}

const minute = 60_000;

/** Those of the contract. Which requests the first means is not known; here it guards passwords and new accounts. */
const makeLimits = (windowMs: number): readonly Limit[] => [
  {
    most: 5,
    windowMs,
    counts: (_method, path) => path === '/api/auth/login' || path === '/api/auth/register',
  },
  { most: 100, windowMs, counts: () => true },
  {
    most: 100,
    windowMs: minute,
    counts: (method, path) =>
      method === 'POST' && /^\/api\/chat\/messages(\/[^/]+\/replies)?$/.test(path),
  },
];

/** Where somebody stands with one limit. */
interface Standing {
  readonly most: number;
  readonly used: number;
  readonly resetMs: number;
}

export function rateHeaders({ most, used, resetMs }: Standing) {
  return {
    'x-ratelimit-limit': most,
    'x-ratelimit-remaining': Math.max(0, most - used),
    'x-ratelimit-reset': Math.ceil(resetMs / 1000),
    ...(used > most ? { 'retry-after': Math.ceil((resetMs - Date.now()) / 1000) } : {}),
  };
}

/** Counts one request of somebody; a window begins with the first and is as long as it is, as simple servers do. */
function makeCounter({ most, windowMs }: Limit): (who: string) => Standing {
  const windows = new Map<string, { used: number; readonly resetMs: number }>();
  return (who) => {
    const now = Date.now();
    for (const [name, { resetMs }] of windows) if (resetMs <= now) windows.delete(name);
    const current = windows.get(who) ?? { used: 0, resetMs: now + windowMs };
    current.used += 1;
    windows.set(who, current);
    return { most, used: current.used, resetMs: current.resetMs };
  };
}

/** Refuses who asks too much: the person whom the token names, or else the address. */
export function installRateLimits(
  api: FastifyInstance,
  { tokens }: Pick<Context, 'tokens'>,
  windowSeconds: number,
): void {
  const counters = makeLimits(windowSeconds * 1000).map((limit) => ({
    limit,
    count: makeCounter(limit),
  }));

  api.addHook('onRequest', async (request, reply) => {
    const who = (await whoAsks({ tokens }, request))?.userId ?? request.ip;
    const path = request.url.split('?', 1)[0] ?? '';
    const standings = counters
      .filter(({ limit }) => limit.counts(request.method, path))
      .map(({ count }) => count(who))
      .sort((a, b) => a.most - a.used - (b.most - b.used));
    const [tightest] = standings;
    if (tightest === undefined) return;
    void reply.headers(rateHeaders(tightest));
    if (tightest.used > tightest.most) {
      const error = new ApiError(429, 'RATE_LIMITED', 'Too many requests');
      return reply.code(429).send(errorEnvelope(error));
    }
  });
}
