import { afterEach, describe, expect, it } from '@jest/globals';
import { configureStore } from '@reduxjs/toolkit';
import { createHudhud, createHudhudStore, HudhudError } from '../../../src';
import { createFakePlatform, createScriptedServer } from '../../../src/testing';
import { noop, withGlobals } from '../../support/browserGlobals';
import { thrownBy } from '../../support/decoding';
import { frame, ids, initFrame, messageFrame } from '../../support/hudhudAnswers';
import { createHudhudWorld, enter } from '../../support/hudhudWorld';

describe('mounting', () => {
  const other = (state = 0) => state;

  it('without the middleware is MIDDLEWARE_MISSING, with the line to add', () => {
    const hudhud = createHudhud({ baseUrl: '/api' });
    configureStore({ reducer: { hudhud: hudhud.reducer } });
    for (const use of ['start', 'stop', 'getStatus'] as const) {
      const error = thrownBy(() => hudhud[use]());
      expect(error.code).toBe('MIDDLEWARE_MISSING');
      expect(error.message).toContain('.prepend(hudhud.middleware)');
    }
  });

  it('without the reducer is NOT_MOUNTED, with the line to add', () => {
    const hudhud = createHudhud({ baseUrl: '/api', reducerPath: 'chat' });
    configureStore({
      reducer: { other },
      middleware: (getDefault) => getDefault().prepend(hudhud.middleware),
    });
    const error = thrownBy(() => {
      hudhud.start();
    });
    expect(error).toMatchObject({ code: 'NOT_MOUNTED', data: { field: 'chat' } });
    expect(error.message).toContain('chat: hudhud.reducer');
  });

  it('in two stores, or twice in one, is MOUNTED_TWICE', () => {
    const hudhud = createHudhud({ baseUrl: '/api' });
    const mount = () =>
      configureStore({
        reducer: { hudhud: hudhud.reducer },
        middleware: (getDefault) => getDefault().prepend(hudhud.middleware),
      });
    mount();
    const error = thrownBy(mount);
    expect(error.code).toBe('MOUNTED_TWICE');
    expect(error.message).toContain('createHudhud()');
  });

  it('rejects a sign-in whose store has no middleware', async () => {
    const server = createScriptedServer((request) => {
      request.json({ success: true, user: { id: ids.me }, tokens: { accessToken: 'x' } });
    });
    const hudhud = createHudhud({ baseUrl: '/api', platform: { fetch: server.fetch } });
    await expect(hudhud.auth.login({ password: 'x' })).rejects.toBeInstanceOf(HudhudError);
  });

  it('two instances live beside each other in one store', async () => {
    const make = (reducerPath: string) => {
      const server = createScriptedServer((request) => {
        request.stream().push(messageFrame(1));
      });
      const platform = createFakePlatform({ fetch: server.fetch });
      const tokens = { getToken: () => 't' };
      const hudhud = createHudhud({ baseUrl: '/api', reducerPath, platform, tokens });
      return { server, platform, hudhud };
    };
    const [a, b] = [make('a'), make('b')];
    const store = configureStore({
      reducer: { a: a.hudhud.reducer, b: b.hudhud.reducer },
      middleware: (getDefault) =>
        getDefault({ immutableCheck: false, serializableCheck: false }).prepend(
          a.hudhud.middleware,
          b.hudhud.middleware,
        ),
    });
    a.hudhud.start();
    await a.platform.advance(50);
    expect(a.hudhud.selectors.selectMessages(store.getState(), ids.general)).toHaveLength(1);
    expect(b.hudhud.selectors.selectMessages(store.getState(), ids.general)).toHaveLength(0);
    expect(b.server.requests).toHaveLength(0);
    b.hudhud.stop();
    expect(a.hudhud.getStatus().connectionStatus).toBe('connected');
    a.hudhud.stop();
  });
});

describe('createHudhudStore', () => {
  it('has everything mounted, under any key, with checks that let it through', async () => {
    const server = createScriptedServer((request) => {
      request.stream().push(messageFrame(1));
    });
    const platform = createFakePlatform({ fetch: server.fetch });
    const { store, hudhud } = createHudhudStore({
      baseUrl: '/api',
      reducerPath: 'chat',
      platform,
      tokens: { getToken: () => 't' },
    });
    hudhud.start();
    await platform.advance(50);
    expect(Object.keys(store.getState())).toEqual(['chat', 'chatApi']);
    expect(hudhud.selectors.selectMessages(store.getState(), ids.general)).toHaveLength(1);
    hudhud.stop();
  });
});

describe('flags', () => {
  const noise = [
    frame('typing', { channelId: ids.general, userId: ids.omar, isTyping: true }),
    frame('presence', { action: 'join', userId: ids.omar, onlineCount: 7 }),
  ];
  const open = async (flags: Record<string, boolean>) => {
    const world = createHudhudWorld({ options: { flags } });
    const { hudhud, store, platform } = world;
    await enter(world);
    store.dispatch(hudhud.actions.loadWorkspace({ projectSlug: 'hudhud', channelSlug: 'general' }));
    await platform.settle();
    await world.push(initFrame(), ...noise);
    const { presence, typing } = hudhud.selectors.selectHudhud(store.getState());
    const { serverCount, online } = presence;
    const people = hudhud.selectors.selectOnlineUsers(store.getState()).length;
    return { presence: { serverCount, online, people }, typing: typing.length };
  };

  it('on: typing and presence are kept', async () => {
    expect(await open({})).toEqual({
      presence: { serverCount: 7, online: 2, people: 2 },
      typing: 1,
    });
  });

  it('off: nothing of them reaches the state, by whatever way', async () => {
    expect(await open({ enableTypingIndicators: false, enablePresence: false })).toEqual({
      presence: { serverCount: null, online: 0, people: 0 },
      typing: 0,
    });
  });
});

describe('the status', () => {
  let restore = noop;
  afterEach(() => {
    restore();
  });

  it('is plain JSON, and fresh at every look at window.__SSE_STATUS__', async () => {
    const window: { __SSE_STATUS__?: unknown } = {};
    restore = withGlobals({ window });
    const world = createHudhudWorld();
    expect(window.__SSE_STATUS__).toBeUndefined();
    await enter(world);
    await world.push('data: no JSON\n\n');
    const status = world.hudhud.getStatus();
    expect(status).toMatchObject({
      connectionStatus: 'connected',
      connections: [{ stream: 'main', phase: 'open', epoch: 1 }],
      counters: { rejections: { by: { invalid_json: 1 } }, connectionsOpened: { total: 1 } },
      quarantine: [{ reason: 'invalid_json', sample: 'no JSON' }],
    });
    expect(JSON.parse(JSON.stringify(status))).toEqual(status);
    // the heap grows between two looks
    const { metrics, ...rest } = status;
    expect(metrics).toMatchObject({ activeConnections: 1, errors: { parsing: 1 } });
    expect(window.__SSE_STATUS__).toMatchObject(rest);
    world.hudhud.stop();
    expect(window.__SSE_STATUS__).toMatchObject({ connectionStatus: 'disconnected' });
  });

  it('is not shown where the host does not want it', async () => {
    const window = {};
    restore = withGlobals({ window });
    await enter(createHudhudWorld({ options: { exposeStatus: false } }));
    expect(window).not.toHaveProperty('__SSE_STATUS__');
  });
});
