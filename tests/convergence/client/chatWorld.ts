import type { Middleware, UnknownAction } from '@reduxjs/toolkit';
import { configureStore } from '@reduxjs/toolkit';
import type { Hudhud } from '../../../src';
import { createHudhud } from '../../../src';
import type { Operation } from '../../../src/protocol/operations';
import type { MessageRow } from '../../../src/selectors/row';
import { findOperation } from '../../../src/state/outboxState';
import type { HudhudState } from '../../../src/state/rootReducer';
import type { FakePlatform, ScriptedServer } from '../../../src/testing';
import { createFakePlatform, createScriptedServer } from '../../../src/testing';
import { grant, ids, me } from '../../support/hudhudAnswers';
import { routeOf, streamRoute } from '../../support/hudhudWorld';
import type { Capabilities } from '../capabilities';
import { createDice } from '../dice';
import { ChatServer } from '../server/chatServer';
import { Requests } from '../server/requests';
import { idempotencyHeader, Routes } from '../server/routes';
import { Streams } from '../server/streams';
import { framesOf } from '../server/wire';
import { Ledger } from './ledger';
import { SendWatch } from './sendWatch';
import { furnish } from './furnish';

type Store = Readonly<{
  getState(): Record<string, HudhudState>;
  dispatch(action: UnknownAction): unknown;
}>;

/** A timeline: a channel's own, or a thread of it. */
export interface Place {
  readonly channelId: string;
  readonly parentId: string | null;
}

/** The whole client against a simulated server. */
export interface ChatWorld {
  readonly caps: Capabilities;
  readonly platform: FakePlatform;
  readonly wire: ScriptedServer;
  readonly server: ChatServer;
  readonly routes: Routes;
  readonly requests: Requests;
  readonly streams: Streams;
  readonly hudhud: Hudhud;
  readonly store: Store;
  readonly ledger: Ledger;
  /** What went through the store, oldest first. */
  readonly actions: UnknownAction[];
  /** Grows with every action and every write, so that moments can be compared. */
  readonly tick: () => number;
  /** Types of the actions that ended requests and wishes, for statistics. */
  readonly ends: Map<string, number>;
  isStarted: boolean;
  state(): HudhudState;
  operations(): readonly Operation[];
  places(): readonly Place[];
  rows(place: Place): readonly MessageRow[];
}

/** A person at one client, who sees and wishes. */
export type Person = Pick<
  ChatWorld,
  'hudhud' | 'store' | 'platform' | 'tick' | 'places' | 'rows' | 'operations'
>;

export function count(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}

export function createChatWorld(seed: number, caps: Capabilities): ChatWorld {
  const dice = createDice(seed);
  const ends = new Map<string, number>();
  let now = 0;
  const tick = () => ++now;
  const ledger = new Ledger(tick);

  const wire = createScriptedServer((request) => {
    const route = routeOf(request);
    if (route === 'POST /auth/login') {
      request.json({ success: true, user: me, tokens: grant('first', 10_000_000) });
    } else if (route === streamRoute) streams.open(request);
    else requests.arrive(request);
  });
  const platform = createFakePlatform({ fetch: wire.fetch, seed });
  const streams = new Streams();
  const server = new ChatServer({
    now: () => platform.clock.now() + caps.skewMs,
    tick,
    dice,
    refusesRepeatedReactions: caps.refusesRepeatedReactions,
    onChange(change) {
      const isEcho = change.by.device === 'client';
      const isTold = caps.echo === 'always' || (caps.echo === 'sometimes' && dice.chance(0.5));
      if (isEcho && !isTold) count(ends, 'echo not told');
      else streams.tell(framesOf(change, caps));
    },
  });
  const routes = new Routes(server, caps);
  const hudhud = createHudhud({
    baseUrl: 'https://hudhud.test/api',
    platform,
    exposeStatus: false,
    pageSize: caps.pageSize,
    connection: { maxReconnectAttempts: Infinity },
    // its 429s are whims of a server that counts nothing: what is read at the end is not to wait for a quarter of an hour
    rateBudget: { limit: Infinity },
    outbox: {
      uncertain: caps.uncertain,
      idempotencyHeader: caps.isIdempotent ? idempotencyHeader : null,
    },
  });
  const actions: UnknownAction[] = [];
  const recorder: Middleware = (api) => (next) => (action) => {
    const known = action as UnknownAction;
    const before = (api.getState() as Record<string, HudhudState>)[hudhud.reducerPath];
    tick();
    actions.push(known);
    const result = next(action);
    const after = (api.getState() as Record<string, HudhudState>)[hudhud.reducerPath];
    if (before !== undefined && after !== undefined) {
      ledger.watch(before.outbox, known, after.outbox);
    }
    return result;
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
  const watch = new SendWatch({
    ...{ ledger, isIdempotent: caps.isIdempotent, tick },
    find: (opId) => findOperation(state().outbox, opId),
  });
  const requests = new Requests(routes, {
    tick,
    onArrived: (waiting) => {
      watch.arrived(waiting);
    },
    onEnded(waiting, end) {
      const kind = waiting.asked.method === 'GET' ? 'read' : 'write';
      const isWritten = waiting.answer !== null && kind === 'write' && end !== 'answered';
      count(ends, `${kind} ${end}${isWritten ? ' after it was done' : ''}`);
      watch.ended(waiting, end);
    },
  });
  furnish(server, platform);

  const parents = (): Place[] => {
    const known = new Map<string, Place>();
    for (const { channelId, parentId } of server.messages) {
      if (parentId !== null) known.set(parentId, { channelId, parentId });
    }
    for (const { operation } of ledger.sends()) {
      if (operation.kind !== 'send' || operation.parentId === null) continue;
      const { channelId, parentId } = operation;
      known.set(parentId, { channelId, parentId });
    }
    return [...known.values()];
  };
  return {
    ...{ caps, platform, wire, server, routes, requests, streams, hudhud, store, ledger },
    ...{ actions, tick, ends, isStarted: false, state },
    operations: () => state().outbox.channels.flatMap(({ operations }) => operations),
    places: () => [
      { channelId: ids.general, parentId: null },
      { channelId: ids.random, parentId: null },
      ...parents(),
    ],
    rows: ({ channelId, parentId }) =>
      hudhud.selectors.selectTimeline(store.getState(), channelId, parentId),
  };
}
