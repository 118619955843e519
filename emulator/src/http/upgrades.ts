import type { IncomingMessage } from 'node:http';
import { ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { WebSocket } from 'ws';
import { WebSocketServer } from 'ws';

/** Connections that ask to become WebSockets, until a route takes them. */
export interface Upgrades {
  isAsked(request: FastifyRequest): boolean;
  accept(request: FastifyRequest, reply: FastifyReply): Promise<WebSocket>;
  /** Closes all that were accepted. */
  stop(): void;
}

interface Asking {
  readonly socket: Socket;
  readonly head: Buffer;
  readonly response: ServerResponse;
}

/** The one subprotocol that is spoken. What else is offered may be a token, and is never named back. */
const protocol = 'hudhud.v1';

/** The code for a server that stops. */
const goingAway = 1001;
const goodbyeMs = 500;

/** What a reader may say at once: a token and an id. */
const maxPayload = 16 * 1024;

/** Sends requests for an upgrade through the routes, with all that happens to requests there. */
export function installUpgrades(app: FastifyInstance): Upgrades {
  const asking = new WeakMap<IncomingMessage, Asking>();
  const server = new WebSocketServer({
    noServer: true,
    maxPayload,
    handleProtocols: (offered) => (offered.has(protocol) ? protocol : false),
  });

  app.server.on('upgrade', (request, socket, head) => {
    if (!(socket instanceof Socket)) {
      socket.destroy();
      return;
    }
    socket.on('error', () => undefined);
    const response = new ServerResponse(request);
    response.shouldKeepAlive = false;
    response.assignSocket(socket);
    response.on('finish', () => socket.end());
    asking.set(request, { socket, head, response });
    app.routing(request, response);
  });

  return {
    isAsked: ({ raw }) => asking.has(raw) && raw.headers.upgrade?.toLowerCase() === 'websocket',
    accept: (request, reply) =>
      new Promise((resolve) => {
        const found = asking.get(request.raw);
        if (found === undefined) throw new Error('This request asks for no upgrade.');
        const { socket, head, response } = found;
        reply.hijack();
        response.detachSocket(socket);
        // an invalid request is answered there, and nothing follows
        server.handleUpgrade(request.raw, socket, head, resolve);
      }),
    stop: () => {
      for (const client of server.clients) {
        client.close(goingAway);
        // nobody waits for a reader that does not say goodbye
        setTimeout(() => {
          client.terminate();
        }, goodbyeMs).unref();
      }
    },
  };
}
