import type { Middleware, StoreEnhancer, UnknownAction } from '@reduxjs/toolkit';
import { configureStore } from '@reduxjs/toolkit';
import type { Hudhud, HudhudOptions, PatchRule } from '../../src';
import {
  channelList,
  createCachePatcher,
  createHudhud,
  hudhudCheckOptions,
  infiniteMessageList,
  memberList,
  messageById,
  messageList,
  unreadCounts,
  workspaceSnapshot,
} from '../../src';
import type { FakePlatform, ScriptedBody, ScriptedRequest } from '../../src/testing';
import { createFakePlatform, createScriptedServer } from '../../src/testing';
import type { HostApi, HostRequest, HostRow, MessagesArg } from './hostApi';
import { createHostApi, general } from './hostApi';
import { frame, grant, ids, initFrame, me } from './hudhudAnswers';
import { routeOf, streamRoute } from './hudhudWorld';

export type Endpoint = keyof HostApi['endpoints'];

const channelId = (arg: MessagesArg): string => arg.channelId;

/** Rules for every endpoint of the host's api. */
const hostRules = [
  messageList({ endpoint: 'getMessages', channelId }),
  messageList({ endpoint: 'getMergedMessages', channelId }),
  infiniteMessageList({ endpoint: 'getHistory', channelId, at: ['messages'] }),
  infiniteMessageList({ endpoint: 'getRecent', channelId, at: ['messages'] }),
  messageById({ endpoint: 'getMessage', at: ['message'] }),
  channelList({ endpoint: 'getChannels', at: ['channels'] }),
  memberList({ endpoint: 'getMembers', scopeId: (arg: string) => arg, at: ['members'] }),
  unreadCounts({ endpoint: 'getUnread', at: ['data'] }),
  workspaceSnapshot({ endpoint: 'getWorkspace' }),
  messageList({ endpoint: 'getOpenMessages', channelId }),
];

/** What else a host may have. */
interface HostParts {
  /** What its cache begins with. */
  readonly kept?: unknown;
  /** Its own middleware, after the layer's. */
  readonly extra?: Middleware;
  /** What is done to its store, after its middleware. */
  readonly enhancer?: StoreEnhancer;
  /** What is different about its layer. */
  readonly options?: Partial<HudhudOptions>;
}

const passing: Middleware = () => (next) => (action) => next(action);

/** A host's store with its own api, the layer in it, a stream and requests that the test answers. */
export interface HostWorld {
  readonly api: HostApi;
  readonly hudhud: Hudhud;
  readonly store: ReturnType<typeof createStore>;
  readonly platform: FakePlatform;
  readonly requests: HostRequest[];
  /** Requests of the layer, but for the stream's, oldest first. */
  readonly layerRequests: ScriptedRequest[];
  readonly actions: UnknownAction[];
  readonly stream: () => ScriptedBody;
  /** Sends frames and lets a picture be drawn. */
  readonly push: (...frames: readonly string[]) => Promise<void>;
  /** The newest request of an endpoint. */
  readonly asked: (endpoint: string) => HostRequest;
}

function createStore(hudhud: Hudhud, api: HostApi, seen: Middleware, parts: HostParts) {
  const { extra = passing, enhancer = (create) => create, kept } = parts;
  const hostApi: HostApi['reducer'] = (state, action) =>
    // as an app hands it over that has kept it as text
    api.reducer(state ?? (kept as typeof state), action);
  return configureStore({
    reducer: {
      hudhud: hudhud.reducer,
      hostApi,
      theme: (theme: string | undefined) => theme ?? 'light',
    },
    middleware: (getDefault) =>
      getDefault(hudhudCheckOptions(hudhud.reducerPath))
        .prepend(hudhud.middleware)
        .concat(extra, api.middleware, seen),
    enhancers: (getDefault) => getDefault({ autoBatch: true }).concat(enhancer),
  });
}

export function createHostWorld(
  rules: readonly PatchRule<Endpoint>[] = hostRules,
  parts: HostParts = {},
): HostWorld {
  const streams: ScriptedBody[] = [];
  const layerRequests: ScriptedRequest[] = [];
  const server = createScriptedServer((request) => {
    const route = routeOf(request);
    if (route.startsWith(streamRoute)) streams.push(request.stream());
    else if (route === 'POST /auth/login') {
      request.json({ success: true, user: me, tokens: grant() });
    } else layerRequests.push(request);
  });
  const platform = createFakePlatform({ fetch: server.fetch });
  const { api, requests } = createHostApi();
  const cachePatchers = [createCachePatcher(api, rules)];
  const baseUrl = 'https://hudhud.test/api';
  const hudhud = createHudhud({ baseUrl, platform, cachePatchers, ...parts.options });
  const actions: UnknownAction[] = [];
  const seen: Middleware = () => (next) => (action) => {
    actions.push(action as UnknownAction);
    return next(action);
  };
  const store = createStore(hudhud, api, seen, parts);
  const stream = () => {
    const newest = streams.at(-1);
    if (newest === undefined) throw new Error('No stream was opened yet.');
    return newest;
  };
  return {
    ...{ api, hudhud, store, platform, requests, layerRequests, actions, stream },
    async push(...frames) {
      for (const text of frames) stream().push(text);
      await platform.advance(20);
    },
    asked(endpoint) {
      const found = requests.findLast((request) => request.endpoint === endpoint);
      if (found === undefined) throw new Error(`${endpoint} was not asked for`);
      return found;
    },
  };
}

/** Signs in, starts and brings the stream up to its first word. */
export async function enterHost(world: HostWorld): Promise<void> {
  const login = world.hudhud.auth.login({ username: 'lina', password: 'pa55-w0rd' });
  await world.platform.settle();
  await login;
  world.hudhud.start();
  await world.platform.settle();
  await world.push(initFrame());
}

/** A world that is entered. */
export async function openHost(rules?: readonly PatchRule<Endpoint>[]): Promise<HostWorld> {
  const world = createHostWorld(rules);
  await enterHost(world);
  return world;
}

/** Asks for the list of messages; the test answers. */
export async function askMessages(
  { api, store, platform }: HostWorld,
  { arg = general, forceRefetch = false }: { arg?: MessagesArg; forceRefetch?: boolean } = {},
): Promise<void> {
  void store.dispatch(api.endpoints.getMessages.initiate(arg, { forceRefetch }));
  await platform.settle();
}

/** A world whose list of messages is loaded. */
export async function loadedHost(...rows: readonly HostRow[]): Promise<HostWorld> {
  const world = await openHost();
  await askMessages(world);
  await world.asked('getMessages').answer(rows);
  return world;
}

/** The list of messages as it is cached. */
export function messagesIn({ api, store }: HostWorld, arg = general): readonly HostRow[] {
  return api.endpoints.getMessages.select(arg)(store.getState()).data ?? [];
}

export const textsIn = (world: HostWorld, arg = general): unknown[] =>
  messagesIn(world, arg).map(({ content }) => content);

export const deletedFrame = (message_id: string): string =>
  frame('channel_message', { action: 'deleted', message_id, channelId: ids.general });

export const editedFrame = (message_id: string, content: string, updated_at?: string): string =>
  frame('channel_message', {
    ...{ action: 'updated', message_id, channelId: ids.general, content, is_edited: true },
    ...(updated_at === undefined ? {} : { updated_at }),
  });
