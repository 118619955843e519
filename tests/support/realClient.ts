import type { Hudhud, HudhudOptions } from '../../src';
import { createHudhudStore } from '../../src';
import type { HudhudStore } from '../../src';
import type { Clock } from '../../src/platform/clock';
import type { FetchLike } from '../../src/platform/fetchLike';
import { createCookieFetch as createCookies } from '../../src/replay/cli/cookieFetch';
import type { CountedPlatform } from './countedPlatform';
import { createCountedPlatform } from './countedPlatform';
import { until } from './deadline';

/** The library against a real server, as one tab of a browser would run it. */
export interface RealClient extends HudhudStore {
  readonly platform: CountedPlatform;
  /** `METHOD path → status` of every answer, oldest first. */
  readonly answers: readonly string[];
  /** Waits until what is read from the state fits. */
  readonly seen: <T>(
    read: (selectors: Hudhud['selectors'], root: Readonly<Record<string, unknown>>) => T,
    fits: (value: T) => boolean,
    ms?: number,
  ) => Promise<T>;
  /** Signs in and waits for the stream. */
  readonly enter: (username: string) => Promise<string>;
  readonly texts: (channelId: string) => readonly string[];
}

/** `fetch` with the cookies that a browser would keep for it, and what it answered written down. */
export function createCookieFetch(answers: string[]): FetchLike {
  const withCookies = createCookies();
  return async (url, init = {}) => {
    const response = await withCookies(url, init);
    const path = new URL(url).pathname.replace(/^\/api/, '');
    answers.push(`${init.method ?? 'GET'} ${path} → ${response.status}`);
    return response;
  };
}

export function createRealClient(
  url: string,
  given: Partial<HudhudOptions> & {
    readonly clock?: Clock;
    readonly around?: (fetch: FetchLike) => FetchLike;
  } = {},
): RealClient {
  const { clock, around = (plain: FetchLike) => plain, ...options } = given;
  const answers: string[] = [];
  const platform = createCountedPlatform({
    fetch: around(createCookieFetch(answers)),
    ...(clock === undefined ? {} : { clock }),
  });
  const { store, hudhud } = createHudhudStore({
    baseUrl: `${url}/api`,
    platform,
    connection: { initialDelayMs: 50, maxDelayMs: 200, maxReconnectAttempts: Infinity },
    ...options,
  });
  const seen: RealClient['seen'] = (read, fits, ms) =>
    until(() => Promise.resolve(read(hudhud.selectors, store.getState())), fits, ms);
  return {
    store,
    hudhud,
    platform,
    answers,
    seen,
    async enter(username) {
      const user = await hudhud.auth.login({ username, password: 'hudhud-demo' });
      hudhud.start();
      await seen(
        ({ selectHudhud }, root) => selectHudhud(root).connection.covered,
        (covered) => covered !== null,
      );
      return user.id;
    },
    texts: (channelId) =>
      hudhud.selectors.selectMessages(store.getState(), channelId).map(({ content }) => content),
  };
}

/** Ids of the seeded channels by slug, as a client knows them after the workspace was loaded. */
export async function openWorkspace(
  client: RealClient,
  channelSlug = 'general',
): Promise<Readonly<Record<string, string>>> {
  const { hudhud, store, seen } = client;
  store.dispatch(hudhud.actions.loadWorkspace({ projectSlug: 'hudhud', channelSlug }));
  const channels = await seen(
    ({ selectChannels, selectLoad }, root) => ({
      list: selectChannels(root),
      load: selectLoad(root, 'workspace'),
    }),
    ({ list, load }) => list.length > 0 && load === null,
  );
  return Object.fromEntries(channels.list.map(({ slug, id }) => [slug ?? '', id]));
}
