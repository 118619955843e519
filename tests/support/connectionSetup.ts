import { createCounters } from '../../src/platform/counters';
import type { EventBatch } from '../../src/protocol/batch';
import type { FakePlatform, ScriptedRequest, ScriptedServer } from '../../src/testing';
import { createFakePlatform, createScriptedServer } from '../../src/testing';
import { createConnection } from '../../src/transport/connection';
import type { ConnectionSnapshot } from '../../src/protocol/connectionSnapshot';
import type {
  Connection,
  ConnectionHandlers,
  ConnectionTuning,
} from '../../src/transport/connectionOptions';
import { connectionDefaults } from '../../src/transport/connectionOptions';
import { createLongPollSource } from '../../src/transport/longPollSource';
import type { RateBudget } from '../../src/transport/rateBudget';
import { budgetDefaults, createRateBudget } from '../../src/transport/rateBudget';
import type { TokenSource } from '../../src/transport/session';
import { createSession } from '../../src/transport/session';
import { createSseSource } from '../../src/transport/sseSource';
import { createSurroundings } from '../../src/transport/surroundings';

interface ConnectionSetup {
  readonly server: ScriptedServer;
  readonly platform: FakePlatform;
  readonly counters: ReturnType<typeof createCounters>;
  readonly budget: RateBudget;
  readonly connection: Connection;
  readonly batches: EventBatch[];
  readonly changes: ConnectionSnapshot[];
  /** Phases in the order they were told. */
  readonly phases: () => string[];
}

interface ConnectionSetupOptions {
  readonly tuning?: Partial<ConnectionTuning>;
  readonly source?: TokenSource;
  readonly answer?: (request: ScriptedRequest) => void;
  readonly handlers?: Partial<ConnectionHandlers>;
  readonly seed?: number;
  /** Whether it may fall back to long polling. Default `false`. */
  readonly withLongPoll?: boolean;
}

/** A connection in a world under control. */
export function setUpConnection(options: ConnectionSetupOptions = {}): ConnectionSetup {
  const server = createScriptedServer(options.answer);
  const platform = createFakePlatform({ fetch: server.fetch, seed: options.seed ?? 1 });
  const counters = createCounters();
  const batches: EventBatch[] = [];
  const changes: ConnectionSnapshot[] = [];
  let epoch = 0;
  const tuning = { ...connectionDefaults, ...options.tuning };
  const ports = { ...platform, counters, budget: createRateBudget(budgetDefaults, platform.clock) };
  const sse = createSseSource({ ...tuning, url: '/api/realtime/stream' }, ports);
  const longPoll = createLongPollSource({ ...tuning, url: '/api/realtime/poll' }, ports);
  const connection = createConnection(
    {
      ...tuning,
      stream: 'main',
      sources: options.withLongPoll === true ? [sse, longPoll] : [sse],
      session: createSession(options.source ?? { getToken: () => 't0k' }),
      surroundings: createSurroundings(platform),
      platform,
      counters,
      nextEpoch: () => {
        epoch += 1;
        return epoch;
      },
    },
    {
      onBatch(batch) {
        batches.push(batch);
        options.handlers?.onBatch?.(batch);
      },
      onChange(snapshot) {
        changes.push(snapshot);
        options.handlers?.onChange?.(snapshot);
      },
    },
  );
  return {
    server,
    platform,
    counters,
    budget: ports.budget,
    connection,
    batches,
    changes,
    phases: () => changes.map((change) => change.phase),
  };
}

export const pingFrame = 'event: ping\ndata: {"timestamp":"2025-09-01T08:00:30.000Z"}\n\n';

export const nothingPending = { timers: 0, frames: 0, listeners: 0 };

/** Timers of a connection that holds one of its own; the other one is the watch for sleep. */
export const onlyOne = 2;
