import type { Middleware, UnknownAction } from '@reduxjs/toolkit';
import { configureStore } from '@reduxjs/toolkit';
import { isType } from '../../../src/actions/define';
import { loadStarted, pollKey } from '../../../src/actions/load';
import type { Hudhud } from '../../../src';
import { createHudhud } from '../../../src';
import type { HudhudState } from '../../../src/state/rootReducer';
import type {
  FakeOrigin,
  FakePlatform,
  FakeTab,
  ScriptedServer,
  VirtualTime,
} from '../../../src/testing';
import { createFakePlatform, createScriptedServer } from '../../../src/testing';
import type { Capabilities } from '../../convergence/capabilities';
import type { ChatWorld, Person } from '../../convergence/client/chatWorld';
import { idempotencyHeader } from '../../convergence/server/routes';
import { ids } from '../../support/hudhudAnswers';
import type { TabTime } from '../../support/tabTime';
import { createTabTime } from '../../support/tabTime';
import type { WayCapabilities } from '../capabilities';
import { windowMs } from '../server/limiter';
import type { Network } from '../server/network';
import type { Leadership } from './leadership';
import type { Renewals } from './renewals';
import type { SpendingWatch } from './spendingWatch';
import type { WishLedger } from './wishLedger';

/** A page of one person: the whole client, with a store of its own. */
export interface SimTab extends Person, Pick<ChatWorld, 'actions' | 'state'> {
  /** Pages are numbered as they are opened. */
  readonly number: number;
  readonly platform: FakePlatform;
  readonly hudhud: Hudhud;
  readonly origin: FakeTab;
  readonly time: TabTime;
  readonly wire: ScriptedServer;
  readonly spending: SpendingWatch;
  isGone: boolean;
  isFrozen: boolean;
  /** Between `start()` and `stop()`. */
  isStarted: boolean;
  /** Somebody signed in, or was remembered. */
  isSignedIn: boolean;
  /** The next snapshot is read since no stream tells. */
  isPollDue: boolean;
}

type Store = SimTab['store'];

/** Where a page comes up. */
interface Surroundings {
  readonly seed: number;
  readonly caps: Capabilities;
  readonly ways: WayCapabilities;
  readonly keepsText: boolean;
  readonly time: VirtualTime;
  readonly origin: FakeOrigin;
  readonly network: Network;
  readonly ledger: WishLedger;
  readonly leadership: Leadership;
  readonly renewals: Renewals;
  readonly spending: SpendingWatch;
  /** Pages before this one. */
  readonly all: readonly SimTab[];
  readonly tick: () => number;
}

function optionsOf({ caps, ways, keepsText }: Surroundings) {
  return {
    baseUrl: 'https://hudhud.test/api',
    exposeStatus: false,
    pageSize: caps.pageSize,
    connection: { maxReconnectAttempts: Infinity, probeMs: 40_000 },
    // where 429s are whims of a server that counts nothing, what is read at the end is not to wait for a quarter of an hour
    rateBudget: { limit: ways.limit ?? Infinity, windowMs },
    persistence: { messageText: keepsText },
    outbox: {
      uncertain: caps.uncertain,
      idempotencyHeader: caps.isIdempotent ? idempotencyHeader : null,
      // what fails for good is the convergence run's: here everything arrives in the end
      maxAttempts: 1_000,
    },
  };
}

/** Makes a page that is not started yet. */
export function createSimTab(around: Surroundings): SimTab {
  const { network, tick } = around;
  const number = around.all.length + 1;
  const time = createTabTime(around.time);
  const { leadership, renewals, spending } = around;
  const origin = [leadership, renewals, spending].reduce(
    (tab, watch) => watch.watch(number, tab),
    around.origin.tab(),
  );
  const wire = createScriptedServer((request) => {
    network.arrive(tab, request);
  });
  const platform = createFakePlatform({
    ...origin,
    ...{ time, fetch: wire.fetch, seed: around.seed * 64 + number },
  });
  const hudhud = createHudhud({ ...optionsOf(around), platform });
  const actions: UnknownAction[] = [];
  const recorder: Middleware = () => (next) => (action) => {
    const known = action as UnknownAction;
    // what a page that is gone goes on with in this process happens nowhere
    if (!tab.isGone) {
      tick();
      actions.push(known);
      around.ledger.watch(tab.number, known);
      if (isType(known, loadStarted)) tab.isPollDue = known.payload.key === pollKey;
    }
    return next(action);
  };
  const store: Store = configureStore({
    reducer: { [hudhud.reducerPath]: hudhud.reducer },
    // what they check has tests of its own; here they would take most of the time
    middleware: (getDefault) =>
      getDefault({ serializableCheck: false, immutableCheck: false })
        .prepend(hudhud.middleware)
        .concat(recorder),
  });
  const state = (): HudhudState => hudhud.selectors.selectHudhud(store.getState());
  const tab: SimTab = {
    ...{ number, platform, hudhud, origin, time, wire, store, actions, state, tick },
    ...{ isGone: false, isFrozen: false, isStarted: false, isSignedIn: false },
    ...{ isPollDue: false, spending },
    operations: () => state().outbox.channels.flatMap(({ operations }) => operations),
    places: () => [
      { channelId: ids.general, parentId: null },
      { channelId: ids.random, parentId: null },
    ],
    rows: ({ channelId, parentId }) =>
      hudhud.selectors.selectTimeline(store.getState(), channelId, parentId),
  };
  return tab;
}

/** Starts the client and looks at both channels and a thread, as the page of an app does once it is up. */
export function startTab(tab: SimTab): void {
  if (tab.isStarted) return;
  tab.isStarted = true;
  tab.spending.started(tab.number);
  tab.hudhud.start();
}

export function stopTab(tab: SimTab): void {
  if (!tab.isStarted) return;
  tab.isStarted = false;
  tab.spending.stopped(tab.number);
  tab.hudhud.stop();
}

export function lookAround({ hudhud, store }: SimTab, parentId: string | undefined): void {
  const { actions } = hudhud;
  store.dispatch(actions.loadWorkspace({ projectSlug: 'hudhud', channelSlug: 'general' }));
  for (const channelId of [ids.random, ids.general]) {
    store.dispatch(actions.channelOpened({ channelId }));
  }
  if (parentId === undefined) return;
  store.dispatch(actions.threadOpened({ channelId: ids.general, parentId }));
}
