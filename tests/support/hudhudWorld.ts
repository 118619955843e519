import type {
  Middleware,
  Reducer,
  StoreEnhancer,
  ThunkDispatch,
  UnknownAction,
} from '@reduxjs/toolkit';
import { combineReducers, configureStore } from '@reduxjs/toolkit';
import type { Hudhud, HudhudOptions, HudhudStoreState, OpenSocket } from '../../src';
import { createHudhud, hudhudCheckOptions } from '../../src';
import type {
  FakePlatform,
  FakeTab,
  ScriptedBody,
  ScriptedRequest,
  ScriptedServer,
  ScriptedUploads,
} from '../../src/testing';
import { createFakePlatform, createScriptedServer, createScriptedUploads } from '../../src/testing';
import { grant, me, snapshotAnswer, success } from './hudhudAnswers';

/** Answers by `METHOD /path`, below `/api` and without the query. */
export type Routes = Readonly<Record<string, (request: ScriptedRequest) => void>>;

/** A whole client in a world under control. */
export interface HudhudWorld {
  readonly hudhud: Hudhud;
  readonly store: {
    getState(): HudhudStoreState;
    dispatch: ThunkDispatch<HudhudStoreState, undefined, UnknownAction>;
  };
  readonly platform: FakePlatform;
  readonly server: ScriptedServer;
  /** Files on their way: they do not go through `server`. */
  readonly uploads: ScriptedUploads;
  /** What went through the store, oldest first. */
  readonly actions: UnknownAction[];
  /** Bodies of the streams that the server opened, oldest first. */
  readonly streams: ScriptedBody[];
  /** Newest stream body. */
  readonly stream: () => ScriptedBody;
  /** Sends frames on the newest stream and lets a picture be drawn. */
  readonly push: (...frames: readonly string[]) => Promise<void>;
  /** Requests to a path, oldest first. */
  asked(route: string): readonly ScriptedRequest[];
  /** Types of the actions since the last call. */
  readonly newTypes: () => string[];
  /** Adds a subscriber of the store that counts. */
  notifications(): number;
  /** Adds a subscriber of the store. */
  readonly subscribe: (listener: () => void) => void;
}

export const streamRoute = 'GET /realtime/stream';

export function routeOf({ method, url }: ScriptedRequest): string {
  const { pathname } = new URL(url, 'https://hudhud.test');
  return `${method} ${pathname.replace(/^\/api/, '')}`;
}

export function createHudhudWorld(
  given: {
    routes?: Routes;
    options?: Partial<HudhudOptions>;
    now?: number;
    /** Seed of chance: two clients that meet must not make the same ids. */
    seed?: number;
    /** What it shares with other tabs. Default: a browser of its own. */
    tab?: FakeTab;
    /** Who answers WebSockets. Default: there are none. */
    openSocket?: OpenSocket;
    /** Whether the queries are mounted. Default `false`. */
    withQueries?: boolean;
    /** Stands below the middleware, as developer tools do. */
    enhancer?: StoreEnhancer;
    /** Stands last, as a recorder does. */
    last?: Middleware;
  } = {},
): HudhudWorld {
  const streams: ScriptedBody[] = [];
  const routes: Routes = {
    'POST /auth/login': (request) => {
      request.json({ success: true, user: me, tokens: grant() });
    },
    'POST /auth/refresh': (request) => {
      request.json({ success: true, ...grant('refreshed') });
    },
    'POST /auth/logout': success,
    'GET /auth/me': (request) => {
      request.json({ success: true, user: me });
    },
    'GET /workspace/hudhud/general': (request) => {
      request.json(snapshotAnswer());
    },
    'GET /chat/messages': (request) => {
      request.json({ success: true, messages: [], has_more: false });
    },
    ...given.routes,
  };
  const server = createScriptedServer((request) => {
    const route = routes[routeOf(request)];
    if (route !== undefined) route(request);
    else if (routeOf(request).startsWith(streamRoute)) streams.push(request.stream());
    else request.json({ success: false, error: { code: 'NOT_FOUND' } }, { status: 404 });
  });
  const uploads = createScriptedUploads();
  const platform = createFakePlatform({
    fetch: server.fetch,
    upload: uploads.upload,
    ...(given.now === undefined ? {} : { now: given.now }),
    ...(given.seed === undefined ? {} : { seed: given.seed }),
    ...given.tab,
    ...(given.openSocket === undefined ? {} : { openSocket: given.openSocket }),
  });
  const hudhud = createHudhud({
    baseUrl: 'https://hudhud.test/api',
    platform,
    ...given.options,
  });
  const actions: UnknownAction[] = [];
  const recorder: Middleware = () => (next) => (action) => {
    actions.push(action as UnknownAction);
    return next(action);
  };
  const slices = {
    [hudhud.reducerPath]: hudhud.reducer as Reducer<unknown>,
    ...(given.withQueries === true
      ? { [hudhud.api.reducerPath]: hudhud.api.reducer as Reducer<unknown> }
      : {}),
  };
  const store = configureStore({
    reducer: combineReducers(slices) as unknown as Reducer<HudhudStoreState>,
    middleware: (getDefault) =>
      getDefault(hudhudCheckOptions(hudhud.reducerPath))
        .prepend(hudhud.middleware)
        .concat([recorder, ...(given.last === undefined ? [] : [given.last])]),
    enhancers: (getDefault) => {
      // frames are the world's own, which RTK does not know
      const enhancers = getDefault(
        given.withQueries === true ? { autoBatch: { type: 'tick' } } : {},
      );
      return given.enhancer === undefined ? enhancers : enhancers.concat(given.enhancer);
    },
  });
  let notified = 0;
  store.subscribe(() => {
    notified += 1;
  });
  let read = 0;
  const stream = () => {
    const newest = streams.at(-1);
    if (newest === undefined) throw new Error('No stream was opened yet.');
    return newest;
  };
  return {
    hudhud,
    store,
    platform,
    server,
    uploads,
    actions,
    streams,
    stream,
    async push(...frames) {
      for (const frame of frames) stream().push(frame);
      await platform.advance(20);
    },
    asked: (route) => server.requests.filter((request) => routeOf(request) === route),
    newTypes() {
      const types = actions.slice(read).map(({ type }) => type);
      read = actions.length;
      return types;
    },
    notifications: () => notified,
    subscribe(listener) {
      store.subscribe(listener);
    },
  };
}

/** Signs in, starts and brings the stream up to its first word. */
export async function enter(world: HudhudWorld): Promise<void> {
  const login = world.hudhud.auth.login({ username: 'lina', password: 'pa55-w0rd' });
  await world.platform.settle();
  await login;
  world.hudhud.start();
  await world.platform.settle();
}
