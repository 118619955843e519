import { configureStore } from '@reduxjs/toolkit';
import type { HostApi, HostRow } from './hostApi';
import { createHostApi, general } from './hostApi';
import type { HostWorld } from './hostWorld';
import { askMessages, deletedFrame, editedFrame, loadedHost, openHost, textsIn } from './hostWorld';
import { ids, messageFrame, messageId, refuse, row } from './hudhudAnswers';

/**
 * Nine races between a cached list and what happens meanwhile. Each is played twice: with RTK Query's own tools, used as
 * its documentation shows, and with the layer's cache patcher. What is shown in the end is compared with what the backend
 * holds.
 */
export interface Race {
  readonly name: string;
  /** What the backend holds in the end. */
  readonly truth: readonly string[];
  readonly stock: () => Promise<readonly string[]>;
  readonly layer: () => Promise<readonly string[]>;
}

const turns = async () => {
  for (let i = 0; i < 10; i++) await Promise.resolve();
};

const contents = (rows: readonly HostRow[] = []): readonly string[] =>
  rows.map(({ content }) => String(content));
const told = (world: HostWorld): readonly string[] => textsIn(world).map(String);

/** A store with the host's api alone. */
function createStock() {
  const { api, requests } = createHostApi();
  const store = configureStore({
    reducer: { hostApi: api.reducer },
    middleware: (getDefault) => getDefault().concat(api.middleware),
  });
  type Change = (rows: HostRow[]) => void;
  return {
    ...{ api, store },
    answer: async (data: unknown) => {
      await requests.at(-1)?.answer(data);
    },
    ask: async (forceRefetch = false) => {
      void store.dispatch(api.endpoints.getMessages.initiate(general, { forceRefetch }));
      await turns();
    },
    change: (change: Change) =>
      store.dispatch(
        api.util.updateQueryData('getMessages', general, (rows) => {
          // a draft of the list, which the endpoint's type calls read-only
          change(rows as HostRow[]);
        }),
      ),
    shown: () => contents(api.endpoints.getMessages.select(general)(store.getState()).data),
  };
}

/** The same with the list loaded. */
async function loadedStock(...rows: readonly HostRow[]) {
  const world = createStock();
  await world.ask();
  await world.answer(rows);
  return world;
}

/** Any store that the host's api is in. */
interface Merging {
  readonly api: HostApi;
  readonly store: Pick<ReturnType<typeof createStock>['store'], 'dispatch' | 'getState'>;
}

/** Reads the merging list, and says what it shows then. */
async function readMerged(
  { api, store }: Merging,
  answer: (data: unknown) => Promise<void>,
  ...rows: readonly HostRow[]
): Promise<readonly string[]> {
  const { initiate, select } = api.endpoints.getMergedMessages;
  void store.dispatch(initiate(general, { forceRefetch: true }));
  await turns();
  await answer(rows);
  return contents(select(general)(store.getState()).data);
}

const draftRow = (content: string): HostRow => ({ content, message_id: `draft-${content}` });
const add =
  (content: string, first = false) =>
  (rows: HostRow[]) => {
    if (first) rows.unshift(draftRow(content));
    else rows.push(draftRow(content));
  };
const write = (content: string) => (rows: HostRow[]) => {
  rows[0] = { ...rows[0], content };
};
const remove = (id: string) => (rows: HostRow[]) => {
  const at = rows.findIndex(({ message_id }) => message_id === id);
  if (at >= 0) rows.splice(at, 1);
};

function wish({ hudhud, store, platform }: HostWorld, content: string): Promise<void> {
  store.dispatch(hudhud.actions.sendMessage({ channelId: ids.general, content }));
  return platform.settle();
}

function edit({ hudhud, store, platform }: HostWorld, n: number, content: string): Promise<void> {
  const target = messageId(n);
  store.dispatch(hudhud.actions.editMessage({ channelId: ids.general, target, content }));
  return platform.settle();
}

/** The server refuses the oldest request that waits, and the person gives what is shown as failed up. */
async function refuseOldest({ layerRequests, hudhud, store, platform }: HostWorld): Promise<void> {
  const request = layerRequests.shift();
  if (request !== undefined) refuse(403)(request);
  await platform.settle();
  const { channels } = hudhud.selectors.selectHudhud(store.getState()).outbox;
  for (const { opId, status } of channels.flatMap(({ operations }) => operations)) {
    if (status === 'failed') store.dispatch(hudhud.actions.discard({ opId }));
  }
}

const mine = (n: number, over: HostRow = {}): HostRow => row(n, { user_id: ids.me, ...over });

