import { once } from 'node:events';
import { describe, expect, it } from '@jest/globals';
import type { Reducer, UnknownAction } from '@reduxjs/toolkit';
import { combineReducers, configureStore } from '@reduxjs/toolkit';
import { createHudhud, isHudhudError, sessionEnded, sessionStarted } from '../../../src';
import type { ScriptedRequest } from '../../../src/testing';
import { createFakePlatform, createScriptedServer } from '../../../src/testing';
import {
  ids,
  initFrame,
  messageFrame,
  messageId,
  omar,
  refuse,
  row,
  startMs,
} from '../../support/hudhudAnswers';
import type { HudhudWorld, Routes } from '../../support/hudhudWorld';
import { createHudhudWorld, enter } from '../../support/hudhudWorld';

const messagesRoute = 'GET /chat/messages';
const general = { channelId: ids.general };
const workspace = { projectSlug: 'hudhud', channelSlug: 'general' };
const wait = () => undefined;

async function open(
  routes: Routes = {},
  options: { pageSize?: number } = {},
): Promise<HudhudWorld> {
  const world = createHudhudWorld({ routes, options, withQueries: true });
  await enter(world);
  await world.push(initFrame());
  world.newTypes();
  return world;
}

const answer = (request: ScriptedRequest | undefined, rows: readonly unknown[], more = false) => {
  request?.json({ success: true, messages: rows, has_more: more });
};

const answering = (rows: readonly unknown[]) => (request: ScriptedRequest) => {
  answer(request, rows);
};

/** Types since the last look, without what RTK Query does for itself. */
const told = (world: HudhudWorld) =>
  world.newTypes().filter((type) => !/config|internal|subscriptions/.test(type));

const entryOf = ({ hudhud, store }: HudhudWorld) =>
  hudhud.api.endpoints.messages.select(general)(store.getState());
const textsOf = ({ hudhud, store }: HudhudWorld) =>
  hudhud.selectors.selectMessages(store.getState(), ids.general).map(({ content }) => content);
const infoOf = ({ hudhud, store }: HudhudWorld) =>
  hudhud.selectors.selectTimelineInfo(store.getState(), ids.general);

