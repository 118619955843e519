import type { Middleware } from '@reduxjs/toolkit';
import {
  addListener,
  clearAllListeners,
  createListenerMiddleware,
  isAction,
  isAnyOf,
  removeListener,
} from '@reduxjs/toolkit';
import {
  channelClosed,
  channelOpened,
  channelUnwatchRequested,
  channelWatchRequested,
  historyRequested,
  membersRequested,
  refreshRequested,
  retryRequested,
  startRequested,
  stopRequested,
  threadClosed,
  threadOpened,
  unreadRequested,
  workspaceRequested,
} from '../actions/command';
import type { HudhudActionCreator } from '../actions/define';
import {
  deleteRequested,
  discardRequested,
  operationRetryRequested,
  uploadCancelRequested,
  uploadRequested,
  uploadRetryRequested,
} from '../actions/outbox';
import { isOfInstance, isType } from '../actions/define';
import { channelsReceived, pageReceived, snapshotApplied } from '../actions/history';
import { countsReceived } from '../actions/reads';
import { operationRejected } from '../actions/outbox';
import { sessionEnded, sessionStarted } from '../actions/session';
import { channelEventsReceived, sessionInitialised } from '../actions/stream';
import type { PerformRead } from '../api/reading';
import { HudhudError } from '../errors';
import { hasDevTools } from '../platform/devTools';
import type { AccountFact } from '../protocol/models';
import type { ConnectionSnapshot } from '../protocol/connectionSnapshot';
import { createEviction } from './eviction';
import { createExpiryLoop } from './expiryLoop';
import { createIngest } from './ingest';
import { createLoader } from './loader';
import { createOutboxRunner } from './outboxRunner';
import { createPersistence } from './persistence/createPersistence';
import type { Persistence } from './persistence/persistence';
import type { CacheMismatch } from './patch/cacheMismatch';
import type { CachePatching } from './patch/cachePatching';
import { createCachePatching } from './patch/cachePatching';
import { createQueries } from './queries';
import { createReadAnchors } from './readAnchors';
import { createPolling } from './polling';
import type { Present } from './present';
import { createPresent } from './present';
import { presentRuntime } from './presentRuntime';
import type { Reads } from './reads';
import { createReads } from './reads';
import { createResync } from './resync';
import type { Runtime, StoreApi } from './runtime';
import { createSafeStore } from './safeStore';
import type { Sampling } from './sampling';
import { createSampling } from './sampling';
import { createSessions } from './sessions';
import type { Streams } from './streams';
import { createStreams } from './streams';
import type { TimeTravel } from './timeTravel';
import { createTimeTravel } from './timeTravel';
import { refusalOf } from './wishGuard';
import { createUploads } from './uploads';
import { createViewerSearch } from './viewerSearch';

/** The middleware, and what its owner may ask of it once a store has it. @internal */
export interface RealtimeMiddleware {
  readonly middleware: Middleware;
  /** The store that it was mounted in. @throws HudhudError `MIDDLEWARE_MISSING` before that. */
  store(): StoreApi;
  connections(): readonly ConnectionSnapshot[];
  /** Who was signed in last in this browser, and has not signed out. */
  readonly remembered: () => Promise<AccountFact | null>;
  /** Reads again what is on screen; gives whether all of it came. */
  readonly refresh: () => Promise<boolean>;
  /** A token turned out to be refused and not to be renewed. */
  readonly authLost: () => void;
  readonly checkCaches: () => readonly CacheMismatch[];
  /** Carries out what a query reads. Rejects with `MIDDLEWARE_MISSING` where no store has the middleware. */
  readonly perform: PerformRead;
}

/**
 * Requests to a host's own listener middleware. Ours would answer them too, and first: the host's listeners would run
 * here, and its clean-up would take ours away.
 */
const isForHostListeners = isAnyOf(addListener, removeListener, clearAllListeners);

