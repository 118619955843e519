import { describe, expect, it, jest } from '@jest/globals';
import type { Middleware, UnknownAction } from '@reduxjs/toolkit';
import {
  addListener,
  clearAllListeners,
  configureStore,
  createListenerMiddleware,
} from '@reduxjs/toolkit';
import configureMockStore from 'redux-mock-store';
import { createHudhud } from '../../../src';
import { createFakePlatform, createScriptedServer } from '../../../src/testing';
import {
  frame,
  ids,
  initFrame,
  messageFrame,
  presenceFrame,
  snapshotAnswer,
} from '../../support/hudhudAnswers';
import { frozen } from '../../support/frozen';
import { createHudhudWorld, enter, routeOf, streamRoute } from '../../support/hudhudWorld';

/** The middleware alone, over a store that records and never changes. */
function setUpMock() {
  const bodies: { push(text: string): void; end(): void }[] = [];
  const server = createScriptedServer((request) => {
    if (routeOf(request) === streamRoute) bodies.push(request.stream());
    else request.json(snapshotAnswer());
  });
  const platform = createFakePlatform({ fetch: server.fetch });
  const hudhud = createHudhud({
    baseUrl: 'https://hudhud.test/api',
    platform,
    tokens: { getToken: () => 't0k' },
  });
  const state = frozen({ hudhud: hudhud.reducer(undefined, { type: 'start' }) });
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- advised against for reducers; here actions are the subject
  const mock = configureMockStore<unknown>([hudhud.middleware])(() => state);
  let read = 0;
  const newActions = (): UnknownAction[] => {
    const all = mock.getActions() as UnknownAction[];
    const fresh = all.slice(read);
    read = all.length;
    return fresh;
  };
  const told = () =>
    newActions().map(({ type, payload }) => {
      const { phase, epoch, ordinal } = (payload ?? {}) as Partial<Record<string, string | number>>;
      return [type, phase ?? epoch, ordinal].filter((part) => part !== undefined).join(' ');
    });
  return { hudhud, platform, server, bodies, mock, told, newActions };
}

describe('the middleware over a mock store', () => {
  it('makes exactly these actions of a scripted stream', async () => {
    const { hudhud, platform, bodies, mock, told } = setUpMock();
    hudhud.start();
    await platform.settle();
    mock.dispatch(hudhud.actions.loadWorkspace({ projectSlug: 'hudhud', channelSlug: 'general' }));
    await platform.settle();
    expect(mock.getActions().slice(0, 1)).toEqual([
      { type: 'command/startRequested', payload: null, meta: { hudhud: 'hudhud' } },
    ]);
    expect(mock.getActions().map(({ type }) => type as string)).toEqual([
      'command/startRequested',
      'connection/changed',
      'connection/changed',
      'command/workspaceRequested',
      'load/started',
      'history/snapshotApplied',
      'load/done',
    ]);
    mock.clearActions();
    const body = bodies[0];
    body?.push(initFrame());
    body?.push(messageFrame(1) + presenceFrame(ids.omar) + messageFrame(2));
    await platform.advance(16);
    // ordinal 1 is the request's
    expect(mock.getActions()).toHaveLength(4);
    const [first] = mock.getActions() as UnknownAction[];
    expect(first).toEqual({
      type: 'stream/sessionInitialised',
      payload: {
        stream: 'main',
        epoch: 1,
        ordinal: 2,
        userId: ids.me,
        username: 'lina',
        channelIds: [ids.general, ids.random],
      },
      meta: { hudhud: 'hudhud', RTK_autoBatch: true },
    });
    expect(told()).toEqual([
      'stream/sessionInitialised 1 2',
      'stream/conversationReceived 1 3',
      'stream/presenceReceived 1 5',
      'stream/frameCommitted 1 6',
    ]);
  });

  it('tells a break and the next connection, with a new epoch and ordinals that go on', async () => {
    const { hudhud, platform, bodies, told } = setUpMock();
    hudhud.start();
    await platform.settle();
    bodies[0]?.push(messageFrame(1));
    await platform.advance(16);
    bodies[0]?.push(messageFrame(2));
    bodies[0]?.end();
    await platform.settle();
    await platform.advance(1_000);
    bodies[1]?.push(messageFrame(3));
    await platform.advance(16);
    hudhud.stop();
    expect(told()).toEqual([
      'command/startRequested',
      'connection/changed connecting',
      'connection/changed open',
      'stream/conversationReceived 1 1',
      'stream/frameCommitted 1 2',
      'stream/conversationReceived 1 3',
      'stream/frameCommitted 1 4',
      'connection/changed waiting',
      'connection/changed connecting',
      'connection/changed open',
      'stream/conversationReceived 2 5',
      'stream/frameCommitted 2 6',
      'command/stopRequested',
      'connection/changed idle',
    ]);
  });

  it('makes nothing of actions of another instance', async () => {
    const { platform, server, mock } = setUpMock();
    mock.dispatch({ type: 'command/startRequested', payload: null, meta: { hudhud: 'other' } });
    mock.dispatch({ type: 'command/startRequested', payload: null });
    await platform.settle();
    expect(server.requests).toHaveLength(0);
    expect(mock.getActions()).toHaveLength(2);
  });
});

