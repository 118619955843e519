import type { Middleware, Reducer } from '@reduxjs/toolkit';
import { startRequested, stopRequested } from '../actions/command';
import { readRequested } from '../actions/outbox';
import type { SessionStarted } from '../actions/session';
import { sessionEnded, sessionStarted } from '../actions/session';
import type { AuthClient } from '../api/auth';
import { createAuth } from '../api/auth';
import type { HudhudApi } from '../api/hudhudApi';
import { createHudhudApi } from '../api/hudhudApi';
import { askRefusedAgain } from '../api/refusedQueries';
import type { RestClient } from '../api/rest';
import { createRestClient } from '../api/rest';
import type { Emitter } from '../middleware/emitter';
import { createEmitter } from '../middleware/emitter';
import { createOrdinals } from '../middleware/ordinals';
import { createQuarantine } from '../middleware/quarantine';
import type { CacheMismatch } from '../middleware/patch/cacheMismatch';
import { createRealtimeMiddleware } from '../middleware/createRealtimeMiddleware';
import { createMeter } from '../middleware/meter';
import { createClockSkew } from '../platform/clockSkew';
import { createCounters } from '../platform/counters';
import { makeUuid } from '../platform/uuid';
import { withLock } from '../platform/withLock';
import { ownerOf } from '../protocol/claims';
import type { AccountFact } from '../protocol/models';
import type { HudhudSelectors } from '../selectors/createSelectors';
import { createSelectors } from '../selectors/createSelectors';
import { isMounted } from '../selectors/root';
import type { HudhudState } from '../state/rootReducer';
import { createRootReducer } from '../state/rootReducer';
import { createHttpClient } from '../transport/httpClient';
import { createRateBudget } from '../transport/rateBudget';
import type { TokenSource } from '../transport/session';
import { createSession } from '../transport/session';
import { isPassingError } from '../transport/statusCodes';
import { createSurroundings } from '../transport/surroundings';
import { createUploadClient } from '../transport/uploadClient';
import type { Attach } from './attach';
import { createAttach } from './attach';
import type { HudhudActions } from './hudhudActions';
import { createHudhudActions } from './hudhudActions';
import type { HudhudConfig } from './hudhudConfig';
import { configOf } from './hudhudConfig';
import type { HudhudStatus } from './hudhudStatus';
import { exposeStatus } from './hudhudStatus';
import type { HudhudOptions } from './options';
import { resolveOptions } from './options';
import { safeCorrelate } from './safeCorrelate';
import { ownedTokens } from './ownedTokens';
import { createWishActions } from './wishActions';

/**
 * One chat back end in one store.
 *
 * @public
 */