/** What one store brings to life. */
function assemble(whole: Runtime, store: StoreApi, travel: TimeTravel) {
  const present = createPresent(whole, travel, {
    onLost(stream) {
      streams.broken(stream);
    },
    onAdopted() {
      streams.broken();
      if (streams.snapshots().length > 0) void resync.refresh();
    },
  });
  const runtime = presentRuntime(whole, present);
  const expiry = createExpiryLoop(runtime, store);
  const eviction = createEviction(runtime, store);
  const ingest = createIngest(runtime, store);
  const loader = createLoader(runtime, store, ingest);
  const persistence = createPersistence(runtime, store, (opId) => outbox.owns(opId));
  const outbox = createOutboxRunner(runtime, store, loader, (opId) => persistence.saved(opId));
  const uploads = createUploads(runtime, store);
  const viewer = createViewerSearch(runtime, store);
  const anchors = createReadAnchors(runtime, store);
  const resync = createResync(runtime, store, loader);
  const { workspaceRead } = resync;
  const { pageWanted } = eviction;
  const reads = createReads(runtime, store, ingest, loader, { pageWanted, workspaceRead });
  const polling = createPolling(runtime, store, () => loader.poll(resync.pollTarget()));
  const streams = createStreams(whole, store, expiry, {
    hear: present.hear,
    onChange(snapshot) {
      if (snapshot.stream === 'main') polling.changed(snapshot);
    },
    onOpened: resync.streamOpened,
    onClosed: resync.streamClosed,
    onHeard(stream) {
      if (stream === 'main') polling.heard();
    },
    onContinuity: resync.continuityTold,
  });
  const listeners = createListenerMiddleware({
    onError(error) {
      runtime.counters.inc('handlerErrors', 'listener');
      runtime.platform.logger.debug('listener failed', { error });
    },
  });
  const answer = <P, T extends string>(
    creator: HudhudActionCreator<P, T>,
    run: (payload: P) => void,
  ) => {
    listeners.startListening({
      type: creator.type,
      effect(action) {
        // the type was compared by the listener, the instance is compared here: then the payload is its own
        if (isOfInstance(action, runtime.instance)) run(action.payload as P);
      },
    });
  };
  answer(startRequested, () => {
    // a host with a sign-in of its own says so by nothing else
    runtime.session.reset();
    reads.resume();
    // what an earlier visit left comes first: the stream goes on where that ended
    viewer.start(() => {
      persistence.start(() => {
        streams.start(persistence.takeCursor());
        outbox.start();
        uploads.start();
      });
    });
  });
  answer(stopRequested, () => {
    viewer.stop();
    // before the uploads: a send that fails for its file makes way for the next one, which must not leave now
    outbox.stop();
    uploads.stop();
    streams.stop();
    polling.stop();
    resync.stop();
    loader.stop();
    reads.stop();
    persistence.stop();
  });
  answer(retryRequested, () => {
    streams.retryNow();
  });
  let refreshing: Promise<boolean> = Promise.resolve(false);
  answer(refreshRequested, () => {
    streams.retryNow();
    refreshing = resync.refresh();
  });
  answer(channelWatchRequested, ({ channelId }) => {
    streams.watch(channelId);
  });
  answer(channelUnwatchRequested, ({ channelId }) => {
    streams.unwatch(channelId);
    resync.streamReleased(channelId);
  });
  answer(channelOpened, (ref) => {
    resync.channelOpened(ref);
    anchors.channelOpened(ref.channelId);
  });
  answer(channelClosed, ({ channelId }) => {
    resync.channelClosed(channelId);
    anchors.channelClosed(channelId);
  });
  answer(threadOpened, (ref) => {
    resync.threadOpened(ref);
  });
  answer(threadClosed, (ref) => {
    resync.threadClosed(ref);
  });
  answer(workspaceRequested, (ref) => {
    resync.workspaceWanted(ref);
  });
  answer(historyRequested, (wanted) => {
    void loader.page(wanted);
  });
  answer(unreadRequested, () => {
    void loader.unread();
  });
  answer(membersRequested, ({ channelId }) => {
    void loader.members(channelId);
  });
  answer(channelEventsReceived, (payload) => {
    resync.channelsChanged(payload);
    if (payload.events.some(({ op }) => op === 'deleted')) uploads.released();
  });
  answer(sessionStarted, ({ user }) => {
    runtime.session.reset();
    persistence.remember(user);
    persistence.enter(user.id, () => {
      streams.resume(persistence.takeCursor());
    });
  });
  answer(sessionInitialised, ({ userId }) => {
    persistence.enter(userId);
  });
  answer(sessionEnded, ({ reason }) => {
    // first: what every slice forgets now is still kept
    persistence.leave(reason);
    resync.forget();
    anchors.forget();
    loader.forget();
    outbox.forget();
    uploads.forget();
    streams.suspend();
    polling.stop();
  });
  answer(pageReceived, (page) => {
    anchors.pageCame(page);
  });
  answer(snapshotApplied, (snapshot) => {
    anchors.snapshotCame(snapshot);
  });
  answer(channelsReceived, () => {
    anchors.countsCame();
  });
  answer(countsReceived, () => {
    anchors.countsCame();
  });
  answer(uploadRequested, ({ uploadId }) => {
    uploads.wanted(uploadId);
  });
  answer(uploadRetryRequested, ({ uploadId }) => {
    uploads.wanted(uploadId);
  });
  answer(uploadCancelRequested, ({ uploadId }) => {
    uploads.cancelled(uploadId);
  });
  answer(operationRetryRequested, ({ opId }) => {
    uploads.sendWanted(opId);
  });
  answer(discardRequested, () => {
    uploads.released();
  });
  // an unsent message that is deleted is given up, with its files
  answer(deleteRequested, () => {
    uploads.released();
  });
  const read = () => runtime.meter.read(streams.snapshots());
  const sampling: Sampling | null = runtime.sampleMetrics
    ? createSampling({ ...runtime, read }, store)
    : null;
  const refreshed = () => refreshing;
  const { middleware } = listeners;
  return {
    middleware,
    present,
    streams,
    outbox,
    eviction,
    reads,
    persistence,
    sampling,
    refreshed,
  };
}

