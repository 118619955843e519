import { describe, expect, it } from '@jest/globals';
import type { Middleware, MiddlewareAPI, ThunkDispatch, UnknownAction } from '@reduxjs/toolkit';
import { combineReducers } from '@reduxjs/toolkit';
import configureMockStore from 'redux-mock-store';
import {
  channelList,
  createCachePatcher,
  createHudhud,
  messageList,
  sessionStarted,
} from '../../src';
import type { ScriptedBody } from '../../src/testing';
import { createFakePlatform, createScriptedServer } from '../../src/testing';
import { frozen } from '../support/frozen';
import type { MessagesArg } from '../support/hostApi';
import { createHostApi, general } from '../support/hostApi';
import { deletedFrame, editedFrame } from '../support/hostWorld';
import { ids, initFrame, messageFrame, messageId, row } from '../support/hudhudAnswers';
import { routeOf, streamRoute } from '../support/hudhudWorld';

/** As `redux-thunk` does it. */
const thunk: Middleware<object, unknown> = (api) => (next) => (action) =>
  typeof action === 'function' ? call(action, api) : next(action);

function call(action: unknown, api: MiddlewareAPI): unknown {
  const getState = (): unknown => api.getState();
  return (action as (...args: unknown[]) => unknown)(api.dispatch, getState);
}

/** The layer and a host's api over a store that records; its state is what the reducers make of what was recorded. */
async function setUp() {
  const streams: ScriptedBody[] = [];
  const server = createScriptedServer((request) => {
    if (routeOf(request).startsWith(streamRoute)) streams.push(request.stream());
  });
  const platform = createFakePlatform({ fetch: server.fetch });
  const { api, requests } = createHostApi();
  const patcher = createCachePatcher(api, [
    messageList({ endpoint: 'getMessages', channelId: ({ channelId }: MessagesArg) => channelId }),
    channelList({ endpoint: 'getChannels', at: ['channels'] }),
  ]);
  const hudhud = createHudhud({
    ...{ baseUrl: 'https://hudhud.test/api', platform, cachePatchers: [patcher] },
    tokens: { getToken: () => 't0k' },
  });
  const reducer = combineReducers({ hudhud: hudhud.reducer, hostApi: api.reducer });
  let state = frozen(reducer(undefined, { type: 'start' }));
  let read = 0;
  const stateAfter = (actions: readonly UnknownAction[]) => {
    for (const action of actions.slice(read)) state = frozen(reducer(state, action));
    read = actions.length;
    return state;
  };
  type Thunks = ThunkDispatch<typeof state, undefined, UnknownAction>;
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- advised against for reducers; here actions are the subject
  const mock = configureMockStore<unknown, Thunks>([
    ...[hudhud.middleware, thunk, api.middleware as Middleware],
  ])((actions: unknown) => stateAfter(actions as UnknownAction[]));
  mock.dispatch(sessionStarted({ user: { id: ids.me, username: 'lina' } }));
  hudhud.start();
  await platform.settle();
  const push = async (...frames: readonly string[]) => {
    for (const text of frames) streams.at(-1)?.push(text);
    await platform.advance(20);
  };
  await push(initFrame());
  let from = mock.getActions().length;
  /** What was recorded since the last time. */
  const told = (): UnknownAction[] => {
    const all = mock.getActions() as UnknownAction[];
    const since = all.slice(from);
    from = all.length;
    // what the api tells itself
    return since.filter(({ type }) => !/middlewareRegistered|subscriptions/i.test(type));
  };
  const ask = async () => {
    void mock.dispatch(api.endpoints.getMessages.initiate(general, { forceRefetch: true }));
    await platform.settle();
    return requests.at(-1);
  };
  return { api, hudhud, mock, platform, requests, push, told, ask };
}

const patch = 'hostApi/queries/queryResultPatched';
const key = `getMessages(${JSON.stringify(general)})`;