export interface Hudhud {
  /** Key to mount `reducer` under. */
  readonly reducerPath: string;
  readonly reducer: Reducer<HudhudState>;
  /** Runs the middleware of `api` as well. */
  readonly middleware: Middleware;
  /**
   * Reads as RTK Query endpoints. Mount `api.reducer` under `api.reducerPath` to use them; who does without them mounts
   * nothing.
   */
  readonly api: HudhudApi;
  /** What components dispatch. */
  readonly actions: HudhudActions;
  /** What components read. */
  readonly selectors: HudhudSelectors;
  /** Signing in and out; it also tells the state who is looking, and ends everything at sign-out. */
  readonly auth: AuthClient;
  /** The plain client: one method per request of the backend. It changes no state. */
  readonly rest: RestClient;
  /**
   * Opens the stream and keeps it open, from one session to the next, until `stop()`. Where it gave up, it tries again;
   * where it runs, and with `enableRealtime` off, this does nothing.
   *
   * @throws HudhudError `MIDDLEWARE_MISSING` or `NOT_MOUNTED`, with the line to add.
   */
  start(): void;
  /** Closes every stream, lets go of every timer and listener, calls loading off. What is held stays readable. */
  stop(): void;
  /**
   * Reads again what is on screen, and looks whether the stream has come back: for a button, or a pull.
   *
   * @returns Whether all of it came.
   */
  readonly manualRefresh: () => Promise<boolean>;
  getStatus(): HudhudStatus;
  /** How it was set up, without secrets: for a report of a problem. */
  getConfig(): HudhudConfig;
  /**
   * Calls back for every decoded event of a type, after the state has it; a handler that throws is counted and
   * otherwise ignored. Gives back the function that ends it.
   */
  readonly subscribe: Emitter['on'];
  /** Ends a subscription by its handler. */
  readonly unsubscribe: Emitter['off'];
  /**
   * Starts to upload a file, and says which upload it is: for the `uploadIds` of a message, for
   * `actions.retryUpload` and `actions.cancelUpload`. The file is kept beside the state until the server has it.
   *
   * @throws HudhudError `UPLOAD_TOO_LARGE`: more than `maxUploadBytes`.
   */
  readonly attach: Attach;
  /**
   * Compares the cached answers of `cachePatchers` with what the selectors say, as far as the layer holds what they are
   * made of. Walks all of them: for development and tests.
   *
   * @returns What differs; empty where all agree.
   */
  readonly checkCaches: () => readonly CacheMismatch[];
  /**
   * Everything in a channel up to a message is read; shown at once, and told to the server. Does nothing where nothing is
   * unread.
   *
   * @param messageId - The newest message that was read. Default: the newest one held.
   */
  readonly markRead: (channelId: string, messageId?: string) => void;
}

/** How long a refresh waits for that of another tab, which may be frozen. */
const refreshPatienceMs = 5_000;

/**
 * Makes the layer for one back end. Mount its reducer and its middleware in a store (and the reducer of its queries, if
 * you want them), then `start()`.
 *
 * @public
 * @param options - See `HudhudOptions`; only `baseUrl` is needed.
 * @throws HudhudError `INVALID_OPTION`.
 * @example
 * ```ts
 * const hudhud = createHudhud({ baseUrl: '/api' });
 * const store = configureStore({
 *   reducer: { hudhud: hudhud.reducer, hudhudApi: hudhud.api.reducer, todos },
 *   middleware: (getDefault) => getDefault(hudhudCheckOptions()).prepend(hudhud.middleware),
 * });
 * await hudhud.auth.login({ email, password });
 * hudhud.start();
 * ```
 */
