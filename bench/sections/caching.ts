import { configureStore } from '@reduxjs/toolkit';
import { createApi } from '@reduxjs/toolkit/query';
import { batchToActions } from '../../src/actions/batchToActions';
import { connectionChanged } from '../../src/actions/connection';
import { defaultFlags } from '../../src/flags';
import {
  createCachePatcher,
  createHudhud,
  hudhudCheckOptions,
  messageList,
  sessionStarted,
} from '../../src/index';
import { silentPlatform } from '../hudhudStore';
import type { Figure } from '../measure';
import { measure } from '../measure';
import type { Section } from '../section';
import { expectSame } from '../heldStore';
import { printHead, row, times, us } from '../table';
import type { World } from '../workloads';
import { createWorld } from '../workloads';
import type { MessageEvent } from '../../src/index';

/** Rows of the list. */
const rows = 50;

interface Arg {
  readonly channelId: string;
}

type Row = Readonly<Record<string, unknown>>;

function wireRow(world: World, index: number, channelId: string): Row {
  const { id, userId, username, content, createdAt = 0 } = world.message(index, channelId);
  return {
    ...{ message_id: id, channel_id: channelId, user_id: userId, username, content, type: 'text' },
    ...{ created_at: new Date(createdAt).toISOString(), edited_at: null, thread_count: 0 },
    ...{ reactions: [], files: [], metadata: {} },
  };
}

/** A host with an api of its own and the layer beside it, with the list loaded or not. */
async function createHost(world: World, isCached: boolean) {
  const [channelId = ''] = world.channels;
  const arg: Arg = { channelId };
  const answer = Array.from({ length: rows }, (_, i) => wireRow(world, i, channelId));
  const api = createApi({
    reducerPath: 'hostApi',
    baseQuery: () => ({ data: answer }),
    keepUnusedDataFor: Infinity,
    endpoints: (build) => ({
      getMessages: build.query<readonly Row[], Arg>({ query: () => null }),
    }),
  });
  const rule = messageList({ endpoint: 'getMessages', channelId: (given: Arg) => given.channelId });
  const hudhud = createHudhud({
    ...{ baseUrl: '/api', exposeStatus: false, tokens: { getToken: () => 'bench' } },
    platform: silentPlatform,
    cachePatchers: [createCachePatcher(api, [rule])],
  });
  const store = configureStore({
    reducer: { hudhud: hudhud.reducer, hostApi: api.reducer },
    middleware: (getDefault) =>
      getDefault(hudhudCheckOptions()).prepend(hudhud.middleware).concat(api.middleware),
    devTools: false,
  });
  const [viewer = ''] = world.users;
  store.dispatch(sessionStarted({ user: { id: viewer } }));
  store.dispatch(
    connectionChanged({
      ...{ stream: 'main', phase: 'open', epoch: 1, attempt: 0, openedAt: 1 },
      ...{ since: 0, source: 'sse' as const, lostAt: null, nextRetryAt: null, error: null },
    }),
  );
  await store.dispatch(api.endpoints.getMessages.initiate(arg));
  // what it brought stays in the layer, which then has the same to do
  if (!isCached) store.dispatch(api.util.resetApiState());
  const list = () => api.endpoints.getMessages.select(arg)(store.getState()).data;
  let ordinal = 100;
  return {
    ...{ api, store, arg, list },
    /** So many rows get a new text by one flush of the stream. */
    edit(step: number, count: number, spread: number) {
      const events = Array.from({ length: count }, (_, i): MessageEvent => ({
        type: 'channel_message',
        op: 'edit',
        message: {
          ...{ id: world.message(i % spread, channelId).id, channelId },
          ...{
            content: `edited ${step} ${i}`,
            updatedAt: Date.UTC(2026, 1, 1) + step * 1_000 + i,
          },
        },
      }));
      const nothing = { rejected: [], lastEventId: null };
      const batch = { stream: 'main', epoch: 1, events, receivedAt: 1, ...nothing } as const;
      const translation = { instance: 'hudhud', ordinal, viewerId: viewer, flags: defaultFlags };
      const { actions, nextOrdinal } = batchToActions(batch, translation);
      ordinal = nextOrdinal;
      for (const action of actions) store.dispatch(action);
    },
  };
}

/** `stock`: the list alone, so many rows of it written by hand; `events`: the layer without a cached list; `patched`: both. */
async function prepare(way: string, perBatch: number, spread: number, steps: number) {
  const world = createWorld(1, 20);
  const host = await createHost(world, way !== 'events');
  const { api, arg, store, list } = host;
  return {
    steps,
    perStep: 1,
    step(i: number) {
      if (way !== 'stock') {
        host.edit(i, perBatch, spread);
        return;
      }
      const change = (draft: Row[]) => {
        for (let at = 0; at < spread; at++) {
          const held = draft[at];
          if (held !== undefined) draft[at] = { ...held, content: `edited ${i}` };
        }
      };
      // the draft may be written to, which the endpoint's own type does not say
      const recipe = change as (draft: readonly Row[]) => void;
      store.dispatch(api.util.updateQueryData('getMessages', arg, recipe as never, false));
    },
    check() {
      if (way === 'events') return;
      const last = Math.max(0, Math.ceil(perBatch / spread) - 1) * spread;
      const word = way === 'stock' ? '' : ` ${last}`;
      const shown = list() ?? [];
      const isThere = shown[0]?.['content'] === `edited ${steps - 1}${word}`;
      expectSame('first row', Number(isThere), 1);
      expectSame('rows', shown.length, rows);
    },
  };
}

export const cachingSection: Section = {
  name: 'caching',
  title: `A host's cached list of ${rows} rows, kept in step`,
  print(run, { isQuick }) {
    const cost = (way: string, perBatch: number, spread: number) =>
      (run([way, perBatch, spread]) as Figure).usPerEvent;
    const of = (perBatch: number, spread: number) =>
      cost('patched', perBatch, spread) - cost('events', perBatch, spread);
    const stock = cost('stock', 1, 1);
    const stockAll = cost('stock', 1, rows);
    const one = of(1, rows);
    const verdict = (ratio: number, goal: number) =>
      isQuick ? ['', ''] : [`≤ ${goal}`, ratio <= goal ? 'met' : 'missed'];
    printHead(['', 'µs CPU', '× updateQueryData', '× one event', 'goal', '']);
    const print = (name: string, figure: number, [goal = '', word = '']: readonly string[]) => {
      const ratios = [times(figure / stock), times(figure / one)];
      console.log(row([name, us(figure), ...ratios, goal, word]));
    };
    print('updateQueryData of one row, updateProvided off', stock, []);
    print(`updateQueryData of all ${rows} rows`, stockAll, []);
    print('an event, patched in', one, verdict(one / stock, 2));
    for (const [name, spread] of [
      ['a batch of 100 events about one row', 1],
      [`a batch of 100 events about all ${rows} rows`, rows],
    ] as const) {
      const hundred = of(100, spread);
      print(name, hundred, verdict(hundred / one, 3));
    }
  },
  measure([way = '', perBatch = '', spread = ''], { effort, isQuick }) {
    const steps = isQuick ? 20 : 1_500;
    return measure(() => prepare(way, Number(perBatch), Number(spread), steps), {
      ...effort,
      cutMs: 20_000,
    });
  },
};