describe('the actions that a cache patcher emits', () => {
  it('for an answer: what it says, before it goes into the cache with what is known; nothing after it', async () => {
    const { ask, push, told } = await setUp();
    await push(messageFrame(2));
    told();
    const request = await ask();
    await request?.answer([row(1)]);
    expect(told()).toMatchObject([
      { type: 'hostApi/executeQuery/pending', meta: { arg: { queryCacheKey: key } } },
      {
        type: 'history/pageReceived',
        payload: { channelId: ids.general, messages: [{ id: messageId(1) }] },
        // the answer itself wakes the subscribers
        meta: { hudhud: 'hudhud', RTK_autoBatch: true },
      },
      {
        type: 'hostApi/executeQuery/fulfilled',
        payload: [{ content: 'message 1' }, { content: 'message 2' }],
      },
    ]);
    expect(told()).toEqual([]);
  });

  it('for an event: one patch of what differs, before the batch ends', async () => {
    const { ask, push, told } = await setUp();
    await (await ask())?.answer([row(1), row(2)]);
    told();
    await push(editedFrame(messageId(2), 'edited', row(9).created_at));
    const [events, patched, ended, ...more] = told();
    expect([events?.type, patched, ended?.type, more]).toEqual([
      'stream/conversationReceived',
      {
        type: patch,
        payload: {
          queryCacheKey: key,
          patches: [
            { op: 'replace', path: [1], value: expect.objectContaining({ content: 'edited' }) },
          ],
        },
        meta: { RTK_autoBatch: true },
      },
      'stream/frameCommitted',
      [],
    ]);
  });

  it('for a batch: one patch of each answer that it is about, and none of another one', async () => {
    const { api, ask, push, told, mock, platform, requests } = await setUp();
    await (await ask())?.answer([row(1), row(2), row(3)]);
    void mock.dispatch(api.endpoints.getMessages.initiate({ channelId: ids.random }));
    await platform.settle();
    await requests.at(-1)?.answer([]);
    told();
    await push(
      ...[4, 5, 6].map((n) => messageFrame(n)),
      editedFrame(messageId(5), 'edited'),
      deletedFrame(messageId(1)),
      editedFrame(messageId(3), 'edited too'),
    );
    const all = told();
    expect(all.map(({ type }) => type)).toEqual([
      ...['stream/conversationReceived', patch, 'stream/frameCommitted'],
    ]);
    const { patches, queryCacheKey } = all[1]?.['payload'] as {
      readonly queryCacheKey: string;
      readonly patches: readonly { readonly op: string; readonly path: unknown }[];
    };
    expect(queryCacheKey).toBe(key);
    expect(patches.map(({ op, path }) => [op, path])).toEqual([
      ...[
        ['remove', [0]],
        ['replace', [1]],
      ],
      ...[2, 3, 4].map((place) => ['add', [place]]),
    ]);
  });

  it('for a wish: the wish, and one patch', async () => {
    const { ask, told, mock, hudhud } = await setUp();
    await (await ask())?.answer([row(1)]);
    told();
    mock.dispatch(hudhud.actions.sendMessage({ channelId: ids.general, content: 'hello' }));
    expect(told().map(({ type }) => type)).toEqual([
      ...['outbox/sendRequested', patch],
      // it is on its way
      ...['outbox/started', patch],
    ]);
  });

  it('for a patch by hand, and for undoing it once it was written over: nothing', async () => {
    const { api, ask, push, told, mock } = await setUp();
    await (await ask())?.answer([row(1)]);
    told();
    const { undo } = mock.dispatch(
      api.util.updateQueryData(
        'getMessages',
        general,
        (rows) => {
          (rows as unknown[]).push({ content: 'by hand' });
        },
        false,
      ),
    );
    expect(told().map(({ type }) => type)).toEqual([patch]);
    await push(messageFrame(2));
    expect(told()).toMatchObject([
      { type: 'stream/conversationReceived' },
      { type: patch, payload: { patches: [{ op: 'replace', path: [] }] } },
      { type: 'stream/frameCommitted' },
    ]);
    undo();
    // what it takes back is not there any more
    expect(told()).toMatchObject([{ type: patch, payload: { queryCacheKey: key, patches: [] } }]);
  });
});
