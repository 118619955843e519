import { describe, expect, it } from '@jest/globals';
import { channelUnwatchRequested } from '../../../src/actions/command';
import { pageKey, sessionEnded, workspaceKey } from '../../../src';
import type { ScriptedRequest } from '../../../src/testing';
import {
  ids,
  initFrame,
  messageFrame,
  refuse,
  row,
  snapshotAnswer,
  startMs,
} from '../../support/hudhudAnswers';
import type { HudhudWorld, Routes } from '../../support/hudhudWorld';
import { createHudhudWorld, enter } from '../../support/hudhudWorld';

const messagesRoute = 'GET /chat/messages';
const workspaceRoute = 'GET /workspace/hudhud/general';
const newest = { channelId: ids.general, parentId: null, side: 'newest' } as const;
const older = { ...newest, side: 'older' } as const;
const general = { projectSlug: 'hudhud', channelSlug: 'general' };
const random = { projectSlug: 'hudhud', channelSlug: 'random' };

/** Requests of these routes wait for the test. */
function holding(...names: readonly string[]): Routes {
  return Object.fromEntries(names.map((name) => [name, () => undefined]));
}

const answerPage = (
  request: ScriptedRequest | undefined,
  rows: readonly unknown[],
  more = false,
) => {
  request?.json({ success: true, messages: rows, has_more: more });
};

async function open(routes: Routes = {}): Promise<HudhudWorld> {
  const world = createHudhudWorld({ routes });
  await enter(world);
  await world.push(initFrame());
  return world;
}

const infoOf = ({ hudhud, store }: HudhudWorld, channelId: string = ids.general) =>
  hudhud.selectors.selectTimelineInfo(store.getState(), channelId);
const loadOf = ({ hudhud, store }: HudhudWorld, key: string) =>
  hudhud.selectors.selectLoad(store.getState(), key);
const textsOf = ({ hudhud, store }: HudhudWorld, channelId: string = ids.general) =>
  hudhud.selectors.selectMessages(store.getState(), channelId).map(({ content }) => content);

describe('a page that does not list a held message', () => {
  const second = async (rows: readonly unknown[]): Promise<readonly string[]> => {
    const world = await open(holding(messagesRoute));
    const { hudhud, store, platform } = world;
    for (const answer of [[row(1), row(2)], rows]) {
      store.dispatch(hudhud.actions.loadHistory(newest));
      await platform.settle();
      answerPage(world.asked(messagesRoute).at(-1), answer);
      await platform.settle();
      await platform.advance(10_000);
    }
    return textsOf(world);
  };

  it('takes it away', async () => {
    expect(await second([row(1)])).toEqual(['message 1']);
  });

  it('leaves it where a row was not understood: that may have been it', async () => {
    const bad = row(2, { message_id: '__proto__' });
    expect(await second([row(1), bad])).toEqual(['message 1', 'message 2']);
  });
});

