import { connectionChanged } from '../actions/connection';
import type { StreamKey } from '../protocol/batch';
import type { ConnectionSnapshot } from '../transport/connectionOptions';
import type { Connection } from '../transport/connectionOptions';
import { createConnection } from '../transport/connection';
import type { ExpiryLoop } from './expiryLoop';
import { ingestBatch } from './ingestBatch';
import type { Runtime, StoreApi } from './runtime';

/**
 * Owns the connections of one client: the main stream, and a channel's own for each channel that is watched. What they
 * bring becomes actions; nothing here looks at the state to decide what to do (L19).
 *
 * @internal
 */
export interface Streams {
  start(): void;
  stop(): void;
  retryNow(): void;
  /** Follows a channel's own stream while the client runs; asked twice, it has to be let go twice. */
  watch(channelId: string): void;
  unwatch(channelId: string): void;
  snapshots(): readonly ConnectionSnapshot[];
}

/** @internal */
export function createStreams(
  runtime: Runtime,
  store: StoreApi,
  expiry: ExpiryLoop,
  onOpened: (stream: StreamKey) => void,
): Streams {
  const connections = new Map<StreamKey, Connection>();
  const watchers = new Map<string, number>();
  let isRunning = false;
  let epoch = 0;

  const open = (stream: StreamKey, url: string) => {
    const { session, platform, counters, instance } = runtime;
    const connection = createConnection(
      {
        ...runtime.connection,
        stream,
        url,
        session,
        platform,
        counters,
        nextEpoch: () => (epoch += 1),
      },
      {
        onBatch(batch) {
          ingestBatch(runtime, store, expiry, batch);
        },
        onChange(snapshot) {
          store.dispatch(connectionChanged(snapshot, instance));
          expiry.arm();
          if (snapshot.phase === 'open') onOpened(stream);
        },
      },
    );
    connections.set(stream, connection);
    connection.start();
  };
  const close = (stream: StreamKey) => {
    const connection = connections.get(stream);
    connections.delete(stream);
    connection?.stop();
  };
  const openChannel = (channelId: string) => {
    open(`channel:${channelId}`, `${runtime.streamUrl}/channel/${encodeURIComponent(channelId)}`);
  };

  return {
    start() {
      if (isRunning || !runtime.flags.enableRealtime) return;
      isRunning = true;
      open('main', runtime.streamUrl);
      for (const channelId of watchers.keys()) openChannel(channelId);
    },
    stop() {
      isRunning = false;
      for (const stream of [...connections.keys()]) close(stream);
      expiry.stop();
    },
    retryNow() {
      for (const connection of connections.values()) connection.retryNow();
    },
    watch(channelId) {
      const count = watchers.get(channelId) ?? 0;
      watchers.set(channelId, count + 1);
      if (isRunning && count === 0) openChannel(channelId);
    },
    unwatch(channelId) {
      const count = watchers.get(channelId) ?? 0;
      if (count > 1) {
        watchers.set(channelId, count - 1);
        return;
      }
      watchers.delete(channelId);
      close(`channel:${channelId}`);
    },
    snapshots: () => [...connections.values()].map((connection) => connection.getSnapshot()),
  };
}
