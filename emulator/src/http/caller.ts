import type { FastifyInstance, FastifyReply, FastifyRequest, onRequestHookHandler } from 'fastify';
import type { Caller } from '../caller.ts';
import type { Context } from '../context.ts';
import { ApiError } from '../errors.ts';
import { fieldsOf } from './input.ts';
import type { Fields } from './input.ts';

function bearer(request: FastifyRequest): string | undefined {
  return /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
}

/** Only streams take the token from the query: an EventSource cannot send headers. */
export function queryToken(request: FastifyRequest): string | undefined {
  const token = fieldsOf(request.query)['token'];
  return typeof token === 'string' && token !== '' ? token : undefined;
}

/** Before the token in the list of subprotocols: a browser's WebSocket cannot send headers either. */
const protocolPrefix = 'hudhud.token.';

export function protocolToken(request: FastifyRequest): string | undefined {
  const protocols = request.headers['sec-websocket-protocol']?.split(',') ?? [];
  const found = protocols.map((one) => one.trim()).find((one) => one.startsWith(protocolPrefix));
  return found?.slice(protocolPrefix.length);
}

/** Whom a request names, wherever; nobody if the token is not good. For those who only count and choose. */
export async function whoAsks(
  { tokens }: Pick<Context, 'tokens'>,
  request: FastifyRequest,
): Promise<Caller | undefined> {
  const token = bearer(request) ?? protocolToken(request) ?? queryToken(request);
  if (token === undefined) return undefined;
  return tokens.verify(token).catch(() => undefined);
}

export async function callerOf(
  { tokens }: Pick<Context, 'tokens'>,
  token: string | undefined,
): Promise<Caller> {
  if (token === undefined) throw new ApiError(401, 'TOKEN_MISSING', 'No token provided');
  return tokens.verify(token);
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
  return (url: string, answer: Answer, isOffered?: () => boolean): void => {
    app.get(url, { onRequest: offered(isOffered) }, async (request, reply) => {
      const caller = await callerOf(context, bearer(request) ?? queryToken(request));
      await answer(callOf(caller, request, reply));
      return reply;
    });
  };
}

/** What is switched off is not there, to whomever asks. */
export function offered(isOffered: (() => boolean) | undefined): onRequestHookHandler {
  return (request, reply, done) => {
    if (isOffered?.() === false) reply.callNotFound();
    else done();
  };
}
