import { describe, expect, it } from '@jest/globals';
import { conversationReceived, frameCommitted } from '../../src';
import type { ScriptedBody } from '../../src/testing';
import { nothingPending } from '../support/connectionSetup';
import {
  ids,
  initFrame,
  messageFrame,
  messageId,
  row,
  snapshotAnswer,
  typingFrame,
} from '../support/hudhudAnswers';
import type { HudhudWorld } from '../support/hudhudWorld';
import { createHudhudWorld, enter, streamRoute } from '../support/hudhudWorld';

const general = { projectSlug: 'hudhud', channelSlug: 'general' };
const workspaceRoute = 'GET /workspace/hudhud/general';

async function open(): Promise<HudhudWorld & { rows: unknown[] }> {
  const rows: unknown[] = [row(1), row(2)];
  const world = createHudhudWorld({
    routes: {
      [workspaceRoute]: (request) => {
        request.json(snapshotAnswer({ messages: rows }));
      },
    },
  });
  const { hudhud, store, platform } = world;
  await enter(world);
  await world.push(initFrame());
  store.dispatch(hudhud.actions.loadWorkspace(general));
  await platform.settle();
  store.dispatch(hudhud.actions.channelOpened({ channelId: ids.general }));
  await platform.settle();
  return { ...world, rows };
}

const infoOf = ({ hudhud, store }: HudhudWorld) =>
  hudhud.selectors.selectTimelineInfo(store.getState(), ids.general);
const textsOf = ({ hudhud, store }: HudhudWorld) =>
  hudhud.selectors.selectMessages(store.getState(), ids.general).map(({ content }) => content);

describe('a break', () => {
  it('ends what was live, and a refill closes the gap with what was written, edited and deleted meanwhile', async () => {
    const world = await open();
    await world.push(messageFrame(3), messageFrame(4), typingFrame(ids.omar));
    await world.platform.advance(10_000);
    world.stream().fail();
    await world.platform.settle();
    expect(infoOf(world)).toMatchObject({ isLive: false, gaps: [] });
    expect(world.hudhud.selectors.selectIsPresenceStale(world.store.getState())).toBe(true);
    expect(textsOf(world)).toHaveLength(4);

    // 3 is deleted, 4 is edited, 5 is new
    world.rows.push(row(4, { content: 'edited', edited_at: row(60).created_at }), row(5));
    await world.platform.advance(2_000);
    await world.push(initFrame());
    expect(infoOf(world)).toEqual({
      ...{ isKnown: true, isLive: true, hasOlder: false, hasNewer: false, gaps: [] },
    });
    expect(textsOf(world)).toEqual(['message 1', 'message 2', 'edited', 'message 5']);
    expect(world.asked(workspaceRoute)).toHaveLength(2);
    expect(world.asked('GET /chat/messages')).toHaveLength(0);
  });

  it('of which the refill fails leaves a gap marker, and the next break tries again', async () => {
    let isBroken = false;
    const world = createHudhudWorld({
      routes: {
        'GET /chat/messages': (request) => {
          if (isBroken) request.fail();
          else request.json({ success: true, messages: [row(1)], has_more: false });
        },
      },
    });
    const { hudhud, store, platform } = world;
    await enter(world);
    await world.push(initFrame());
    store.dispatch(hudhud.actions.channelOpened({ channelId: ids.general }));
    await platform.settle();
    isBroken = true;
    world.stream().fail();
    await platform.advance(2_000);
    await world.push(initFrame(), messageFrame(9));
    expect(infoOf(world).gaps).toHaveLength(1);
    isBroken = false;
    world.stream().fail();
    await platform.advance(5_000);
    await world.push(initFrame());
    expect(textsOf(world)).toContain('message 1');
    expect(infoOf(world)).toMatchObject({ isLive: true, gaps: [] });
  });
});

