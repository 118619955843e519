import type { AddressInfo } from 'node:net';
import cookie from '@fastify/cookie';
import type { FastifyInstance } from 'fastify';
import Fastify from 'fastify';
import type { Config } from './config.ts';
import type { Context } from './context.ts';
import type { Db } from './db/db.ts';
import { openDb } from './db/open.ts';
import type { Settings } from './db/schema.ts';
import { prepareDatabase } from './db/schema.ts';
import { makeFaults } from './faults/faults.ts';
import { readFaultSet } from './faults/faultSet.ts';
import { installRequestFaults } from './faults/requestFaults.ts';
import { installCors } from './http/cors.ts';
import { installErrorAnswers } from './http/errorAnswers.ts';
import { installJson } from './http/json.ts';
import { installRateLimits } from './http/rateLimits.ts';
import { installUpgrades } from './http/upgrades.ts';
import { installUploads } from './http/uploads.ts';
import type { Pauses } from './pauses.ts';
import { makePauses } from './pauses.ts';
import { makeEncoding } from './realtime/encoding.ts';
import { makeHub } from './realtime/hub.ts';
import { makePolls } from './realtime/polls.ts';
import { makePresence } from './realtime/presence.ts';
import { framesChannel } from './realtime/publish.ts';
import { makeReaders } from './realtime/readers.ts';
import { adminRoutes } from './routes/admin.ts';
import { authRoutes } from './routes/auth.ts';
import { channelRoutes } from './routes/channels.ts';
import { faultRoutes } from './routes/faults.ts';
import { fileRoutes } from './routes/files.ts';
import { messageRoutes } from './routes/messages.ts';
import { projectRoutes } from './routes/projects.ts';
import { reactionRoutes } from './routes/reactions.ts';
import type { Realtime } from './routes/realtime.ts';
import { realtimeRoutes } from './routes/realtime.ts';
import { threadRoutes } from './routes/threads.ts';
import { workspaceRoutes } from './routes/workspace.ts';
import { seedIfEmpty } from './seed/seed.ts';
import { makeTokens } from './services/tokens.ts';
import { startTraffic } from './traffic/traffic.ts';

export interface Server {
  readonly address: string;
  stop(): Promise<void>;
}

type Report = (error: unknown) => void;

async function makeContext(
  db: Db,
  { tokenKey, logName }: Settings,
  config: Config,
  origin: () => string,
  report: Report,
): Promise<Context> {
  const hub = await makeHub(db, logName, report);
  const presence = makePresence(db, report);
  const tokens = makeTokens(tokenKey, config.accessTtlSeconds);
  const { faults: preset, broadcastCopies } = config;
  const faults = makeFaults(readFaultSet({ preset }, config));
  return { db, hub, presence, tokens, faults, broadcastCopies, origin };
}

async function makeApp(
  config: Config,
  context: Context,
  endless: Pick<Realtime, 'readers' | 'polls' | 'encoding'>,
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
  const upgrades = installUpgrades(app);
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
      if (config.rateLimits) installRateLimits(api, context, config.rateWindowSeconds);
      installRequestFaults(api, context, pauses);
      for (const topic of topics) topic(api, context);
      realtimeRoutes(api, context, { ...endless, upgrades, resumes: config.resume });
      done();
    },
    { prefix: '/api' },
  );
  return { app, upgrades };
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
  const settings = await prepareDatabase(db, config.keptFrames, (sql) =>
    seedIfEmpty(sql, config.seed, new Date()),
  );
  const origin = () => config.publicUrl ?? address;
  const context = await makeContext(db, settings, config, origin, report);
  const { hub, presence } = context;
  const stopListening = await db.listen(framesChannel, {
    opened: async (session) => {
      await presence.begin(session);
      await hub.catchUp();
    },
    heard: () => void hub.catchUp(),
  });
  const encoding = makeEncoding(config.frames, config.resume);
  const readers = makeReaders(context, config.pingMs);
  const polls = makePolls(context, encoding);
  const pauses = makePauses();
  const endless = { readers, polls, encoding };
  const { app, upgrades } = await makeApp(config, context, endless, pauses, report);
  address = await listen(app, config);
  const stopTraffic =
    config.trafficRate === undefined
      ? undefined
      : await startTraffic(context, config.trafficRate, report);
  return {
    address,
    stop: async () => {
      await stopTraffic?.();
      readers.stop();
      polls.stop();
      upgrades.stop();
      pauses.end();
      await app.close();
      await presence.stop();
      await stopListening();
      await hub.catchUp();
      await db.close();
    },
  };
}
