import type { FastifyInstance } from 'fastify';
import type { Context } from '../context.ts';
import { ApiError, forbidden, invalid } from '../errors.ts';
import type { Call } from '../http/caller.ts';
import {
  offered,
  protocolToken,
  queryToken,
  signedInRoutes,
  streamRoutes,
} from '../http/caller.ts';
import { isLoopback } from '../http/cors.ts';
import { fieldsOf, oneOf, optionalUuid, text, uuid, wholeNumber } from '../http/input.ts';
import type { Upgrades } from '../http/upgrades.ts';
import type { Encoding } from '../realtime/encoding.ts';
import type { Polls } from '../realtime/polls.ts';
import type { Readers } from '../realtime/readers.ts';
import { serveSocket } from '../realtime/socketStreams.ts';
import { openStream } from '../realtime/streams.ts';
import { channelGreeting, mainGreeting } from '../services/greetings.ts';
import { announceTyping, broadcastNotice } from '../services/notices.ts';

export interface Realtime {
  readonly readers: Readers;
  readonly polls: Polls;
  readonly encoding: Encoding;
  readonly upgrades: Upgrades;
  /** Connections go on after the last id that they name. */
  readonly resumes: boolean;
}

const longestPollMs = 60_000;
const usualPollMs = 25_000;

const textIn = (value: unknown) => (typeof value === 'string' ? value : undefined);

export function realtimeRoutes(app: FastifyInstance, context: Context, realtime: Realtime): void {
  const { faults, hub, presence } = context;
  const { readers, polls, encoding, upgrades, resumes } = realtime;
  const stream = streamRoutes(app, context);
  const route = signedInRoutes(app, context);

  /** The header is the browser's own; a client that opens a stream anew can only put it in the address. */
  const namedId = ({ request, query }: Pick<Call, 'request' | 'query'>) =>
    textIn(request.headers['last-event-id'] ?? query['lastEventId']);

  async function reached(id: string | undefined): Promise<string | undefined> {
    if (id === undefined || !resumes) return undefined;
    await hub.reach(id);
    return id;
  }

  stream('/realtime/stream', async (call) => {
    const { caller, reply } = call;
    const greeting = await mainGreeting(context, caller);
    openStream(readers, encoding, reply, {
      caller,
      greeting,
      lastEventId: await reached(namedId(call)),
    });
  });

  stream('/realtime/stream/channel/:channelId', async (call) => {
    const { caller, params, reply } = call;
    const channelId = uuid(params, 'channelId');
    const greeting = await channelGreeting(context, caller, channelId);
    openStream(readers, encoding, reply, {
      caller,
      greeting,
      channelId,
      lastEventId: await reached(namedId(call)),
    });
  });

  stream(
    '/realtime/poll',
    async ({ caller, query, reply }) => {
      await polls.answer(reply, {
        caller,
        cursor: textIn(query['cursor']),
        timeoutMs: wholeNumber(query, 'timeout_ms', 0, longestPollMs, usualPollMs),
        greet: () => mainGreeting(context, caller),
      });
    },
    () => faults.set.longPolling,
  );

  app.get(
    '/realtime/ws',
    { onRequest: offered(() => faults.set.webSocket) },
    async (request, reply) => {
      const { origin } = request.headers;
      if (queryToken(request) !== undefined) throw invalid('A token must not be in the address');
      if (origin !== undefined && !isLoopback(origin)) throw forbidden('Not from this page');
      if (!upgrades.isAsked(request)) {
        throw new ApiError(426, 'UPGRADE_REQUIRED', 'This address speaks WebSocket only');
      }
      const query = fieldsOf(request.query);
      const { socket } = request.raw;
      const token = protocolToken(request);
      const webSocket = await upgrades.accept(request, reply);
      await serveSocket(context, readers, encoding, {
        webSocket,
        socket,
        token,
        lastEventId: namedId({ request, query }),
        reached,
      });
    },
  );

  // the token is optional here, so none is asked for
  app.get('/realtime/status', async () => {
    const online = await presence.online();
    // who is counted has been told: whoever connects now does not hear of it again
    await hub.catchUp();
    return {
      success: true,
      status: 'operational',
      uptime: process.uptime(),
      connections: hub.connections,
      users_online: online,
      frames_sent: hub.framesSent,
      timestamp: new Date().toISOString(),
    };
  });

  route('POST', '/chat/typing', async ({ caller, body }) => {
    await announceTyping(context, caller, uuid(body, 'channelId'));
    return { success: true };
  });

  route('POST', '/admin/broadcast', async ({ caller, body }) => {
    await broadcastNotice(context, caller, {
      type: oneOf(body, 'type', ['system', 'alert'], 'system'),
      message: text(body, 'content', 1, 2000),
      channelId: optionalUuid(body, 'channelId'),
    });
    return { success: true };
  });
}