describe('loading', () => {
  it('has one request per key under way', async () => {
    const world = await open(holding(messagesRoute));
    const { hudhud, store, platform } = world;
    store.dispatch(hudhud.actions.loadHistory(newest));
    store.dispatch(hudhud.actions.loadHistory(newest));
    store.dispatch(hudhud.actions.channelOpened({ channelId: ids.general }));
    await platform.settle();
    expect(world.asked(messagesRoute)).toHaveLength(1);
    const key = pageKey(ids.general, null, 'newest');
    expect(loadOf(world, key)).toEqual({ key, status: 'loading', code: null });
    answerPage(world.asked(messagesRoute)[0], [row(1)]);
    await platform.settle();
    expect(loadOf(world, key)).toBeNull();
    store.dispatch(hudhud.actions.loadHistory(newest));
    await platform.settle();
    expect(world.asked(messagesRoute)).toHaveLength(2);
  });

  it.each([
    ['UNAUTHORIZED', refuse(401)],
    ['NOT_FOUND', refuse(404)],
    ['RATE_LIMITED', refuse(429)],
    [
      'NETWORK',
      (request: ScriptedRequest) => {
        request.fail();
      },
    ],
    [
      'BAD_RESPONSE',
      (request: ScriptedRequest) => {
        request.json({ success: true });
      },
    ],
    ['TIMEOUT', () => undefined],
  ])('says why it failed: %s', async (code, route) => {
    const world = await open({ [messagesRoute]: route });
    world.store.dispatch(world.hudhud.actions.loadHistory(newest));
    await world.platform.advance(30_000);
    const key = pageKey(ids.general, null, 'newest');
    expect(loadOf(world, key)).toEqual({ key, status: 'failed', code });
    expect(textsOf(world)).toEqual([]);
  });

  it('reaches now only if one connection was open from before the request until the answer', async () => {
    const world = await open(holding(messagesRoute));
    const { hudhud, store, platform } = world;
    store.dispatch(hudhud.actions.loadHistory(newest));
    await platform.settle();
    world.stream().end();
    await platform.advance(2_000);
    expect(world.streams).toHaveLength(2);
    await world.push(initFrame());
    answerPage(world.asked(messagesRoute)[0], [row(1)]);
    await platform.settle();
    expect(textsOf(world)).toEqual(['message 1']);
    expect(infoOf(world).isLive).toBe(false);

    store.dispatch(hudhud.actions.loadHistory(newest));
    await platform.settle();
    answerPage(world.asked(messagesRoute)[1], [row(1)]);
    await platform.settle();
    expect(infoOf(world).isLive).toBe(true);
  });

  it('judges a channel that the main stream does not cover by its own stream', async () => {
    const world = createHudhudWorld({ routes: holding(messagesRoute) });
    const { hudhud, store, platform } = world;
    await enter(world);
    await world.push(initFrame([ids.random]));
    store.dispatch(hudhud.actions.watchChannel({ channelId: ids.general }));
    await platform.settle();
    expect(world.streams).toHaveLength(2);
    store.dispatch(hudhud.actions.loadHistory(newest));
    await platform.settle();
    // its own stream breaks and comes back while the main one stays
    world.stream().end();
    await platform.advance(2_000);
    expect(world.streams).toHaveLength(3);
    answerPage(world.asked(messagesRoute)[0], [row(1)]);
    await platform.settle();
    expect(infoOf(world).isLive).toBe(false);
    store.dispatch(channelUnwatchRequested({ channelId: ids.general }));
  });

  it('pages on from the edge, whose millisecond is asked for again', async () => {
    const world = await open(holding(messagesRoute));
    const { hudhud, store, platform } = world;
    store.dispatch(hudhud.actions.loadHistory(older));
    await platform.settle();
    answerPage(world.asked(messagesRoute)[0], [row(5), row(6)], true);
    await platform.settle();
    store.dispatch(hudhud.actions.loadHistory(older));
    await platform.settle();
    const { searchParams } = new URL(world.asked(messagesRoute)[1]?.url ?? '');
    expect(searchParams.get('before')).toBe(new Date(startMs - 3_600_000 + 5_001).toISOString());
    expect(searchParams.get('channelId')).toBe(ids.general);
    answerPage(world.asked(messagesRoute)[1], [row(4), row(5)]);
    await platform.settle();
    expect(textsOf(world)).toEqual(['message 4', 'message 5', 'message 6']);
    expect(infoOf(world).hasOlder).toBe(false);
    store.dispatch(hudhud.actions.loadHistory(older));
    await platform.settle();
    expect(world.asked(messagesRoute)).toHaveLength(2);
  });

  it('leaves a millisecond that is fuller than a page by a longer page', async () => {
    const at = { created_at: row(5).created_at };
    const world = createHudhudWorld({ routes: holding(messagesRoute), options: { pageSize: 2 } });
    const { hudhud, store, platform } = world;
    const limits = () =>
      world.asked(messagesRoute).map(({ url }) => new URL(url).searchParams.get('limit'));
    await enter(world);
    store.dispatch(hudhud.actions.loadHistory(newest));
    await platform.settle();
    answerPage(world.asked(messagesRoute)[0], [row(5), row(6, at)], true);
    await platform.settle();
    store.dispatch(hudhud.actions.loadHistory(older));
    await platform.settle();
    answerPage(world.asked(messagesRoute)[1], [row(5), row(6, at)], true);
    await platform.settle();
    expect(limits()).toEqual(['2', '2', '200']);
    answerPage(world.asked(messagesRoute)[2], [row(3), row(4, at), row(5), row(6, at)]);
    await platform.settle();
    expect(textsOf(world)).toEqual(['message 3', 'message 4', 'message 5', 'message 6']);
    expect(infoOf(world).hasOlder).toBe(false);
  });

  it('keeps rows that it did not understand in the quarantine', async () => {
    const world = await open(holding(messagesRoute));
    world.store.dispatch(world.hudhud.actions.loadHistory(newest));
    await world.platform.settle();
    answerPage(world.asked(messagesRoute)[0], [row(1), row(2, { message_id: '__proto__' })]);
    await world.platform.settle();
    expect(textsOf(world)).toEqual(['message 1']);
    expect(world.hudhud.getStatus().quarantine.at(-1)).toMatchObject({ reason: 'hostile_id' });
  });

  it('loads the members of a channel', async () => {
    const world = await open({
      [`GET /chat/channels/${ids.general}/members`]: (request) => {
        const members = [{ user_id: ids.omar, channel_id: ids.general, role: 'member' }];
        request.json({ success: true, data: { members } });
      },
    });
    const { hudhud, store, platform } = world;
    store.dispatch(hudhud.actions.loadMembers({ channelId: ids.general }));
    await platform.settle();
    expect(hudhud.selectors.selectMembers(store.getState(), ids.general)).toMatchObject([
      { userId: ids.omar, role: 'member' },
    ]);
  });
});