describe('a query', () => {
  it('puts the rows into the state before the cache names them, which holds ids alone', async () => {
    const world = await open({ [messagesRoute]: answering([row(1), row(2)]) });
    const { hudhud, store, platform } = world;
    const seen: boolean[] = [];
    world.subscribe(() => {
      const held = hudhud.selectors.selectMessages(store.getState(), ids.general);
      const named = entryOf(world).data?.pages.flatMap((page) => page.ids) ?? [];
      seen.push(named.every((id) => held.some((message) => message.id === id)));
    });
    const query = store.dispatch(hudhud.api.endpoints.messages.initiate(general));
    await platform.settle();
    await query;
    expect(told(world)).toEqual([
      'hudhudApi/executeQuery/pending',
      'history/pageReceived',
      'hudhudApi/executeQuery/fulfilled',
    ]);
    expect(seen.length).toBeGreaterThan(1);
    expect(seen).not.toContain(false);
    expect(textsOf(world)).toEqual(['message 1', 'message 2']);
    expect(infoOf(world)).toMatchObject({ isLive: true, hasOlder: false });
    expect(entryOf(world).data?.pages).toEqual([
      {
        ids: [messageId(1), messageId(2)],
        hasOlder: false,
        oldestAt: startMs - 3_600_000 + 1_000,
        newestAt: startMs - 3_600_000 + 2_000,
        atOldest: [messageId(1)],
        atNewest: [messageId(1), messageId(2)],
      },
    ]);
    expect(JSON.stringify(store.getState()['hudhudApi'])).not.toContain('message 1');
  });

  it('pages on from the edge: before is 1 ms more, and what is known is dropped', async () => {
    const world = await open({ [messagesRoute]: wait });
    const { hudhud, store, platform } = world;
    const { messages } = hudhud.api.endpoints;
    void store.dispatch(messages.initiate(general));
    await platform.settle();
    answer(world.asked(messagesRoute)[0], [row(5), row(6)], true);
    await platform.settle();
    expect(entryOf(world).hasNextPage).toBe(true);
    void store.dispatch(messages.initiate(general, { direction: 'forward' }));
    await platform.settle();
    const { searchParams } = new URL(world.asked(messagesRoute)[1]?.url ?? '');
    expect(searchParams.get('before')).toBe(new Date(startMs - 3_600_000 + 5_001).toISOString());
    answer(world.asked(messagesRoute)[1], [row(4), row(5)]);
    await platform.settle();
    expect(entryOf(world).data?.pages.map((page) => page.ids)).toEqual([
      [messageId(5), messageId(6)],
      [messageId(4)],
    ]);
    expect(entryOf(world).hasNextPage).toBe(false);
    expect(infoOf(world)).toMatchObject({ isLive: true, hasOlder: false, gaps: [] });
    void store.dispatch(messages.initiate(general, { direction: 'backward' }));
    await platform.settle();
    const newer = new URL(world.asked(messagesRoute)[2]?.url ?? '').searchParams;
    expect(newer.get('after')).toBe(new Date(startMs - 3_600_000 + 4_000).toISOString());
    answer(world.asked(messagesRoute)[2], [row(4), row(5), row(6), row(7)]);
    await platform.settle();
    expect(entryOf(world).data?.pages.map((page) => page.ids)).toEqual([
      [messageId(7)],
      [messageId(5), messageId(6)],
      [messageId(4)],
    ]);
    expect(textsOf(world)).toHaveLength(4);
  });

  it('reads a workspace by one request, as the loader does', async () => {
    const world = await open();
    const { hudhud, store, platform } = world;
    const query = store.dispatch(hudhud.api.endpoints.workspace.initiate(workspace));
    await platform.settle();
    expect((await query).data).toEqual({
      projectId: ids.project,
      channelIds: [ids.general, ids.random],
      currentChannelId: ids.general,
      memberIds: [ids.me, ids.omar],
      messageIds: [messageId(1), messageId(2)],
      ...{ hasOlder: false, unreadTotal: null, fallbackReason: null },
    });
    expect(hudhud.selectors.selectChannels(store.getState())).toHaveLength(2);
    expect(textsOf(world)).toEqual(['message 1', 'message 2']);
    expect(infoOf(world).isLive).toBe(true);
  });

  it('loses to what the stream said after it was asked for', async () => {
    const world = await open({ [messagesRoute]: wait });
    const { hudhud, store, platform } = world;
    void store.dispatch(hudhud.api.endpoints.messages.initiate(general));
    await platform.settle();
    // neither says when: what was heard after the request began is newer than its answer
    await world.push(
      ...[messageFrame(1), messageFrame(1, { action: 'updated', content: 'better' })],
      ...[messageFrame(2), messageFrame(2, { action: 'deleted' })],
    );
    answer(world.asked(messagesRoute)[0], [row(1), row(2)]);
    await platform.settle();
    expect(textsOf(world)).toEqual(['better']);
  });

  it('fails with the data of a HudhudError, as plain JSON', async () => {
    const world = await open({
      [messagesRoute]: (request) => {
        request.json(
          { success: false, error: { code: 'SLOW_DOWN' } },
          { status: 429, headers: { 'Retry-After': '7' } },
        );
      },
    });
    const query = world.store.dispatch(world.hudhud.api.endpoints.messages.initiate(general));
    await world.platform.settle();
    expect((await query).error).toEqual({
      code: 'RATE_LIMITED',
      message: 'GET /chat/messages was answered 429.',
      status: 429,
      retryAfterMs: 7_000,
    });
    expect(told(world)).toEqual([
      'hudhudApi/executeQuery/pending',
      'hudhudApi/executeQuery/rejected',
    ]);
  });

  it('shares the one refresh with everything else', async () => {
    let refused = 0;
    const once = (request: ScriptedRequest) => {
      refused += 1;
      if (refused <= 2) refuse(401)(request);
      else answer(request, [row(1)]);
    };
    const world = await open({ [messagesRoute]: once });
    const { hudhud, store, platform } = world;
    void store.dispatch(hudhud.api.endpoints.messages.initiate(general));
    void store.dispatch(
      hudhud.api.endpoints.messages.initiate({ channelId: ids.general, limit: 7 }),
    );
    await platform.settle();
    expect(entryOf(world).isSuccess).toBe(true);
    expect(world.asked('POST /auth/refresh')).toHaveLength(1);
  });

  it('that goes back in an open channel keeps what it reads, as the loader does', async () => {
    const from = 1_000;
    const page = (request: ScriptedRequest) => {
      const { searchParams } = new URL(request.url);
      const before = Date.parse(searchParams.get('before') ?? '9999-12-31');
      const rows = [...Array(from).keys()]
        .map((n) => row(n))
        .filter(({ created_at: at }) => Date.parse(at) < before);
      answer(request, rows.slice(-200), rows.length > 200);
    };
    const world = createHudhudWorld({
      ...{ routes: { [messagesRoute]: page }, withQueries: true },
      options: { pageSize: 200, maxMessagesPerChannel: 200 },
    });
    await enter(world);
    const { hudhud, store, platform } = world;
    store.dispatch(hudhud.actions.channelOpened({ ...general, byQuery: true }));
    void store.dispatch(hudhud.api.endpoints.messages.initiate(general));
    await platform.settle();
    void store.dispatch(hudhud.api.endpoints.messages.initiate(general, { direction: 'forward' }));
    await platform.settle();
    expect(textsOf(world).length).toBeGreaterThan(350);
  });

  it('ends with the client', async () => {
    const world = await open({ [messagesRoute]: wait });
    const { hudhud, store, platform } = world;
    const query = store.dispatch(hudhud.api.endpoints.messages.initiate(general));
    await platform.settle();
    hudhud.stop();
    await platform.settle();
    expect(world.asked(messagesRoute)[0]?.isAborted()).toBe(true);
    expect((await query).error).toMatchObject({ code: 'ABORTED' });
    expect(platform.pending()).toEqual({ timers: 0, frames: 0, listeners: 0 });
  });
});

