import { describe, expect, it } from '@jest/globals';
import type { HostRow } from '../support/hostApi';
import { general, hydrated } from '../support/hostApi';
import type { HostWorld } from '../support/hostWorld';
import {
  askMessages,
  createHostWorld,
  deletedFrame,
  editedFrame,
  enterHost,
  loadedHost,
  messagesIn,
  openHost,
  textsIn,
} from '../support/hostWorld';
import { ids, messageFrame, messageId, row } from '../support/hudhudAnswers';

const queryKey = `getMessages(${JSON.stringify(general)})`;

/** What an app keeps of a list, or gets with the page. */
const kept = (...rows: readonly HostRow[]) => ({
  [queryKey]: {
    ...{ status: 'fulfilled', endpointName: 'getMessages', requestId: 'elsewhere' },
    ...{ originalArgs: general, startedTimeStamp: 1, fulfilledTimeStamp: 2, data: rows },
  },
});
const hydrate = ({ store }: HostWorld, ...rows: readonly HostRow[]) => {
  store.dispatch(hydrated(kept(...rows)));
};
const known = ({ hudhud, store }: HostWorld): unknown[] =>
  hudhud.selectors.selectTimeline(store.getState(), ids.general).map(({ content }) => content);
const asText = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

async function again(world: HostWorld): Promise<void> {
  void world.hudhud.auth.logout();
  await world.platform.settle();
  await enterHost(world);
}

describe('cached answers that no request of this app brought', () => {
  it('are followed, at the start of a store', async () => {
    const world = createHostWorld(undefined, {
      kept: { queries: kept(row(1)), provided: { tags: {}, keys: {} }, mutations: {} },
    });
    await enterHost(world);
    await world.push(messageFrame(2));
    expect(textsIn(world)).toEqual(['message 1', 'message 2']);
  });

  it('are older than everything that the stream told', async () => {
    const world = await loadedHost(row(1), row(2));
    await world.push(editedFrame(messageId(1), 'edited'), deletedFrame(messageId(2)));
    await world.push(messageFrame(3));
    hydrate(world, row(1), row(2));
    expect(textsIn(world)).toEqual(['edited', 'message 3']);
    expect(known(world)).toEqual(['edited', 'message 3']);
    expect(world.hudhud.checkCaches()).toEqual([]);
  });

  it('are older than everything that was read', async () => {
    const world = await loadedHost(row(1, { content: 'new' }));
    await world.platform.advance(60_000);
    hydrate(world, row(1, { content: 'old' }));
    expect(textsIn(world)).toEqual(['new']);
  });

  it('say nothing of what they do not have', async () => {
    const world = await loadedHost(row(1), row(2));
    await world.platform.advance(60_000);
    hydrate(world, row(1));
    expect(known(world)).toEqual(['message 1', 'message 2']);
    expect(textsIn(world)).toEqual(['message 1', 'message 2']);
  });

  it('are taken in while a request for the same is under way, and shown with what is known at once', async () => {
    const world = await openHost();
    await askMessages(world);
    await world.push(messageFrame(2));
    hydrate(world, row(1));
    expect(textsIn(world)).toEqual(['message 1', 'message 2']);
    await world.push(messageFrame(3));
    expect(textsIn(world)).toEqual(['message 1', 'message 2', 'message 3']);
    await world.asked('getMessages').answer([row(1), row(2)]);
    expect(textsIn(world)).toEqual(['message 1', 'message 2', 'message 3']);
  });

  it('are no facts where they hold what was pending when they were kept', async () => {
    const world = await loadedHost(row(1), row(2, { user_id: ids.me }));
    const { hudhud, store, platform } = world;
    const channelId = ids.general;
    store.dispatch(hudhud.actions.sendMessage({ channelId, content: 'never sent' }));
    await platform.settle();
    const target = messageId(2);
    store.dispatch(hudhud.actions.editMessage({ channelId, target, content: 'never said' }));
    const rows = asText(messagesIn(world));
    expect(rows.map(({ content }) => content)).toEqual(['message 1', 'never said', 'never sent']);

    const other = await openHost();
    hydrate(other, ...rows);
    expect(known(other)).toEqual(['message 1']);
    // an unsent message is nobody's; of the edited one its text is all that there is
    expect(messagesIn(other).map(({ content, status }) => [content, status])).toEqual([
      ['message 1', undefined],
      ['never said', undefined],
    ]);
    await askMessages(other, { forceRefetch: true });
    await other.asked('getMessages').answer([row(1), row(2)]);
    expect(textsIn(other)).toEqual(['message 1', 'message 2']);
  });

  it('are no facts where a host puts rows back that it has copied', async () => {
    const world = await loadedHost(row(1, { user_id: ids.me }), row(2));
    const { api, hudhud, store, platform } = world;
    const target = messageId(1);
    store.dispatch(hudhud.actions.editMessage({ channelId: ids.general, target, content: 'wish' }));
    await platform.settle();
    await store.dispatch(
      api.util.upsertQueryData('getMessages', general, [...messagesIn(world), row(3)]),
    );
    expect(textsIn(world)).toEqual(['wish', 'message 2', 'message 3']);
    const { channels } = hudhud.selectors.selectHudhud(store.getState()).outbox;
    world.layerRequests.at(-1)?.json({ success: false }, { status: 403 });
    await platform.settle();
    store.dispatch(hudhud.actions.discard({ opId: channels[0]?.operations[0]?.opId ?? '' }));
    expect(textsIn(world)).toEqual(['message 1', 'message 2', 'message 3']);
    expect(known(world)).toEqual(['message 1', 'message 2', 'message 3']);
  });
});

