import type { Middleware } from '@reduxjs/toolkit';
import {
  addListener,
  clearAllListeners,
  isAction,
  isAnyOf,
  removeListener,
} from '@reduxjs/toolkit';
import { refreshRequested, startRequested } from '../actions/command';
import { isOfInstance, isType } from '../actions/define';
import { operationRejected } from '../actions/outbox';
import { sessionEnded, sessionStarted } from '../actions/session';
import type { PerformRead } from '../api/reading';
import { HudhudError } from '../errors';
import { hasDevTools } from '../platform/devTools';
import type { AccountFact } from '../protocol/models';
import type { ConnectionSnapshot } from '../protocol/connectionSnapshot';
import type { Answers } from './answers';
import { createAnswers } from './answers';
import type { Parts } from './parts';
import { createParts } from './parts';
import type { CacheMismatch } from './patch/cacheMismatch';
import type { CachePatching } from './patch/cachePatching';
import { createCachePatching } from './patch/cachePatching';
import { createQueries } from './queries';
import type { Runtime, StoreApi } from './runtime';
import { createSafeStore } from './safeStore';
import { createSessions } from './sessions';
import { createTimeTravel } from './timeTravel';
import { refusalOf } from './wishGuard';

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

interface Mounted {
  readonly store: StoreApi;
  readonly parts: Parts;
  readonly answers: Answers;
  readonly patchings: readonly CachePatching[];
}

/**
 * Makes the middleware of one instance. This file is order only: what happens around an action, and when.
 *
 * @internal
 */
export function createRealtimeMiddleware(runtime: Runtime): RealtimeMiddleware {
  let mounted: Mounted | null = null;
  const sessions = createSessions(runtime);
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
      const parts = createParts(runtime, createSafeStore(runtime, store), travel);
      const { present, outbox, eviction, reads, persistence, sampling } = parts;
      const answers = createAnswers(parts);
      const queries = createQueries(runtime.queries, api);
      const mount = answers.middleware(api);
      const { selectors } = runtime;
      const rules = { selectors, maxMessageLength: runtime.outbox.maxMessageLength };
      const patchings = runtime.cachePatchers.map((patcher) =>
        createCachePatching(runtime, store, patcher, present.isAway),
      );
      mounted = { store, parts, answers, patchings };
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
            // a host with a sign-in of its own says by the start that somebody is there
            if (isType(action, sessionStarted) || isType(action, startRequested)) {
              queries.sessionBegan();
            }
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
      const { present, reads } = inStore().parts;
      return present.work(() => reads.perform(read, signal));
    },
    remembered: async () => inStore().parts.persistence.remembered(),
    connections: () => mounted?.parts.streams.snapshots() ?? [],
    async refresh() {
      const { store, parts, answers } = inStore();
      return parts.present.work(() => {
        store.dispatch(refreshRequested(null, runtime.instance));
        return answers.refreshed();
      });
    },
    authLost: () => mounted?.parts.streams.authLost(),
    checkCaches: () => mounted?.patchings.flatMap((patching) => patching.check()) ?? [],
  };
}
