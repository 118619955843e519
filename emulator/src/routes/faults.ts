import type { FastifyInstance } from 'fastify';
import type { Context } from '../context.ts';
import { readFaultSet } from '../faults/faultSet.ts';
import { fieldsOf } from '../http/input.ts';

const url = '/emulator/faults';

/** The emulator's own controls, beside the contract: outside of /api, and nobody signs in to them. */
export function faultRoutes(app: FastifyInstance, { faults }: Pick<Context, 'faults'>): void {
  const answer = () => ({ success: true, faults: faults.set, hits: faults.dice.hits });

  app.get(url, answer);

  // replaces all; keys that are not named are off
  app.put(url, (request) => {
    faults.put(readFaultSet(fieldsOf(request.body), faults.start));
    return answer();
  });

  app.delete(url, () => {
    faults.put(readFaultSet({}, faults.start));
    return answer();
  });
}
