import type { FastifyInstance } from 'fastify';
import type { Context } from '../context.ts';
import type { Call } from '../http/caller.ts';
import { signedInRoutes, streamRoutes } from '../http/caller.ts';
import { oneOf, optionalUuid, text, uuid } from '../http/input.ts';
import type { Streams } from '../realtime/streams.ts';
import { channelGreeting, mainGreeting } from '../services/greetings.ts';
import { announceTyping, broadcastNotice } from '../services/notices.ts';

/** The header is the browser's own; a client that opens a stream anew can only put it in the address. */
function lastEventId({ request, query }: Call): string | undefined {
  const value = request.headers['last-event-id'] ?? query['lastEventId'];
  return typeof value === 'string' ? value : undefined;
}

export function realtimeRoutes(app: FastifyInstance, context: Context, streams: Streams): void {
  const { hub, presence } = context;
  const stream = streamRoutes(app, context);
  const route = signedInRoutes(app, context);

  stream('/realtime/stream', async (call) => {
    const { caller, reply } = call;
    const greeting = await mainGreeting(context, caller);
    streams.open(reply, { caller, greeting, lastEventId: lastEventId(call) });
  });

  stream('/realtime/stream/channel/:channelId', async (call) => {
    const { caller, params, reply } = call;
    const channelId = uuid(params, 'channelId');
    const greeting = await channelGreeting(context, caller, channelId);
    streams.open(reply, { caller, greeting, channelId, lastEventId: lastEventId(call) });
  });

  // the token is optional here, so none is asked for
  app.get('/realtime/status', () => ({
    success: true,
    status: 'operational',
    uptime: process.uptime(),
    connections: hub.connections,
    users_online: presence.online,
    frames_sent: hub.framesSent,
    timestamp: new Date().toISOString(),
  }));

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
