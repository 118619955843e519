import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Context } from '../context.ts';
import { injected } from '../errors.ts';
import { bearer } from '../http/caller.ts';
import { errorEnvelope } from '../http/errorAnswers.ts';
import { rateHeaders } from '../http/rateLimits.ts';
import type { Pauses } from '../pauses.ts';
import type { Dice, Draws } from './dice.ts';
import type { Fate } from './requestFate.ts';
import { asksWho, requestFate } from './requestFate.ts';

type Needed = Pick<Context, 'faults' | 'tokens'>;

/** Answers instead of the route. */
function refuse(reply: FastifyReply, status: number, retryAfterS: number): FastifyReply {
  if (status === 429) {
    const resetMs = Date.now() + retryAfterS * 1000;
    void reply.headers({
      ...rateHeaders({ most: 100, used: 101, resetMs }),
      'retry-after': retryAfterS,
    });
  }
  return reply.code(status).send(errorEnvelope(injected(status)));
}

/**
 * Lets the faults of the moment happen to the requests of this scope. They begin when a body has come in whole, so
 * that a delayed request is still carried out when its sender has given up.
 */
export function installRequestFaults(
  api: FastifyInstance,
  { faults, tokens }: Needed,
  pauses: Pauses,
): void {
  const outcomes = new WeakMap<FastifyRequest, Fate['outcome']>();
  let drawsOf = new Map<string, Draws>();
  let dice: Dice | undefined;

  /** A series per route, so that other routes' requests do not move it. */
  function drawsFor(route: string): Draws {
    if (dice !== faults.dice) drawsOf = new Map();
    dice = faults.dice;
    const known = drawsOf.get(route) ?? dice.series(route);
    drawsOf.set(route, known);
    return known;
  }

  async function whoAsks(request: FastifyRequest): Promise<string | undefined> {
    const token = asksWho(faults.set) ? bearer(request) : undefined;
    if (token === undefined) return undefined;
    return tokens.verify(token).then(
      ({ username }) => username,
      () => undefined,
    );
  }

  api.addHook('preHandler', async (request, reply) => {
    const { method, url, routeOptions } = request;
    const username = await whoAsks(request);
    const path = url.replace(/^\/api/, '').split('?', 1)[0] ?? '';
    const draws = drawsFor(`${method} ${routeOptions.url ?? ''}`);
    const { delayMs, outcome } = requestFate(faults.set, draws, { method, path, username });
    if (delayMs > 0) await pauses.pause(delayMs);
    if (pauses.ended || outcome.kind === 'loseRequest') {
      reply.hijack().raw.destroy();
      return;
    }
    if (outcome.kind === 'refuse') return refuse(reply, outcome.status, outcome.retryAfterS);
    outcomes.set(request, outcome);
  });

  // an answer for which `done` is not called is never sent
  api.addHook('onSend', (request, reply, payload, done) => {
    const outcome = outcomes.get(request) ?? { kind: 'none' };
    if (outcome.kind === 'loseReply') {
      reply.raw.destroy();
    } else if (outcome.kind === 'hang') {
      void pauses.pause(outcome.ms).then(() => {
        if (!pauses.ended && !reply.raw.destroyed) done(null, payload);
      });
    } else if (outcome.kind === 'errorAfterWrite' && reply.statusCode < 400) {
      void reply.code(outcome.status).type('application/json; charset=utf-8');
      done(null, JSON.stringify(errorEnvelope(injected(outcome.status))));
    } else {
      done(null, payload);
    }
  });
}