export const races: readonly Race[] = [
  {
    name: 'an event before the first answer',
    truth: ['message 1', 'message 2'],
    async stock() {
      const world = createStock();
      await world.ask();
      world.change((rows) => rows.push(row(2)));
      await world.answer([row(1)]);
      return world.shown();
    },
    async layer() {
      const world = await openHost();
      await askMessages(world);
      await world.push(messageFrame(2));
      await world.asked('getMessages').answer([row(1)]);
      return told(world);
    },
  },
  {
    name: 'an event while the list is asked for again',
    truth: ['message 1', 'message 2'],
    async stock() {
      const world = await loadedStock(row(1));
      await world.ask(true);
      world.change((rows) => rows.push(row(2)));
      await world.answer([row(1)]);
      return world.shown();
    },
    async layer() {
      const world = await loadedHost(row(1));
      await askMessages(world, { forceRefetch: true });
      await world.push(messageFrame(2));
      await world.asked('getMessages').answer([row(1)]);
      return told(world);
    },
  },
  {
    name: 'two sends that fail, in order',
    truth: ['message 1'],
    async stock() {
      const world = await loadedStock(row(1));
      const first = world.change(add('one'));
      const second = world.change(add('two'));
      first.undo();
      second.undo();
      return world.shown();
    },
    async layer() {
      const world = await loadedHost(row(1));
      await wish(world, 'one');
      await wish(world, 'two');
      await refuseOldest(world);
      await refuseOldest(world);
      return told(world);
    },
  },
  {
    name: 'a poll that is answered before a send is',
    truth: ['message 1', 'one'],
    async stock() {
      const world = await loadedStock(row(1));
      world.change(add('one'));
      await world.ask(true);
      await world.answer([row(1)]);
      return world.shown();
    },
    async layer() {
      const world = await loadedHost(row(1));
      await wish(world, 'one');
      await askMessages(world, { forceRefetch: true });
      await world.asked('getMessages').answer([row(1)]);
      return told(world);
    },
  },
  {
    name: 'two edits, the first of which fails',
    truth: ['second'],
    async stock() {
      const world = await loadedStock(row(1));
      const first = world.change(write('first'));
      world.change(write('second'));
      first.undo();
      return world.shown();
    },
    async layer() {
      const world = await loadedHost(mine(1));
      await edit(world, 1, 'first');
      await edit(world, 1, 'second');
      await refuseOldest(world);
      return told(world);
    },
  },
  {
    name: 'a send that fails after another row was deleted',
    truth: ['message 2'],
    async stock() {
      const world = await loadedStock(row(1), row(2));
      const first = world.change(add('one', true));
      world.change(remove(messageId(1)));
      first.undo();
      return world.shown();
    },
    async layer() {
      const world = await loadedHost(row(1), row(2));
      await wish(world, 'one');
      await world.push(deletedFrame(messageId(1)));
      await refuseOldest(world);
      return told(world);
    },
  },
  {
    name: 'a send that fails after the list was read again',
    truth: ['message 1', 'message 2', 'message 3'],
    async stock() {
      const world = await loadedStock(row(1));
      const first = world.change(add('one'));
      await world.ask(true);
      await world.answer([row(1), row(2), row(3)]);
      first.undo();
      return world.shown();
    },
    async layer() {
      const world = await loadedHost(row(1));
      await wish(world, 'one');
      await askMessages(world, { forceRefetch: true });
      await world.asked('getMessages').answer([row(1), row(2), row(3)]);
      await refuseOldest(world);
      return told(world);
    },
  },
  {
    name: 'a value that is put in while an older answer is under way',
    truth: ['edited'],
    async stock() {
      const world = createStock();
      await world.ask();
      const edited = [row(1, { content: 'edited' })];
      void world.store.dispatch(world.api.util.upsertQueryData('getMessages', general, edited));
      await turns();
      await world.answer([row(1)]);
      return world.shown();
    },
    async layer() {
      const world = await openHost();
      await askMessages(world);
      await world.push(editedFrame(messageId(1), 'edited'));
      await world.asked('getMessages').answer([row(1)]);
      return told(world);
    },
  },
  {
    name: 'a deletion that only a later answer of a merging list tells',
    truth: ['message 1'],
    async stock() {
      const world = createStock();
      await readMerged(world, world.answer, row(1), row(2));
      return readMerged(world, world.answer, row(1));
    },
    async layer() {
      const world = await openHost();
      const answer = (data: unknown) => world.asked('getMergedMessages').answer(data);
      await readMerged(world, answer, row(1), row(2));
      await world.platform.advance(10_000);
      return readMerged(world, answer, row(1));
    },
  },
];