export function createHudhud(options: HudhudOptions): Hudhud {
  const resolved = resolveOptions(options);
  const { platform, reducerPath: instance, tokens } = resolved;
  const counters = createCounters();
  const { auth, source, lifeOf, forget, resume } = createAuth(
    () => http,
    platform.clock,
    (run) => withLock(platform, `hudhud:refresh:${resolved.baseUrl}`, refreshPatienceMs, run),
  );
  const owned = (given: TokenSource): TokenSource =>
    ownedTokens(given, (id) => {
      begin({ id });
    });
  const session = createSession(tokens === null ? source : owned(tokens), {
    clock: platform.clock,
    ...(tokens === null ? { lifeOf } : {}),
    onOver() {
      realtime.authLost();
    },
  });
  const budget = createRateBudget(resolved.rateBudget, platform.clock);
  const client = { baseUrl: resolved.baseUrl, session, platform, counters, budget };
  const skew = createClockSkew(platform.clock);
  const meter = createMeter({ counters, clock: platform.clock, skew });
  const watched = { ...platform, fetch: skew.watch(platform.fetch) };
  const http = createHttpClient({ ...client, platform: watched });
  const rest = createRestClient(http);
  const selectors = createSelectors(instance);
  const reducer = createRootReducer(instance, safeCorrelate(resolved.correlate, counters));
  const ordinals = createOrdinals(resolved.staleReadToleranceMs);
  const emitter = createEmitter(counters);
  const quarantine = createQuarantine();
  const blobs = new Map<string, Blob>();
  const queries = createHudhudApi(resolved.apiReducerPath, (read, signal) =>
    realtime.perform(read, signal),
  );
  const { api } = queries;
  const realtime = createRealtimeMiddleware({
    ...resolved,
    instance,
    counters,
    meter,
    session,
    surroundings: createSurroundings(platform),
    budget,
    hasOwnSignIn: tokens !== null,
    owner: () => session.getToken().then(ownerOf, () => null),
    signedOutElsewhere: forget,
    signedInElsewhere() {
      const id = viewerId();
      if (tokens === null && id !== null && resume(id)) void goOn(id);
    },
    restFor: (signal, reading, around = (ask) => ask()) =>
      createRestClient(
        { request: async (asked) => around(async () => http.request(asked)) },
        signal,
        reading,
      ),
    uploader: createUploadClient(client),
    blobs,
    queries: {
      reducerPath: api.reducerPath,
      middleware: queries.middleware,
      reset: api.util.resetApiState,
      askRefusedAgain(cache, dispatch) {
        askRefusedAgain(api, cache, dispatch);
      },
    },
    selectors,
    reduce: reducer,
    ordinals,
    emitter,
    quarantine,
  });

  const getStatus = (): HudhudStatus => ({
    connectionStatus: selectors.selectConnectionStatus(realtime.store().getState()),
    connections: realtime.connections(),
    counters: counters.snapshot(),
    metrics: meter.read(realtime.connections()),
    quarantine: quarantine.list(),
  });
  /** Who signed in while the reducer was not mounted yet; the state is told at the start. */
  let early: SessionStarted['user'] | null = null;
  const begin = (user: SessionStarted['user']) => {
    const store = realtime.store();
    if (isMounted(store.getState(), instance)) store.dispatch(sessionStarted({ user }, instance));
    else early = user;
  };
  const viewerId = () => selectors.selectViewerId(realtime.store().getState());
  /** The session was over, and is there again by another tab's doing, which also remembers who it is. */
  const goOn = async (id: string) => {
    const user = await realtime.remembered();
    if (viewerId() === id) begin(user?.id === id ? user : { id });
  };
  const entered = (user: AccountFact): AccountFact => {
    begin(user);
    return user;
  };

  return {
    reducerPath: instance,
    reducer,
    middleware: realtime.middleware,
    api,
    actions: createHudhudActions(
      instance,
      createWishActions(instance, platform, resolved.outbox.undoDeleteMs),
    ),
    selectors,
    rest,
    auth: {
      login: async (credentials) => entered(await auth.login(credentials)),
      register: async (registration) => entered(await auth.register(registration)),
      async restore() {
        try {
          const user = await auth.restore();
          return user === null ? null : entered(user);
        } catch (error) {
          const user = isPassingError(error) ? await realtime.remembered() : null;
          if (user === null) throw error;
          resume(user.id);
          return entered(user);
        }
      },
      async logout() {
        // first what is on the screen: telling the server may take as long as a request may
        const store = realtime.store();
        early = null;
        if (isMounted(store.getState(), instance)) {
          store.dispatch(sessionEnded({ reason: 'logout' }, instance));
        }
        await auth.logout();
      },
    },
    start() {
      const store = realtime.store();
      selectors.selectHudhud(store.getState());
      if (early !== null) begin(early);
      early = null;
      store.dispatch(startRequested(null, instance));
      if (resolved.exposeStatus) exposeStatus(getStatus);
    },
    stop() {
      realtime.store().dispatch(stopRequested(null, instance));
    },
    manualRefresh: realtime.refresh,
    getStatus,
    getConfig: () => configOf(resolved),
    subscribe: emitter.on,
    unsubscribe: emitter.off,
    checkCaches: realtime.checkCaches,
    markRead(channelId, messageId) {
      const store = realtime.store();
      const wish = selectors.selectReadWish(store.getState(), channelId, messageId);
      if (wish === null) return;
      const opId = makeUuid(platform.random);
      const at = platform.clock.now();
      store.dispatch(readRequested({ opId, channelId, at, ...wish }, instance));
    },
    attach: createAttach({ ...resolved, instance, blobs, store: () => realtime.store() }),
  };
}