describe("beside a host's own listener middleware", () => {
  it("leaves it its own requests: listeners run there, and clearing takes only the host's", async () => {
    let runs = 0;
    const effect = () => {
      runs += 1;
    };
    const host = createListenerMiddleware();
    const server = createScriptedServer();
    const platform = createFakePlatform({ fetch: server.fetch });
    const hudhud = createHudhud({
      baseUrl: '/api',
      platform,
      tokens: { getToken: () => 't0k' },
    });
    const seen: string[] = [];
    const witness: Middleware = () => (next) => (action) => {
      seen.push((action as UnknownAction).type);
      return next(action);
    };
    const store = configureStore({
      reducer: { hudhud: hudhud.reducer },
      middleware: (getDefault) =>
        getDefault({ serializableCheck: false }).prepend(
          hudhud.middleware,
          witness,
          host.middleware,
        ),
    });
    store.dispatch(addListener({ type: 'hosts/own', effect }));
    store.dispatch({ type: 'hosts/own' });
    expect(runs).toBe(1);
    store.dispatch(clearAllListeners());
    expect(seen).toEqual(['listenerMiddleware/add', 'hosts/own', 'listenerMiddleware/removeAll']);
    store.dispatch({ type: 'hosts/own' });
    expect(runs).toBe(1);
    hudhud.start();
    await platform.settle();
    expect(server.requests).toHaveLength(1);
    hudhud.stop();
  });

  it('lets thunks pass', async () => {
    const world = createHudhudWorld();
    await enter(world);
    const thunk = jest.fn();
    world.store.dispatch(thunk as unknown as UnknownAction);
    expect(thunk).toHaveBeenCalledTimes(1);
  });
});

describe('a subscriber that fails', () => {
  it('is counted and does not stop the stream', async () => {
    const world = createHudhudWorld();
    await enter(world);
    const heard = jest.fn();
    world.hudhud.subscribe('ping', () => {
      throw new Error('mine');
    });
    world.hudhud.subscribe('ping', heard);
    await world.push(frame('ping', {}));
    expect(heard).toHaveBeenCalledTimes(1);
    expect(world.hudhud.getStatus()).toMatchObject({
      connectionStatus: 'connected',
      counters: { handlerErrors: { by: { 'on:ping': 1 } } },
    });
  });

  it('hears of events after the state has them, across reconnects', async () => {
    const world = createHudhudWorld();
    const { hudhud, store, platform } = world;
    await enter(world);
    const held: number[] = [];
    const off = hudhud.subscribe('channel_message', () => {
      held.push(hudhud.selectors.selectMessages(store.getState(), ids.general).length);
    });
    await world.push(messageFrame(1));
    world.stream().end();
    await platform.advance(2_000);
    await world.push(messageFrame(2));
    off();
    await world.push(messageFrame(3));
    expect(held).toEqual([1, 2]);
  });
});
