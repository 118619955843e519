import { connectionChanged } from '../actions/connection';
import type { StreamKey } from '../protocol/batch';
import { channelOf, streamOf } from '../protocol/batch';
import type { ConnectionSnapshot } from '../protocol/connectionSnapshot';
import { createConnection } from '../transport/connection';
import type { Connection, ConnectionHandlers } from '../transport/connectionOptions';
import { connectionDefaults } from '../transport/connectionOptions';
import { createSources } from '../transport/createSources';
import { createSharedBudget } from '../transport/sharedBudget';
import { createSharedSignIn } from '../transport/sharedSignIn';
import { createSharedStream } from '../transport/sharedStream';
import { createTokenKeeper } from '../transport/tokenKeeper';
import type { ExpiryLoop } from './expiryLoop';
import type { Present } from './present';
import { ingestBatch } from './ingestBatch';
import type { Runtime, StoreApi } from './runtime';
import { spaceOf } from './spaceOf';

/**
 * Owns the connections of one client: the main stream, and a channel's own for each channel that is watched. What they
 * bring becomes actions; nothing here looks at the state to decide what to do (L19).
 *
 * @internal
 */
export interface Streams {
  /**
   * Opens what is not open, from one session to the next until `stop`.
   *
   * @param cursor - Where the main stream goes on, if it is not open: the id of the last event of an earlier visit.
   */
  start(cursor: string | null): void;
  stop(): void;
  /** The session is over: closes, and lets go unheard of what was not yet told. */
  suspend(): void;
  /** A session began: opens again what was started. */
  resume(cursor: string | null): void;
  retryNow(): void;
  /** Others found out that the session is over, whatever is open still. */
  authLost(): void;
  /**
   * A part of what it said was let go: begins anew where the state is.
   *
   * @param stream - Default: all of them.
   */
  readonly broken: (stream?: StreamKey) => void;
  /** Follows a channel's own stream while the client runs; asked twice, it has to be let go twice. */
  watch(channelId: string): void;
  unwatch(channelId: string): void;
  snapshots(): readonly ConnectionSnapshot[];
}

/** Who has to know what becomes of a stream, beside the state. */
interface StreamWitness {
  readonly onChange: (snapshot: ConnectionSnapshot) => void;
  readonly onOpened: (snapshot: ConnectionSnapshot) => void;
  /** Called once for each `onOpened`. */
  readonly onClosed: (stream: StreamKey) => void;
  /** It brought something. */
  readonly onHeard: (stream: StreamKey) => void;
  readonly onContinuity: (stream: StreamKey, isWhole: boolean) => void;
  /** Lets it say something now, or once the store shows the present. */
  readonly hear: Present['hear'];
}

/** Names the person who is there; `null`: it is not known yet. */
function personOf({ baseUrl, selectors }: Runtime, store: StoreApi): string | null {
  const viewerId = selectors.selectViewerId(store.getState());
  return viewerId === null ? null : spaceOf(baseUrl, viewerId);
}

