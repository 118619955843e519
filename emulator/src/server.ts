import type { AddressInfo } from 'node:net';
import cookie from '@fastify/cookie';
import type { FastifyInstance } from 'fastify';
import Fastify from 'fastify';
import type { Config } from './config.ts';
import type { Context } from './context.ts';
import type { Db } from './db/db.ts';
import { openDb } from './db/open.ts';
import { prepareSchema } from './db/schema.ts';
import { makeFaults } from './faults/faults.ts';
import { readFaultSet } from './faults/faultSet.ts';
import { installRequestFaults } from './faults/requestFaults.ts';
import { installCors } from './http/cors.ts';
import { installErrorAnswers } from './http/errorAnswers.ts';
import { installJson } from './http/json.ts';
import { installRateLimits } from './http/rateLimits.ts';
import { installUploads } from './http/uploads.ts';
import type { Pauses } from './pauses.ts';
import { makePauses } from './pauses.ts';
import { makeLookUp } from './realtime/audience.ts';
import { makeEncode } from './realtime/encoding.ts';
import { makeFrameLog } from './realtime/frameLog.ts';
import type { Delivery } from './realtime/hub.ts';
import { makeHub } from './realtime/hub.ts';
import { makePresence } from './realtime/presence.ts';
import type { Streams } from './realtime/streams.ts';
import { makeStreams } from './realtime/streams.ts';
import { adminRoutes } from './routes/admin.ts';
import { authRoutes } from './routes/auth.ts';
import { channelRoutes } from './routes/channels.ts';
import { faultRoutes } from './routes/faults.ts';
import { fileRoutes } from './routes/files.ts';
import { messageRoutes } from './routes/messages.ts';
import { projectRoutes } from './routes/projects.ts';
import { reactionRoutes } from './routes/reactions.ts';
import { realtimeRoutes } from './routes/realtime.ts';
import { threadRoutes } from './routes/threads.ts';
import { workspaceRoutes } from './routes/workspace.ts';
import { seedIfEmpty } from './seed/seed.ts';
import { makeTokens } from './services/tokens.ts';
import { presenceChanged } from './services/presenceChanged.ts';
import { startTraffic } from './traffic/traffic.ts';

export interface Server {
  readonly address: string;
  stop(): Promise<void>;
}

type Report = (error: unknown) => void;

const timers = {
  set: (run: () => void, ms: number) => setTimeout(run, ms),
  clear: (handle: unknown) => {
    clearTimeout(handle as NodeJS.Timeout | undefined);
  },
};

function makeContext(
  db: Db,
  key: Uint8Array,
  config: Config,
  origin: () => string,
  report: Report,
): Context {
  const log = config.resume ? makeFrameLog<Delivery>() : undefined;
  const hub = makeHub(makeLookUp(db), makeEncode(config.frames), log, report);
  const presence = makePresence(timers, (change) => {
    presenceChanged({ db, hub }, change).catch(report);
  });
  const tokens = makeTokens(key, config.accessTtlSeconds);
  const { faults: preset, stripMetadata, idempotency, broadcastCopies } = config;
  const faults = makeFaults(readFaultSet({ preset }, { stripMetadata, idempotency }));
  return { db, hub, presence, tokens, faults, broadcastCopies, origin };
}

async function makeApp(
  config: Config,
  context: Context,
  streams: Streams,
  pauses: Pauses,
  report: Report,
) {
  // a stream is an endless response: without force a stop would wait for it, and HEAD would open one
  const app = Fastify({ forceCloseConnections: true, exposeHeadRoutes: false });
  installErrorAnswers(app, report);
  installJson(app);
  await installCors(app);
  await app.register(cookie);
  await installUploads(app);
  app.get('/health', () => ({
    status: 'ok',
    uptime: process.uptime(),
    timestamp: new Date().toISOString(),
  }));
  faultRoutes(app, context);
  const topics = [
    authRoutes,
    projectRoutes,
    adminRoutes,
    workspaceRoutes,
    channelRoutes,
    messageRoutes,
    threadRoutes,
    reactionRoutes,
    fileRoutes,
  ];
  await app.register(
    (api, _options, done) => {
      if (config.rateLimits) installRateLimits(api, context);
      installRequestFaults(api, context, pauses);
      for (const topic of topics) topic(api, context);
      realtimeRoutes(api, context, streams);
      done();
    },
    { prefix: '/api' },
  );
  return app;
}

async function listen(app: FastifyInstance, { port, portIsAsked }: Config): Promise<string> {
  const host = '127.0.0.1';
  try {
    await app.listen({ host, port });
  } catch (error) {
    const taken = (error as NodeJS.ErrnoException).code === 'EADDRINUSE';
    if (!taken || portIsAsked) throw error;
    await app.listen({ host, port: 0 });
  }
  return `http://${host}:${(app.server.address() as AddressInfo).port}`;
}

/** Opens the data, fills it if empty, and serves it until `stop`. */
export async function startServer(config: Config, report: Report): Promise<Server> {
  const db = await openDb(config);
  let address = '';
  const context = makeContext(db, await prepareSchema(db), config, () => address, report);
  await seedIfEmpty(db, config.seed, new Date());
  const streams = makeStreams(context, makeEncode(config.frames), config.pingMs);
  const pauses = makePauses();
  const app = await makeApp(config, context, streams, pauses, report);
  address = await listen(app, config);
  const stopTraffic =
    config.trafficRate === undefined
      ? undefined
      : await startTraffic(context, config.trafficRate, report);
  return {
    address,
    stop: async () => {
      await stopTraffic?.();
      streams.stop();
      pauses.end();
      await app.close();
      context.presence.stop();
      await context.hub.idle();
      await db.close();
    },
  };
}