describe('the end of a session', () => {
  const held = async () => {
    const world = await open({ [messagesRoute]: wait });
    const { hudhud, store, platform } = world;
    void store.dispatch(hudhud.api.endpoints.workspace.initiate(workspace));
    void store.dispatch(hudhud.api.endpoints.messages.initiate(general));
    await platform.settle();
    return world;
  };

  it('empties the cache before the state', async () => {
    const world = await held();
    told(world);
    world.store.dispatch(sessionEnded({ reason: 'logout' }));
    expect(told(world).slice(0, 2)).toEqual(['hudhudApi/resetApiState', 'session/ended']);
    expect(world.store.getState()['hudhudApi']).toMatchObject({ queries: {} });
  });

  it('lets nothing in that was asked for in it', async () => {
    const world = await held();
    world.store.dispatch(sessionEnded({ reason: 'logout' }));
    const [request] = world.asked(messagesRoute);
    expect(request?.isAborted()).toBe(true);
    const after = world.store.getState();
    answer(request, [row(1)]);
    await world.platform.settle();
    expect(world.store.getState()['hudhud']).toBe(after['hudhud']);
    expect(world.store.getState()['hudhudApi']).toMatchObject({ queries: {} });
  });

  it('lets no read in that did not hear of it', async () => {
    const world = await open();
    const { hudhud, store, platform } = world;
    const gate = new AbortController();
    const late = once(gate.signal, 'abort');
    const own = hudhud.api.injectEndpoints({
      endpoints: (build) => ({
        stubborn: build.query<string, string>({
          query:
            () =>
            async ({ learn }) => {
              await late;
              const messages = [{ id: messageId(1), channelId: ids.general, createdAt: 1 }];
              learn({ kind: 'messages', messages, rejected: [] });
              return 'read';
            },
        }),
      }),
    });
    const query = store.dispatch(own.endpoints.stubborn.initiate(''));
    await platform.settle();
    store.dispatch(sessionEnded({ reason: 'logout' }));
    const after = store.getState()['hudhud'];
    gate.abort();
    await platform.settle();
    expect(store.getState()['hudhud']).toBe(after);
    expect((await query).data).toBeUndefined();
  });

  it('is the end of reading, until the next one begins', async () => {
    const world = await open({ [messagesRoute]: answering([row(1)]) });
    const { hudhud, store, platform } = world;
    const read = async () => {
      const again = { forceRefetch: true };
      const query = store.dispatch(hudhud.api.endpoints.messages.initiate(general, again));
      await platform.settle();
      return (await query).error;
    };
    // the server is being told, and the token is good until then
    store.dispatch(sessionEnded({ reason: 'logout' }));
    expect(await read()).toMatchObject({ code: 'UNAUTHORIZED' });
    expect(world.asked(messagesRoute)).toHaveLength(0);
    store.dispatch(sessionStarted({ user: omar }));
    expect(await read()).toBeUndefined();
    expect(world.asked(messagesRoute)).toHaveLength(1);
    // a host with a sign-in of its own begins by starting again
    store.dispatch(sessionEnded({ reason: 'expired' }));
    expect(await read()).toMatchObject({ code: 'UNAUTHORIZED' });
    hudhud.start();
    expect(await read()).toBeUndefined();
  });

  it('comes with somebody else, whose own query is not disturbed by the former one', async () => {
    const world = await held();
    const { hudhud, store, platform } = world;
    store.dispatch(sessionStarted({ user: omar }));
    void store.dispatch(hudhud.api.endpoints.messages.initiate(general));
    await platform.settle();
    answer(world.asked(messagesRoute)[0], [row(1)]);
    await platform.settle();
    expect(entryOf(world).isLoading).toBe(true);
    answer(world.asked(messagesRoute)[1], [row(2)]);
    await platform.settle();
    expect(textsOf(world)).toEqual(['message 2']);
    expect(entryOf(world).data?.pages[0]?.ids).toEqual([messageId(2)]);
  });
});