interface Mounted {
  readonly store: StoreApi;
  readonly present: Present;
  readonly streams: Streams;
  readonly patchings: readonly CachePatching[];
  readonly reads: Reads;
  readonly persistence: Persistence;
  /** What the newest wish to refresh comes to. */
  readonly refreshed: () => Promise<boolean>;
}

/**
 * Makes the middleware of one instance. This file is order only: what answers which action.
 *
 * @internal
 */
export function createRealtimeMiddleware(runtime: Runtime): RealtimeMiddleware {
  let mounted: Mounted | null = null;
  const sessions = createSessions(runtime.instance);
  const inStore = (): Mounted => {
    if (mounted !== null) return mounted;
    throw new HudhudError(
      'MIDDLEWARE_MISSING',
      'No store has the middleware. Add it: configureStore({ …, middleware: (getDefault) => getDefault().prepend(hudhud.middleware) }).',
    );
  };
  return {
    middleware: (api) => {
      if (mounted !== null) {
        throw new HudhudError(
          'MOUNTED_TWICE',
          'This middleware is mounted in two stores, or twice in one. Make one instance per store: createHudhud().',
        );
      }
      const travel = createTimeTravel(runtime, api, hasDevTools());
      const real: StoreApi = api;
      const store: StoreApi = { ...real, getState: () => travel.view(real.getState()) };
      const parts = assemble(runtime, createSafeStore(runtime, store), travel);
      const { middleware, present, streams, outbox, eviction, reads, persistence } = parts;
      const { refreshed, sampling } = parts;
      const queries = createQueries(runtime.queries, api);
      const mount = middleware(api);
      const { selectors } = runtime;
      const rules = { selectors, maxMessageLength: runtime.outbox.maxMessageLength };
      const patchings = runtime.cachePatchers.map((patcher) =>
        createCachePatching(runtime, store, patcher, present.isAway),
      );
      mounted = { store, present, streams, patchings, reads, persistence, refreshed };
      return (next) => {
        const listening = patchings.reduce((inner, { around }) => around(inner), mount(next));
        const querying = queries.mount(listening);
        const handle = (action: unknown): unknown => {
          if (!isAction(action) || !isOfInstance(action, runtime.instance)) {
            return querying(action);
          }
          // before anything is done: the reducer may be mounted later than this
          selectors.selectHudhud(store.getState());
          sessions.note(store, action);
          if (isType(action, sessionEnded)) {
            // first the ids, then what they name
            reads.suspend();
            queries.reset();
          } else if (isType(action, sessionStarted)) reads.resume();
          const refused = refusalOf(rules, store.getState(), action);
          if (refused !== null) {
            runtime.counters.inc('refusedWishes', refused.code);
            return store.dispatch(operationRejected(refused, runtime.instance));
          }
          const before = outbox.before();
          const shown = travel.shown();
          const answer = () => {
            outbox.after(action, before);
            eviction.note(action);
            persistence.after(action);
            runtime.meter.note(action);
            sampling?.note(action);
          };
          persistence.before();
          try {
            const result = listening(action);
            travel.noteReduced(action, shown);
            return result;
          } finally {
            // also where a subscriber of the host throws: the state has the action then
            present.afterwards(answer);
          }
        };
        const inPresent = present.around(handle);
        return (action) => (isForHostListeners(action) ? next(action) : inPresent(action));
      };
    },
    store: () => inStore().store,
    // async: what is missing rejects like everything else
    async perform(read, signal) {
      const { present, reads } = inStore();
      return present.work(() => reads.perform(read, signal));
    },
    remembered: async () => inStore().persistence.remembered(),
    connections: () => mounted?.streams.snapshots() ?? [],
    async refresh() {
      const { store, present, refreshed } = inStore();
      return present.work(() => {
        store.dispatch(refreshRequested(null, runtime.instance));
        return refreshed();
      });
    },
    authLost: () => mounted?.streams.authLost(),
    checkCaches: () => mounted?.patchings.flatMap((patching) => patching.check()) ?? [],
  };
}
