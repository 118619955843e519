import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { combineReducers, configureStore } from '@reduxjs/toolkit';
import type { Middleware, Reducer } from '@reduxjs/toolkit';
import type { Hudhud } from '../../src';
import { createCachePatcher, createHudhud, infiniteMessageList, messageList } from '../../src';
import type { FakePlatform, ScriptedBody, ScriptedRequest } from '../../src/testing';
import { createFakePlatform, createScriptedServer } from '../../src/testing';
import type { HostApi, HostRequest, MessagesArg } from '../support/hostApi';
import { createHostApi, general } from '../support/hostApi';
import { deletedFrame, editedFrame } from '../support/hostWorld';
import {
  frame,
  grant,
  ids,
  initFrame,
  me,
  messageFrame,
  messageId,
  presenceFrame,
  row,
  success,
  typingFrame,
} from '../support/hudhudAnswers';
import { routeOf, streamRoute } from '../support/hudhudWorld';

const channelId = (arg: MessagesArg) => arg.channelId;
const listRule = messageList({ endpoint: 'getMessages', channelId });
const pagesRule = infiniteMessageList({ endpoint: 'getHistory', channelId, at: ['messages'] });

/** One of the two back ends: its own server, its own time, and the part of a host's api that it answers for. */
function createSide(
  reducerPath: string,
  { api, requests }: Given,
  rule: typeof listRule | typeof pagesRule,
) {
  const edited = `edited in ${reducerPath}`;
  const streams: ScriptedBody[] = [];
  const sent: ScriptedRequest[] = [];
  const server = createScriptedServer((request) => {
    const route = routeOf(request);
    if (route.startsWith(streamRoute)) streams.push(request.stream());
    else if (route === 'POST /auth/login') {
      request.json({ success: true, user: me, tokens: grant() });
    } else if (route === 'GET /chat/messages') {
      request.json({ success: true, messages: [row(1, { content: edited })], has_more: false });
    } else if (route === 'POST /chat/messages') sent.push(request);
    else success(request);
  });
  const platform = createFakePlatform({ fetch: server.fetch });
  const hudhud = createHudhud({
    ...{ baseUrl: 'https://hudhud.test/api', reducerPath, platform },
    cachePatchers: [createCachePatcher(api, [rule])],
  });
  return { edited, hudhud, platform, streams, sent, api, requests, endpoint: rule.endpoint };
}

interface Given {
  readonly api: HostApi;
  readonly requests: HostRequest[];
}
type Side = ReturnType<typeof createSide>;

function createTwo(isShared: boolean) {
  const first = createHostApi();
  // for types the same, but for its key
  const second = isShared ? first : createHostApi('otherApi' as 'hostApi');
  const chat = createSide('hudhud', first, listRule);
  const support = createSide('support', second, pagesRule);
  const slices: Record<string, Reducer> = {};
  for (const { hudhud, api } of [chat, support]) {
    slices[hudhud.reducerPath] = hudhud.reducer as Reducer;
    slices[hudhud.api.reducerPath] = hudhud.api.reducer as Reducer;
    slices[api.reducerPath] = api.reducer as Reducer;
  }
  const types = new Set<string>();
  const recorder: Middleware = () => (next) => (action) => {
    types.add((action as { readonly type: string }).type);
    return next(action);
  };
  const apis = [...new Set([chat.api, support.api])].map((api) => api.middleware as Middleware);
  const store = configureStore({
    reducer: combineReducers(slices),
    middleware: (getDefault) =>
      getDefault({ serializableCheck: false, immutableCheck: false })
        .prepend(chat.hudhud.middleware, support.hudhud.middleware)
        .concat(...apis, recorder),
    enhancers: (getDefault) => getDefault({ autoBatch: { type: 'tick' } }),
  });
  return { store, chat, support, types };
}
type Store = ReturnType<typeof createTwo>['store'];

/**
 * What is one side's own in the state. Who subscribes to which query is left out: RTK Query writes that down half a second
 * later, by the real clock.
 */
function ownOf({ hudhud, api, endpoint }: Side, store: Store): readonly unknown[] {
  const state = store.getState() as Readonly<Record<string, unknown>>;
  const { queries } = state[api.reducerPath] as {
    readonly queries: Readonly<Record<string, { readonly endpointName?: string } | undefined>>;
  };
  const answers = Object.values(queries).filter((held) => held?.endpointName === endpoint);
  const { subscriptions: _, ...own } = state[hudhud.api.reducerPath] as Record<string, unknown>;
  return [state[hudhud.reducerPath], ...Object.values(own), ...answers];
}

