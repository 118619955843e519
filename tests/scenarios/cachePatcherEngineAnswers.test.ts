import { describe, expect, it } from '@jest/globals';
import type { HostRow, MessagesArg } from '../support/hostApi';
import { general } from '../support/hostApi';
import type { HostWorld } from '../support/hostWorld';
import { askMessages, loadedHost, openHost, textsIn } from '../support/hostWorld';
import { ids, messageFrame, messageId, row } from '../support/hudhudAnswers';

type Listing = 'getOpenMessages' | 'getMergedMessages';

const random: MessagesArg = { channelId: ids.random };
const inRandom = (n: number): HostRow => row(n, { channel_id: ids.random });

async function ask({ api, store, platform }: HostWorld, endpoint: Listing, arg: MessagesArg) {
  void store.dispatch(api.endpoints[endpoint].initiate(arg, { forceRefetch: true }));
  await platform.settle();
}

const listed = ({ api, store }: HostWorld, endpoint: Listing, arg = general): unknown[] => {
  const { data } = api.endpoints[endpoint].select(arg)(store.getState());
  return (data ?? []).map(({ content }) => content);
};

describe('one place in the cache for whichever channel is open', () => {
  it('is about the channel that was answered for last, whatever is asked for', async () => {
    const world = await openHost();
    await ask(world, 'getOpenMessages', general);
    await world.asked('getOpenMessages').answer([row(1)]);
    await ask(world, 'getOpenMessages', random);
    await world.push(messageFrame(2), messageFrame(3, { channelId: ids.random }));
    expect(listed(world, 'getOpenMessages')).toEqual(['message 1', 'message 2']);
    await world.asked('getOpenMessages').answer([inRandom(3)]);
    await world.push(messageFrame(4), messageFrame(5, { channelId: ids.random }));
    expect(listed(world, 'getOpenMessages')).toEqual(['message 3', 'message 5']);
    expect(world.hudhud.checkCaches()).toEqual([]);
  });

  it('stays about the channel whose answer it holds where the next request is refused', async () => {
    const world = await openHost();
    await ask(world, 'getOpenMessages', general);
    await world.asked('getOpenMessages').answer([row(1)]);
    await ask(world, 'getOpenMessages', random);
    await world.asked('getOpenMessages').refuse();
    await world.push(messageFrame(2), messageFrame(3, { channelId: ids.random }));
    expect(listed(world, 'getOpenMessages')).toEqual(['message 1', 'message 2']);
  });
});

describe('a list that merges its answers', () => {
  const older: MessagesArg = { ...general, before: row(3).created_at };

  it('reaches up to now once one of them did', async () => {
    const world = await openHost();
    await ask(world, 'getMergedMessages', general);
    await world.asked('getMergedMessages').answer([row(3), row(4)]);
    await ask(world, 'getMergedMessages', older);
    await world.push(messageFrame(5));
    expect(listed(world, 'getMergedMessages')).toEqual(['message 3', 'message 4', 'message 5']);
    await world.asked('getMergedMessages').answer([row(1), row(2)]);
    await world.push(messageFrame(6));
    const all = [1, 2, 3, 4, 5, 6].map((n) => `message ${n}`);
    expect(listed(world, 'getMergedMessages').sort()).toEqual(all);
    expect(world.hudhud.checkCaches()).toEqual([]);
  });

  it('reaches up to now where a request for older ones was refused', async () => {
    const world = await openHost();
    await ask(world, 'getMergedMessages', general);
    await world.asked('getMergedMessages').answer([row(3), row(4)]);
    await ask(world, 'getMergedMessages', older);
    await world.asked('getMergedMessages').refuse();
    await world.push(messageFrame(5));
    expect(listed(world, 'getMergedMessages')).toEqual(['message 3', 'message 4', 'message 5']);
  });

  it('adds what the host puts in to its own answers', async () => {
    const world = await openHost();
    const { api, store } = world;
    await ask(world, 'getMergedMessages', general);
    await world.asked('getMergedMessages').answer([row(1)]);
    store.dispatch(
      api.util.upsertQueryEntries([
        { endpointName: 'getMergedMessages', arg: general, value: [row(2)] },
      ]),
    );
    expect(listed(world, 'getMergedMessages')).toEqual(['message 1', 'message 2']);
    await world.push(messageFrame(3));
    expect(listed(world, 'getMergedMessages')).toEqual(['message 1', 'message 2', 'message 3']);
    expect(world.hudhud.checkCaches()).toEqual([]);
  });
});

describe('an answer whose place was let go while it was under way', () => {
  it('leaves nothing behind', async () => {
    const world = await loadedHost(row(1));
    const { api, store, hudhud } = world;
    await askMessages(world, { forceRefetch: true });
    const [queryCacheKey] = Object.keys(store.getState().hostApi.queries);
    store.dispatch(
      api.internalActions.removeQueryResult({ queryCacheKey: queryCacheKey as never }),
    );
    await world.asked('getMessages').answer([row(1), row(2)]);
    await world.push(messageFrame(3));
    expect(textsIn(world)).toEqual([]);
    expect(hudhud.checkCaches()).toEqual([]);
  });

  it('is none of an upsert either', async () => {
    const world = await openHost();
    const { api, store, hudhud } = world;
    const done = store.dispatch(api.util.upsertQueryData('getMessages', general, [row(1)]));
    const [queryCacheKey] = Object.keys(store.getState().hostApi.queries);
    store.dispatch(
      api.internalActions.removeQueryResult({ queryCacheKey: queryCacheKey as never }),
    );
    await done;
    expect(hudhud.checkCaches()).toEqual([]);
    expect(messageId(1)).not.toBe('');
  });
});
