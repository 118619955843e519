import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Context } from '../context.ts';
import { injected } from '../errors.ts';
import { whoAsks } from '../http/caller.ts';
import { errorEnvelope } from '../http/errorAnswers.ts';
import { rateHeaders } from '../http/rateLimits.ts';
import type { Pauses } from '../pauses.ts';
import type { Dice, Draws } from './dice.ts';
import type { Fate, Refusal } from './requestFate.ts';
import { asksWho, requestFate } from './requestFate.ts';

type Needed = Pick<Context, 'faults' | 'tokens'>;

/** What a proxy says of a server that it does not reach. */
const proxyPage = (status: number) =>
  `<html>\r\n<head><title>${status} Bad Gateway</title></head>\r\n<body>\r\n` +
  `<center><h1>${status} Bad Gateway</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n`;

/** Answers instead of the route. */
function refuse(
  reply: FastifyReply,
  { status, retryAfterS, retryAfterAs, asHtml }: Refusal,
): FastifyReply {
  if (asHtml) return reply.code(status).type('text/html').send(proxyPage(status));
  if (status === 429) {
    const resetMs = Date.now() + retryAfterS * 1000;
    void reply.headers({
      ...rateHeaders({ most: 100, used: 101, resetMs }),
      'retry-after': retryAfterAs === 'date' ? new Date(resetMs).toUTCString() : retryAfterS,
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

  api.addHook('preHandler', async (request, reply) => {
    const { method, url, routeOptions } = request;
    const caller = asksWho(faults.set) ? await whoAsks({ tokens }, request) : undefined;
    const path = url.replace(/^\/api/, '').split('?', 1)[0] ?? '';
    const draws = drawsFor(`${method} ${routeOptions.url ?? ''}`);
    const { delayMs, outcome } = requestFate(faults.set, draws, {
      method,
      path,
      username: caller?.username,
    });
    if (delayMs > 0) await pauses.pause(delayMs);
    if (pauses.ended || outcome.kind === 'loseRequest') {
      reply.hijack().raw.destroy();
      return;
    }
    if (outcome.kind === 'refuse') return refuse(reply, outcome);
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