const shown = ({ hudhud }: { readonly hudhud: Hudhud }, store: Store) =>
  hudhud.selectors.selectTimeline(store.getState(), ids.general).map(({ content }) => content);

async function settle(platform: FakePlatform): Promise<void> {
  await platform.advance(20);
}

/** A whole session of one side: everything that comes and everything that is done. */
async function live(side: Side, store: Store): Promise<void> {
  const { hudhud, platform, streams, sent, api, requests, endpoint } = side;
  const { actions } = hudhud;
  const login = hudhud.auth.login({ username: 'lina', password: 'pa55-w0rd' });
  await platform.settle();
  await login;
  hudhud.start();
  await platform.settle();
  const push = async (...frames: readonly string[]) => {
    for (const text of frames) streams.at(-1)?.push(text);
    await settle(platform);
  };
  await push(initFrame());
  const { getMessages, getHistory } = api.endpoints;
  void store.dispatch(
    endpoint === 'getMessages'
      ? getMessages.initiate(general)
      : (getHistory.initiate(general) as never),
  );
  await platform.settle();
  const rows = [row(1), row(2)];
  await requests
    .findLast((request) => request.endpoint === endpoint)
    ?.answer(endpoint === 'getMessages' ? rows : { messages: rows, has_more: false });
  void store.dispatch(hudhud.api.endpoints.messages.initiate({ channelId: ids.general }));
  store.dispatch(actions.channelOpened({ channelId: ids.general }));
  await settle(platform);
  await push(messageFrame(3), editedFrame(messageId(1), side.edited));
  await push(deletedFrame(messageId(2)), typingFrame(ids.omar), presenceFrame(ids.omar));
  await push(frame('channel_event', { action: 'deleted', channelId: ids.random }));
  await push('event: message\ndata: {\n\n');
  store.dispatch(actions.sendMessage({ channelId: ids.general, content: 'hello' }));
  store.dispatch(
    actions.addReaction({ channelId: ids.general, target: messageId(3), emoji: '👍' }),
  );
  await settle(platform);
  sent[0]?.json({ success: true, message: row(4, { user_id: ids.me, content: 'hello' }) });
  await settle(platform);
  store.dispatch(actions.sendMessage({ channelId: ids.general, content: 'never answered' }));
  hudhud.markRead(ids.general);
  streams.at(-1)?.fail();
  await platform.advance(20_000);
  await push(initFrame());
}

async function leave({ hudhud, platform }: Side): Promise<void> {
  const left = hudhud.auth.logout();
  await settle(platform);
  await left;
  hudhud.stop();
}

// RTK Query notes in its own state who has subscribed, half a second of real time later
beforeEach(() => {
  const doNotFake = ['Date', 'nextTick', 'performance', 'queueMicrotask', 'setImmediate'] as const;
  jest.useFakeTimers({ doNotFake: [...doNotFake] });
});
afterEach(() => {
  jest.useRealTimers();
});

describe.each([
  ['each with a host api of its own', false],
  ['over endpoints of one host api', true],
])('two instances in one store, %s', (_name, isShared) => {
  it.each([
    ['chat', 'support'],
    ['support', 'chat'],
  ] as const)('nothing of %s changes a byte of %s', async (acting, other) => {
    const two = createTwo(isShared);
    const { store, types } = two;
    await live(two[other], store);
    const before = ownOf(two[other], store);
    const bytes = JSON.stringify(before);
    expect(bytes).toContain('never answered');
    expect(before).toHaveLength(6);

    types.clear();
    await live(two[acting], store);
    const changed = () => ownOf(two[other], store).filter((part, i) => part !== before[i]);
    expect(changed()).toEqual([]);
    expect(shown(two[acting], store)).toContain(two[acting].edited);
    expect(types.size).toBeGreaterThan(20);

    await leave(two[acting]);
    expect(shown(two[acting], store)).toEqual([]);
    expect(changed()).toEqual([]);
    expect(JSON.stringify(ownOf(two[other], store))).toBe(bytes);
    expect(two[other].hudhud.checkCaches()).toEqual([]);
    for (const side of [two.chat, two.support]) {
      expect(side.hudhud.getStatus().counters).not.toHaveProperty('handlerErrors');
      store.dispatch(side.hudhud.api.util.resetApiState());
      side.hudhud.stop();
    }
  });
});
