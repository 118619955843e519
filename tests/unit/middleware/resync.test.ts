import { describe, expect, it } from '@jest/globals';
import type { ScriptedRequest } from '../../../src/testing';
import { frame, ids, initFrame, row, snapshotAnswer } from '../../support/hudhudAnswers';
import type { HudhudWorld, Routes } from '../../support/hudhudWorld';
import { createHudhudWorld, enter } from '../../support/hudhudWorld';

const messagesRoute = 'GET /chat/messages';
const workspaceRoute = 'GET /workspace/hudhud/general';
const general = { projectSlug: 'hudhud', channelSlug: 'general' };

const channelOf = ({ url }: ScriptedRequest) => new URL(url).searchParams.get('channelId');

const pages: Routes = {
  [messagesRoute]: (request) => {
    request.json({
      success: true,
      messages: [row(1, { channel_id: channelOf(request) })],
      has_more: false,
    });
  },
};

async function reconnect(world: HudhudWorld): Promise<void> {
  world.stream().end();
  await world.platform.advance(2_000);
  await world.push(initFrame());
}

async function open(routes: Routes = pages): Promise<HudhudWorld> {
  const world = createHudhudWorld({ routes });
  await enter(world);
  await world.push(initFrame());
  return world;
}

const isLive = ({ hudhud, store }: HudhudWorld, channelId: string) =>
  hudhud.selectors.selectTimelineInfo(store.getState(), channelId).isLive;

describe('after a reconnect', () => {
  it('what is on screen is read again by one request, where a workspace has it', async () => {
    const world = await open();
    const { hudhud, store, platform } = world;
    store.dispatch(hudhud.actions.loadWorkspace(general));
    await platform.settle();
    store.dispatch(hudhud.actions.channelOpened({ channelId: ids.general }));
    await platform.settle();
    expect(world.asked(messagesRoute)).toHaveLength(0);
    await reconnect(world);
    expect(world.asked(workspaceRoute)).toHaveLength(2);
    expect(world.asked(messagesRoute)).toHaveLength(0);
    expect(isLive(world, ids.general)).toBe(true);
  });

  it('every other open channel is read by a request of its own, and closed ones by none', async () => {
    const world = await open();
    const { hudhud, store, platform } = world;
    store.dispatch(hudhud.actions.channelOpened({ channelId: ids.general }));
    store.dispatch(hudhud.actions.channelOpened({ channelId: ids.random }));
    store.dispatch(hudhud.actions.channelOpened({ channelId: ids.random }));
    store.dispatch(hudhud.actions.channelClosed({ channelId: ids.random }));
    await platform.settle();
    expect(world.asked(messagesRoute)).toHaveLength(2);
    await reconnect(world);
    expect(world.asked(messagesRoute).slice(2).map(channelOf).sort()).toEqual(
      [ids.general, ids.random].sort(),
    );
    store.dispatch(hudhud.actions.channelClosed({ channelId: ids.random }));
    await reconnect(world);
    expect(world.asked(messagesRoute).slice(4).map(channelOf)).toEqual([ids.general]);
  });

  it('the workspace is asked for the channel that was opened last', async () => {
    const world = await open({
      ...pages,
      'GET /workspace/hudhud/random': (request) => {
        request.json(snapshotAnswer());
      },
    });
    const { hudhud, store, platform } = world;
    store.dispatch(hudhud.actions.loadWorkspace(general));
    await platform.settle();
    store.dispatch(hudhud.actions.channelOpened({ channelId: ids.random }));
    await platform.settle();
    await reconnect(world);
    expect(world.asked('GET /workspace/hudhud/random')).toHaveLength(1);
    expect(world.asked(workspaceRoute)).toHaveLength(1);
  });

  it('a wish for another channel that is under way is not replaced by the old one', async () => {
    const world = await open({ ...pages, 'GET /workspace/hudhud/random': () => undefined });
    const { hudhud, store, platform } = world;
    store.dispatch(hudhud.actions.loadWorkspace(general));
    await platform.settle();
    store.dispatch(hudhud.actions.channelOpened({ channelId: ids.general }));
    store.dispatch(hudhud.actions.loadWorkspace({ ...general, channelSlug: 'random' }));
    await platform.settle();
    await reconnect(world);
    expect(world.asked(workspaceRoute)).toHaveLength(1);
    expect(world.asked('GET /workspace/hudhud/random')[0]?.isAborted()).toBe(false);
  });
});