describe('the answers of a session that ended', () => {
  it('are no facts of the next one', async () => {
    const world = await loadedHost(row(1), row(2));
    await again(world);
    // something else comes into the cache
    world.store.dispatch(
      hydrated({ other: { status: 'fulfilled', endpointName: 'getMembers', data: null } }),
    );
    expect(known(world)).toEqual([]);
    await world.push(messageFrame(3));
    expect(textsIn(world)).toEqual(['message 1', 'message 2']);
    await askMessages(world, { forceRefetch: true });
    expect(known(world)).toEqual(['message 3']);
    await world.asked('getMessages').answer([row(2), row(3)]);
    expect(known(world)).toEqual(['message 2', 'message 3']);
    expect(textsIn(world)).toEqual(['message 2', 'message 3']);
  });

  it('are no facts of the next one when the window is looked at again', async () => {
    const world = await loadedHost(row(1));
    const { api, store, platform } = world;
    void store.dispatch(
      api.endpoints.getMembers.initiate(ids.general, {
        subscriptionOptions: { refetchOnFocus: true },
      }),
    );
    await platform.settle();
    await world.asked('getMembers').answer({ members: [] });
    await again(world);
    store.dispatch({ type: '__rtkq/focused' });
    await platform.settle();
    expect(known(world)).toEqual([]);
  });

  it('are no facts of the next one where they come late', async () => {
    const world = await loadedHost(row(1));
    await askMessages(world, { forceRefetch: true });
    const late = world.asked('getMessages');
    await again(world);
    await late.answer([row(1), row(2)]);
    expect(known(world)).toEqual([]);
    world.store.dispatch(
      hydrated({ other: { status: 'fulfilled', endpointName: 'getMembers', data: null } }),
    );
    expect(known(world)).toEqual([]);
    // nor where somebody writes into them by hand
    world.store.dispatch(
      world.api.util.updateQueryData('getMessages', general, (rows) => {
        (rows as unknown[]).pop();
      }),
    );
    world.store.dispatch(
      hydrated({ another: { status: 'fulfilled', endpointName: 'getMembers', data: null } }),
    );
    expect(known(world)).toEqual([]);
  });

  it('are not what a merging list of the next one begins with', async () => {
    const world = await openHost();
    const { api, store, platform } = world;
    const { getMergedMessages } = api.endpoints;
    const read = async (...rows: readonly HostRow[]) => {
      void store.dispatch(getMergedMessages.initiate(general, { forceRefetch: true }));
      await platform.settle();
      await world.asked('getMergedMessages').answer(rows);
    };
    await read(row(1), row(2));
    await again(world);
    await read(row(2), row(3));
    const { data } = getMergedMessages.select(general)(store.getState());
    expect(data?.map(({ content }) => content)).toEqual(['message 2', 'message 3']);
    expect(known(world)).toEqual(['message 2', 'message 3']);
  });
});