describe('loading a workspace', () => {
  it('lets the newest wish win over one that is under way', async () => {
    const randomRoute = 'GET /workspace/hudhud/random';
    const world = await open(holding(workspaceRoute, randomRoute));
    const { hudhud, store, platform } = world;
    store.dispatch(hudhud.actions.loadWorkspace(general));
    await platform.settle();
    store.dispatch(hudhud.actions.loadWorkspace(random));
    await platform.settle();
    const [first] = world.asked(workspaceRoute);
    expect(first?.isAborted()).toBe(true);
    const [second] = world.asked(randomRoute);
    const current = { channel_id: ids.random, name: 'random', slug: 'random' };
    second?.json(snapshotAnswer({ current_channel: current, messages: [] }));
    await platform.settle();
    expect(hudhud.selectors.selectCurrentChannelId(store.getState())).toBe(ids.random);
    expect(loadOf(world, workspaceKey)).toBeNull();
    expect(world.newTypes().filter((type) => type === 'load/failed')).toEqual([]);
  });

  it('asks once for the same one', async () => {
    const world = await open(holding(workspaceRoute));
    world.store.dispatch(world.hudhud.actions.loadWorkspace(general));
    world.store.dispatch(world.hudhud.actions.loadWorkspace(general));
    await world.platform.settle();
    expect(world.asked(workspaceRoute)).toHaveLength(1);
  });

  it('tells nothing of a session to the next one', async () => {
    const world = await open(holding(workspaceRoute, messagesRoute));
    const { hudhud, store, platform } = world;
    store.dispatch(hudhud.actions.loadWorkspace(general));
    store.dispatch(hudhud.actions.loadHistory(newest));
    await platform.settle();
    store.dispatch(sessionEnded({ reason: 'logout' }));
    const after = store.getState();
    world.asked(workspaceRoute)[0]?.json(snapshotAnswer());
    answerPage(world.asked(messagesRoute)[0], [row(1)]);
    await platform.settle();
    expect(store.getState()).toEqual(after);
    expect(textsOf(world)).toEqual([]);
    expect(platform.pending()).toEqual({ timers: 0, frames: 0, listeners: 0 });
  });

  it('does not tell a later session of a message that was being sent', async () => {
    const world = await open(holding('POST /chat/messages'));
    const { hudhud, store, platform } = world;
    store.dispatch(hudhud.actions.sendMessage({ channelId: ids.general, content: 'late' }));
    await platform.settle();
    store.dispatch(sessionEnded({ reason: 'logout' }));
    world.asked('POST /chat/messages')[0]?.json({ success: true, message: row(7) });
    await platform.settle();
    expect(textsOf(world)).toEqual([]);
  });

  it('drops what the stream had brought but not yet told', async () => {
    const world = await open();
    world.stream().push(messageFrame(1));
    await world.platform.settle();
    world.store.dispatch(sessionEnded({ reason: 'logout' }));
    await world.platform.advance(50);
    expect(textsOf(world)).toEqual([]);
    expect(world.hudhud.getStatus().counters.drops?.by).toEqual({ session_over: 1 });
  });

  it('ends with the client, and says so', async () => {
    const world = await open(holding(messagesRoute, workspaceRoute));
    const { hudhud, store, platform } = world;
    store.dispatch(hudhud.actions.loadHistory(newest));
    store.dispatch(hudhud.actions.loadWorkspace(general));
    await platform.settle();
    hudhud.stop();
    await platform.settle();
    expect(loadOf(world, workspaceKey)).toMatchObject({ status: 'failed', code: 'ABORTED' });
    expect(world.server.requests.filter((request) => request.isAborted())).toHaveLength(3);
    expect(platform.pending()).toEqual({ timers: 0, frames: 0, listeners: 0 });
  });
});