describe('the first connection', () => {
  it('follows up what was asked for before it', async () => {
    const held: ScriptedRequest[] = [];
    const world = createHudhudWorld({
      routes: {
        [workspaceRoute]: (request) => {
          held.push(request);
        },
      },
    });
    const { hudhud, store, platform } = world;
    const login = hudhud.auth.login({ username: 'lina', password: 'x' });
    await platform.settle();
    await login;
    store.dispatch(hudhud.actions.loadWorkspace(general));
    await platform.settle();
    hudhud.start();
    await platform.settle();
    expect(held).toHaveLength(1);
    held[0]?.json(snapshotAnswer());
    await platform.settle();
    // the answer is shown, but what was said between it and the stream is not known
    expect(isLive(world, ids.general)).toBe(false);
    expect(held).toHaveLength(2);
    held[1]?.json(snapshotAnswer());
    await platform.settle();
    expect(isLive(world, ids.general)).toBe(true);
  });

  it('asks nothing where nothing is on screen', async () => {
    const world = await open();
    expect(world.server.requests).toHaveLength(2); // login and stream
  });
});

describe('the viewer becoming a member', () => {
  const joined = (userId: string, channelId: string) =>
    frame('channel_event', { action: 'member_joined', channelId, userId, username: 'x' });
  const elsewhere = '6a419d85-ce8a-4f32-9daa-316ec07f5e05';

  it('reads the workspace again for a channel that is not in the list', async () => {
    const world = await open();
    world.store.dispatch(world.hudhud.actions.loadWorkspace(general));
    await world.platform.settle();
    await world.push(joined(ids.omar, elsewhere), joined(ids.me, ids.general));
    expect(world.asked(workspaceRoute)).toHaveLength(1);
    await world.push(joined(ids.me, elsewhere));
    expect(world.asked(workspaceRoute)).toHaveLength(2);
  });

  it('asks nothing where no workspace is shown', async () => {
    const world = await open();
    await world.push(joined(ids.me, elsewhere));
    expect(world.asked(workspaceRoute)).toHaveLength(0);
  });
});

describe("a channel's own stream", () => {
  it('has its open channel read when it opens, and when it is let go', async () => {
    const world = await open();
    const { hudhud, store, platform } = world;
    store.dispatch(hudhud.actions.channelOpened({ channelId: ids.general }));
    await platform.settle();
    store.dispatch(hudhud.actions.watchChannel({ channelId: ids.general }));
    await platform.settle();
    expect(isLive(world, ids.general)).toBe(true);
    store.dispatch(hudhud.actions.unwatchChannel({ channelId: ids.general }));
    await platform.settle();
    expect(isLive(world, ids.general)).toBe(true);
  });
});

describe('a membership that comes back', () => {
  const membership = (action: string) =>
    frame('channel_event', { action, channelId: ids.general, userId: ids.me });

  it('has what was said meanwhile read, where the channel is on screen', async () => {
    let count = 1;
    const world = await open({
      [messagesRoute]: (request) => {
        const messages = Array.from({ length: count }, (_, i) => row(i + 1));
        request.json({ success: true, messages, has_more: false });
      },
    });
    const { hudhud, store, platform } = world;
    const shown = () => hudhud.selectors.selectTimeline(store.getState(), ids.general).length;
    store.dispatch(hudhud.actions.channelOpened({ channelId: ids.general }));
    await platform.settle();
    await world.push(membership('member_left'));
    expect(isLive(world, ids.general)).toBe(false);
    count = 3;
    await world.push(membership('member_joined'));
    await platform.settle();
    expect(shown()).toBe(3);
    expect(world.asked(messagesRoute)).toHaveLength(2);
  });

  it('has nothing read where nobody looks, or where somebody else came back', async () => {
    const world = await open();
    const { hudhud, store, platform } = world;
    await world.push(membership('member_left'), membership('member_joined'));
    store.dispatch(hudhud.actions.channelOpened({ channelId: ids.random }));
    await platform.settle();
    const { length } = world.asked(messagesRoute);
    const others = { action: 'member_joined', channelId: ids.random, userId: ids.omar };
    await world.push(frame('channel_event', others));
    await platform.settle();
    expect(world.asked(messagesRoute)).toHaveLength(length);
  });
});