describe('mounting the queries', () => {
  it('is left to the host: without them there is neither an action nor a key of theirs', async () => {
    const world = createHudhudWorld();
    await enter(world);
    await world.push(initFrame(), messageFrame(1));
    world.store.dispatch(sessionEnded({ reason: 'logout' }));
    const types = world.actions.map(({ type }: UnknownAction) => type);
    expect(types.filter((type) => type.startsWith('hudhudApi'))).toEqual([]);
    expect(Object.keys(world.store.getState())).toEqual(['hudhud']);
  });

  it('is asked for by a query: NOT_MOUNTED, with the line to add', async () => {
    const world = createHudhudWorld();
    await enter(world);
    const { store, hudhud } = world;
    const asked = store.dispatch(() => hudhud.api.internalActions.onFocus());
    expect(asked.type).toBe('__rtkq/focused');
    let caught: unknown;
    try {
      store.dispatch(hudhud.api.util.resetApiState());
    } catch (error) {
      caught = error;
    }
    expect(isHudhudError(caught) && [caught.code, caught.data.field]).toEqual([
      'NOT_MOUNTED',
      'hudhudApi',
    ]);
    expect((caught as Error).message).toContain('hudhud.api.reducer');
  });

  it('needs no middleware of its own, and takes one', async () => {
    const world = await open();
    const { hudhud, store, platform } = world;
    const api = { dispatch: store.dispatch, getState: () => store.getState() };
    expect(hudhud.api.middleware(api)((action) => action)({ type: 'any' })).toEqual({
      type: 'any',
    });
    const query = store.dispatch(hudhud.api.endpoints.workspace.initiate(workspace));
    await platform.settle();
    expect((await query).isSuccess).toBe(true);
  });
});

describe('two instances in one store', () => {
  it('have a cache each, and a session each', async () => {
    const make = (reducerPath: string, n: number) => {
      const server = createScriptedServer((request) => {
        answer(request, [row(n)]);
      });
      const platform = createFakePlatform({ fetch: server.fetch });
      const tokens = { getToken: () => 't0k' };
      const hudhud = createHudhud({
        baseUrl: 'https://hudhud.test/api',
        ...{ reducerPath, platform, tokens },
      });
      return { hudhud, platform };
    };
    const [chat, support] = [make('hudhud', 1), make('support', 2)];
    expect(support.hudhud.api.reducerPath).toBe('supportApi');
    const slices = Object.fromEntries(
      [chat, support].flatMap(({ hudhud }) => [
        [hudhud.reducerPath, hudhud.reducer as Reducer<unknown>],
        [hudhud.api.reducerPath, hudhud.api.reducer as Reducer<unknown>],
      ]),
    );
    const store = configureStore({
      reducer: combineReducers(slices),
      middleware: (getDefault) =>
        getDefault().prepend(chat.hudhud.middleware, support.hudhud.middleware),
    });
    const namedBy = (key: string) => JSON.stringify(store.getState()[key]);
    for (const { hudhud, platform } of [chat, support]) {
      store.dispatch(sessionStarted({ user: omar }, hudhud.reducerPath));
      void store.dispatch(hudhud.api.endpoints.messages.initiate(general));
      await platform.settle();
    }
    expect(namedBy('hudhudApi')).toContain(messageId(1));
    expect(namedBy('hudhudApi')).not.toContain(messageId(2));
    expect(namedBy('supportApi')).toContain(messageId(2));
    expect(namedBy('support')).toContain('message 2');
    store.dispatch(sessionEnded({ reason: 'logout' }, 'hudhud'));
    expect(namedBy('hudhudApi')).not.toContain(messageId(1));
    expect(namedBy('supportApi')).toContain(messageId(2));
    store.dispatch(sessionEnded({ reason: 'logout' }, 'support'));
  });
});
