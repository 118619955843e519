import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Caller } from '../caller.ts';
import type { Context } from '../context.ts';
import { ApiError } from '../errors.ts';
import { fieldsOf } from './input.ts';
import type { Fields } from './input.ts';

export function bearer(request: FastifyRequest): string | undefined {
  return /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
}

/** Only streams take the token from the query: an EventSource cannot send headers. */
function queryToken(request: FastifyRequest): string | undefined {
  const token = fieldsOf(request.query)['token'];
  return typeof token === 'string' && token !== '' ? token : undefined;
}

async function callerOf(context: Context, token: string | undefined): Promise<Caller> {
  if (token === undefined) throw new ApiError(401, 'TOKEN_MISSING', 'No token provided');
  return context.tokens.verify(token);
}

/** One signed-in request, its inputs still unchecked. */
export interface Call {
  readonly caller: Caller;
  readonly params: Fields;
  readonly query: Fields;
  readonly body: Fields;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';
type Answer = (call: Call) => Promise<unknown>;
export type Route = (method: Method, url: string, answer: Answer) => void;

function callOf(caller: Caller, request: FastifyRequest, reply: FastifyReply): Call {
  const params = fieldsOf(request.params);
  const query = fieldsOf(request.query);
  return { caller, params, query, body: fieldsOf(request.body), request, reply };
}

/** Adds routes that answer signed-in people only. */
export function signedInRoutes(app: FastifyInstance, context: Context): Route {
  return (method, url, answer) => {
    app.route({
      method,
      url,
      handler: async (request, reply) => {
        const caller = await callerOf(context, bearer(request));
        return answer(callOf(caller, request, reply));
      },
    });
  };
}

/** As above, and the token may stand in the address. */
export function streamRoutes(app: FastifyInstance, context: Context) {
  return (url: string, answer: Answer): void => {
    app.get(url, async (request, reply) => {
      const caller = await callerOf(context, bearer(request) ?? queryToken(request));
      await answer(callOf(caller, request, reply));
      return reply;
    });
  };
}