/** @internal */
export function createStreams(
  runtime: Runtime,
  store: StoreApi,
  expiry: ExpiryLoop,
  witness: StreamWitness,
): Streams {
  const connections = new Map<StreamKey, Connection>();
  const watchers = new Map<string, number>();
  const keeper = createTokenKeeper(runtime);
  const sharedBudget = createSharedBudget(runtime.budget, runtime.platform);
  const sharedSignIn = createSharedSignIn(runtime.platform.broadcast, runtime.signedInElsewhere);
  const opened = new Set<StreamKey>();
  let isWanted = false;
  let isRunning = false;
  let isDeaf = false;
  let epoch = 0;

  const open = (stream: StreamKey, url: string, cursor: string | null) => {
    const { session, surroundings, platform, counters, budget, instance } = runtime;
    const tuning = { ...connectionDefaults, ...runtime.connection };
    // a channel's own stream has no other way
    const names = stream === 'main' ? tuning.sources : (['sse'] as const);
    const urls = { ...runtime.streamUrls, sse: url };
    const nextEpoch = () => (epoch += 1);
    const connect = (to: ConnectionHandlers, lastEventId: string | null) =>
      createConnection(
        {
          ...tuning,
          sources: createSources(names, urls, tuning, { ...platform, counters, budget }),
          ...{ stream, session, surroundings, platform, counters, lastEventId, nextEpoch },
        },
        to,
      );
    const heard: ConnectionHandlers = {
      onBatch(batch) {
        if (isDeaf) {
          counters.inc('drops', 'session_over', batch.events.length);
          return;
        }
        ingestBatch(runtime, store, expiry, batch);
        if (batch.events.length > 0) witness.onHeard(stream);
        const { wholeSince } = batch;
        if (wholeSince !== undefined) witness.onContinuity(stream, wholeSince !== null);
      },
      onChange(snapshot) {
        store.dispatch(connectionChanged(snapshot, instance));
        expiry.arm();
        witness.onChange(snapshot);
        if (snapshot.phase === 'open') {
          opened.add(stream);
          witness.onOpened(snapshot);
        } else if (opened.delete(stream)) witness.onClosed(stream);
      },
    };
    const handlers: ConnectionHandlers = {
      onBatch(batch) {
        witness.hear(stream, batch.events.length, () => {
          heard.onBatch(batch);
        });
      },
      onChange(snapshot) {
        witness.hear(stream, 0, () => {
          heard.onChange(snapshot);
        });
      },
    };
    const lastEventId = cursor ?? cursorOf(stream) ?? tuning.lastEventId;
    const canShare = stream === 'main' && runtime.sharesStream && platform.locks.isSupported();
    const name = canShare ? personOf(runtime, store) : null;
    const connection =
      name === null
        ? connect(handlers, lastEventId)
        : createSharedStream({ name, platform, nextEpoch, lastEventId, connect }, handlers);
    connections.set(stream, connection);
    connection.start();
  };
  /** Where an earlier connection of this session was. */
  const cursorOf = (stream: StreamKey): string | null =>
    runtime.selectors.selectStream(store.getState(), stream)?.lastEventId ?? null;
  const close = (stream: StreamKey) => {
    const connection = connections.get(stream);
    connections.delete(stream);
    connection?.stop();
  };
  const ensure = (stream: StreamKey, url: string, cursor: string | null = null) => {
    const connection = connections.get(stream);
    const phase = connection?.getSnapshot().phase;
    if (connection === undefined) open(stream, url, cursor);
    else if (phase === 'failed' || phase === 'authRequired') {
      if (cursor === null) connection.start();
      else {
        close(stream);
        open(stream, url, cursor);
      }
    }
  };
  const hush = (run: () => void) => {
    isDeaf = true;
    run();
    isDeaf = false;
  };
  const ensureChannel = (channelId: string) => {
    const url = `${runtime.streamUrls.sse}/channel/${encodeURIComponent(channelId)}`;
    ensure(streamOf(channelId), url);
  };
  const resume = (cursor: string | null) => {
    if (!isWanted || !runtime.flags.enableRealtime) return;
    isRunning = true;
    const person = personOf(runtime, store);
    if (person !== null) {
      sharedBudget.open(person);
      sharedSignIn.open(person);
    }
    sharedSignIn.tell();
    keeper.start();
    ensure('main', runtime.streamUrls.sse, cursor);
    for (const channelId of watchers.keys()) ensureChannel(channelId);
  };
  const closeAll = () => {
    isRunning = false;
    keeper.stop();
    // the main one last: its end is what ends typing, and a channel's may still tell of some
    for (const stream of [...connections.keys()].reverse()) close(stream);
    expiry.stop();
    sharedBudget.close();
    sharedSignIn.close();
  };

  return {
    start(cursor) {
      isWanted = true;
      resume(cursor);
    },
    stop() {
      isWanted = false;
      closeAll();
    },
    suspend() {
      hush(closeAll);
    },
    resume,
    retryNow() {
      for (const connection of connections.values()) connection.retryNow();
    },
    authLost() {
      for (const connection of connections.values()) connection.authLost();
    },
    broken(stream) {
      if (!isRunning) return;
      const keys = [...connections.keys()].filter((key) => (stream ?? key) === key);
      // what it has collected stands behind what is missing
      hush(() => {
        keys.forEach(close);
      });
      for (const key of keys) {
        const channelId = channelOf(key);
        if (channelId === null) ensure(key, runtime.streamUrls.sse);
        else ensureChannel(channelId);
      }
    },
    watch(channelId) {
      const count = watchers.get(channelId) ?? 0;
      watchers.set(channelId, count + 1);
      if (isRunning && count === 0) ensureChannel(channelId);
    },
    unwatch(channelId) {
      const count = watchers.get(channelId) ?? 0;
      if (count > 1) {
        watchers.set(channelId, count - 1);
        return;
      }
      watchers.delete(channelId);
      close(streamOf(channelId));
    },
    snapshots: () => [...connections.values()].map((connection) => connection.getSnapshot()),
  };
}