describe('a superseded connection (L12)', () => {
  it('has no effect by the bytes that it still sends', async () => {
    const world = await open();
    const old = world.stream();
    world.hudhud.stop();
    world.hudhud.start();
    await world.platform.settle();
    expect(world.streams).toHaveLength(2);
    const before = textsOf(world);
    old.push(messageFrame(7));
    await world.push(initFrame());
    expect(textsOf(world)).toEqual(before);
    expect(world.hudhud.getStatus().connections).toMatchObject([{ epoch: 2, phase: 'open' }]);
  });

  it('has no effect by its actions', async () => {
    const world = await open();
    world.stream().fail();
    await world.platform.advance(2_000);
    await world.push(initFrame());
    const before = world.store.getState();
    const stale = { stream: 'main', epoch: 1, ordinal: 99, receivedAt: 1 } as const;
    const late = { id: messageId(8), channelId: ids.general };
    world.store.dispatch(
      conversationReceived({
        ...stale,
        viewerId: null,
        events: [{ type: 'channel_message', op: 'create', message: late }],
      }),
    );
    const counts = { events: 1, rejected: 0 };
    world.store.dispatch(frameCommitted({ ...stale, lastEventId: 'late', counts }));
    expect(world.store.getState()).toBe(before);
  });
});

describe('starting and stopping', () => {
  it('start, stop, start at once is one stream', async () => {
    const world = createHudhudWorld();
    const login = world.hudhud.auth.login({ username: 'lina', password: 'x' });
    await world.platform.settle();
    await login;
    world.hudhud.start();
    world.hudhud.stop();
    world.hudhud.start();
    await world.platform.settle();
    expect(world.asked(streamRoute)).toHaveLength(1);
    await world.push(initFrame(), messageFrame(1));
    expect(textsOf(world)).toEqual(['message 1']);
  });

  it('stop leaves nothing: no timer, no listener, no request, no open body (L18)', async () => {
    const world = await open();
    const { hudhud, store, platform } = world;
    store.dispatch(hudhud.actions.watchChannel({ channelId: ids.random }));
    await platform.settle();
    await world.push(typingFrame(ids.omar));
    world.stream().push(messageFrame(4));
    await platform.settle();
    hudhud.stop();
    expect(platform.pending()).toEqual(nothingPending);
    await platform.settle();
    expect(world.server.openBodies()).toBe(0);
    // what had come is told; nothing comes after
    expect(textsOf(world)).toContain('message 4');
    const [requests, actions] = [world.server.requests.length, world.actions.length];
    platform.setOnline(false);
    platform.setOnline(true);
    platform.setVisible(false);
    platform.setVisible(true);
    await platform.advance(10 * 60_000);
    expect(world.server.requests).toHaveLength(requests);
    expect(world.actions).toHaveLength(actions);
  });

  it('a handler may stop the client', async () => {
    const world = await open();
    const { hudhud, platform } = world;
    hudhud.subscribe('channel_message', () => {
      hudhud.stop();
    });
    await world.push(messageFrame(3), messageFrame(4));
    expect(textsOf(world)).toContain('message 4');
    expect(platform.pending()).toEqual(nothingPending);
  });
});

describe('time travel (L19)', () => {
  it('a whole session replayed into the reducer gives the same state and sends nothing', async () => {
    const world = await open();
    await world.push(messageFrame(3), typingFrame(ids.omar));
    await world.platform.advance(6_000);
    world.stream().fail();
    await world.platform.advance(2_000);
    await world.push(initFrame(), messageFrame(5));
    const requests = world.server.requests.length;
    const bodies: readonly ScriptedBody[] = [...world.streams];
    const { reducer } = world.hudhud;
    const replayed = world.actions.reduce(reducer, reducer(undefined, { type: '@@start' }));
    expect(replayed).toEqual(world.store.getState()['hudhud']);
    await world.platform.advance(1_000);
    expect(world.server.requests).toHaveLength(requests);
    expect(world.streams).toEqual(bodies);
  });
});
