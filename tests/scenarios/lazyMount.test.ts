import { describe, expect, it } from '@jest/globals';
import type { WithSlice } from '@reduxjs/toolkit';
import { combineSlices, configureStore, createDynamicMiddleware } from '@reduxjs/toolkit';
import type { HudhudApi, HudhudState } from '../../src';
import { createCachePatcher, createHudhud, hudhudCheckOptions, messageList } from '../../src';
import type { ScriptedBody } from '../../src/testing';
import { createFakePlatform, createScriptedServer } from '../../src/testing';
import type { MessagesArg } from '../support/hostApi';
import { createHostApi, general } from '../support/hostApi';
import { editedFrame } from '../support/hostWorld';
import { grant, ids, initFrame, me, messageFrame, messageId, row } from '../support/hudhudAnswers';
import { routeOf, streamRoute } from '../support/hudhudWorld';

interface LazySlices extends WithSlice<HudhudApi> {
  readonly hudhud: HudhudState;
}

/** A host's store without a chat yet. */
function createLazyWorld(isMiddlewareLate = false) {
  const streams: ScriptedBody[] = [];
  const server = createScriptedServer((request) => {
    const route = routeOf(request);
    if (route.startsWith(streamRoute)) streams.push(request.stream());
    else if (route === 'POST /auth/login') {
      request.json({ success: true, user: me, tokens: grant() });
    } else if (route === 'GET /chat/messages') {
      request.json({ success: true, messages: [row(1), row(2)], has_more: false });
    }
  });
  const platform = createFakePlatform({ fetch: server.fetch });
  const { api, requests } = createHostApi();
  const channelId = (arg: MessagesArg) => arg.channelId;
  const cachePatchers = [
    createCachePatcher(api, [messageList({ endpoint: 'getMessages', channelId })]),
  ];
  const hudhud = createHudhud({ baseUrl: 'https://hudhud.test/api', platform, cachePatchers });
  const dynamic = createDynamicMiddleware();
  const reducer = combineSlices(api, {
    theme: (theme = 'light') => theme as string,
  }).withLazyLoadedSlices<LazySlices>();
  const store = configureStore({
    reducer,
    middleware: (getDefault) =>
      getDefault(hudhudCheckOptions())
        .prepend(isMiddlewareLate ? dynamic.middleware : hudhud.middleware)
        .concat(api.middleware),
    enhancers: (getDefault) => getDefault({ autoBatch: { type: 'tick' } }),
  });
  return {
    ...{ store, hudhud, platform, api, requests, server },
    addMiddleware() {
      dynamic.addMiddleware(hudhud.middleware);
    },
    inject() {
      reducer.inject({ reducerPath: 'hudhud', reducer: hudhud.reducer });
      reducer.inject(hudhud.api);
      store.dispatch({ type: 'host/chatOpened' });
    },
    async enter() {
      const login = hudhud.auth.login({ username: 'lina', password: 'pa55-w0rd' });
      await platform.settle();
      await login;
    },
    async push(...frames: readonly string[]) {
      for (const frame of frames) streams.at(-1)?.push(frame);
      await platform.advance(20);
    },
    async start() {
      hudhud.start();
      await platform.settle();
      streams.at(-1)?.push(initFrame());
      await platform.advance(20);
    },
    listed: () =>
      api.endpoints.getMessages
        .select(general)(store.getState())
        .data?.map(({ content }) => content),
    selected: () =>
      hudhud.selectors
        .selectTimeline(store.getState(), ids.general, null)
        .map(({ content }) => content),
  };
}

const codeOf = (run: () => unknown): unknown => {
  try {
    run();
    return null;
  } catch (error) {
    return (error as { readonly code?: unknown }).code;
  }
};

describe('a store into which the layer comes later', () => {
  it('says what is missing until then, and works from then on', async () => {
    const world = createLazyWorld();
    const { hudhud, store } = world;
    const read = () => hudhud.selectors.selectChannels(store.getState());
    expect(codeOf(read)).toBe('NOT_MOUNTED');
    expect(
      codeOf(() => {
        hudhud.start();
      }),
    ).toBe('NOT_MOUNTED');
    store.dispatch({ type: 'host/ownAction' });
    world.inject();
    expect(read()).toEqual([]);
    await world.enter();
    await world.start();
    await world.push(messageFrame(1));
    expect(world.selected()).toEqual(['message 1']);
    const query = store.dispatch(
      hudhud.api.endpoints.messages.initiate({ channelId: ids.general }),
    );
    await world.platform.settle();
    expect((await query).data?.pages[0]?.ids).toEqual([messageId(1), messageId(2)]);
    expect(world.selected()).toEqual(['message 1', 'message 2']);
    store.dispatch(hudhud.api.util.resetApiState());
    expect(hudhud.getStatus().counters).not.toHaveProperty('handlerErrors');
  });

  it.each(['before', 'under way'])('takes in what the host read %s', async (when) => {
    const world = createLazyWorld();
    const { api, store, platform, requests, hudhud } = world;
    void store.dispatch(api.endpoints.getMessages.initiate(general));
    await platform.settle();
    if (when === 'before') await requests[0]?.answer([row(1), row(2)]);
    world.inject();
    await world.enter();
    await world.start();
    await world.push(messageFrame(3), editedFrame(messageId(1), 'edited'));
    // it was asked for before all that
    if (when === 'under way') await requests[0]?.answer([row(1), row(2)]);
    expect(world.listed()).toEqual(['edited', 'message 2', 'message 3']);
    expect(world.selected()).toEqual(world.listed());
    expect(hudhud.getStatus().counters).not.toHaveProperty('handlerErrors');
  });

  it('goes on for whoever signed in before', async () => {
    const world = createLazyWorld();
    await world.enter();
    world.inject();
    const { hudhud, store } = world;
    const started = world.start();
    // the stream has not told yet
    expect(hudhud.selectors.selectViewerId(store.getState())).toBe(ids.me);
    await started;
    store.dispatch(hudhud.actions.sendMessage({ channelId: ids.general, content: 'hello' }));
    expect(world.selected()).toEqual(['hello']);
  });

  it('does not know who left before', async () => {
    const world = createLazyWorld();
    const { hudhud, store, platform } = world;
    await world.enter();
    void hudhud.auth.logout();
    await platform.settle();
    world.inject();
    hudhud.start();
    expect(hudhud.selectors.selectViewerId(store.getState())).toBeNull();
  });

  it.each(['wish', 'command'])('refuses a %s that comes too soon', (what) => {
    const { hudhud, store } = createLazyWorld();
    const { actions } = hudhud;
    const ref = { channelId: ids.general };
    const wish = actions.sendMessage({ ...ref, content: 'hello' });
    const action = what === 'wish' ? wish : actions.channelOpened(ref);
    expect(codeOf(() => store.dispatch(action))).toBe('NOT_MOUNTED');
  });

  it('may get the middleware later as well', async () => {
    const world = createLazyWorld(true);
    const { hudhud, store, api, platform, requests } = world;
    void store.dispatch(api.endpoints.getMessages.initiate(general));
    await platform.settle();
    await requests[0]?.answer([row(1), row(2)]);
    expect(
      codeOf(() => {
        hudhud.start();
      }),
    ).toBe('MIDDLEWARE_MISSING');
    world.addMiddleware();
    world.inject();
    await world.enter();
    await world.start();
    await world.push(messageFrame(3));
    expect(world.listed()).toEqual(['message 1', 'message 2', 'message 3']);
    expect(store.getState().theme).toBe('light');
    expect(hudhud.getStatus().counters).not.toHaveProperty('handlerErrors');
  });
});
