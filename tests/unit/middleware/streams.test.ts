import { describe, expect, it } from '@jest/globals';
import { sessionEnded } from '../../../src';
import { nothingPending } from '../../support/connectionSetup';
import { ids, initFrame, refuse, success } from '../../support/hudhudAnswers';
import { createHudhudWorld, enter, streamRoute } from '../../support/hudhudWorld';

const channelStream = `${streamRoute}/channel/${ids.general}`;

const phaseOf = ({ hudhud, store }: ReturnType<typeof createHudhudWorld>) =>
  hudhud.selectors.selectConnectionPhase(store.getState());

describe('the main stream', () => {
  it('is one, however often it is started', async () => {
    const world = createHudhudWorld();
    await enter(world);
    world.hudhud.start();
    world.hudhud.start();
    await world.platform.settle();
    expect(world.asked(streamRoute)).toHaveLength(1);
    expect(world.hudhud.getStatus().connections).toHaveLength(1);
  });

  it('leaves nothing when it is stopped, in whatever phase', async () => {
    for (const wait of [0, 1, 50, 500, 5_000]) {
      const world = createHudhudWorld({ routes: { [streamRoute]: refuse(503) } });
      await enter(world);
      await world.platform.advance(wait);
      world.hudhud.stop();
      await world.platform.settle();
      expect(world.platform.pending()).toEqual(nothingPending);
      expect(phaseOf(world)).toBe('idle');
      const asked = world.server.requests.length;
      await world.platform.advance(60_000);
      expect(world.server.requests).toHaveLength(asked);
    }
  });

  it('does not exist with realtime off', async () => {
    const world = createHudhudWorld({ options: { flags: { enableRealtime: false } } });
    const { hudhud, store, platform } = world;
    await enter(world);
    store.dispatch(hudhud.actions.watchChannel({ channelId: ids.general }));
    await platform.settle();
    expect(world.streams).toHaveLength(0);
    expect(hudhud.selectors.selectConnectionStatus(store.getState())).toBe('disconnected');
    expect(platform.pending()).toEqual(nothingPending);
    // requests go on working
    store.dispatch(hudhud.actions.loadWorkspace({ projectSlug: 'hudhud', channelSlug: 'general' }));
    await platform.settle();
    expect(hudhud.selectors.selectMessages(store.getState(), ids.general)).toHaveLength(2);
  });

  it('tries again by start after it gave up', async () => {
    let isUp = false;
    const world = createHudhudWorld({
      routes: {
        [streamRoute]: (request) => {
          if (isUp) request.stream();
          else refuse(404)(request);
        },
      },
    });
    await enter(world);
    expect(phaseOf(world)).toBe('failed');
    isUp = true;
    world.hudhud.start();
    await world.platform.settle();
    expect(phaseOf(world)).toBe('open');
  });

  it('tries again now when asked to', async () => {
    let tries = 0;
    const world = createHudhudWorld({
      routes: {
        [streamRoute]: (request) => {
          tries += 1;
          if (tries > 1) request.stream();
          else refuse(503)(request);
        },
      },
    });
    await enter(world);
    expect(phaseOf(world)).toBe('waiting');
    world.store.dispatch(world.hudhud.actions.retryConnection());
    await world.platform.settle();
    expect(phaseOf(world)).toBe('open');
  });
});

describe('sessions and the stream', () => {
  it('started before sign-in, it opens with the session', async () => {
    const world = createHudhudWorld();
    world.hudhud.start();
    await world.platform.settle();
    expect(phaseOf(world)).toBe('authRequired');
    await enter(world);
    expect(phaseOf(world)).toBe('open');
    expect(world.asked(streamRoute)).toHaveLength(1);
  });

  it('closes with the session and opens with the next, without a new start', async () => {
    const world = createHudhudWorld();
    await enter(world);
    await world.push(initFrame());
    await world.hudhud.auth.logout();
    expect(phaseOf(world)).toBe('idle');
    expect(world.platform.pending()).toEqual(nothingPending);
    await world.hudhud.auth.login({ username: 'lina', password: 'x' });
    await world.platform.settle();
    expect(phaseOf(world)).toBe('open');
  });

  it('stays closed in the next session if it was stopped', async () => {
    const world = createHudhudWorld();
    await enter(world);
    await world.hudhud.auth.logout();
    world.hudhud.stop();
    await world.hudhud.auth.login({ username: 'lina', password: 'x' });
    await world.platform.settle();
    expect(phaseOf(world)).toBe('idle');
  });

  it('a host that ends sessions by itself starts it again', async () => {
    const world = createHudhudWorld();
    await enter(world);
    world.store.dispatch(sessionEnded({ reason: 'logout' }));
    await world.platform.settle();
    expect(phaseOf(world)).toBe('idle');
    world.hudhud.start();
    await world.platform.settle();
    expect(phaseOf(world)).toBe('open');
  });
});

describe("channels' own streams", () => {
  it('are one per channel, until the last watcher lets go', async () => {
    const world = createHudhudWorld();
    const { hudhud, store, platform } = world;
    const ref = { channelId: ids.general };
    await enter(world);
    store.dispatch(hudhud.actions.watchChannel(ref));
    store.dispatch(hudhud.actions.watchChannel(ref));
    await platform.settle();
    expect(world.asked(channelStream)).toHaveLength(1);
    store.dispatch(hudhud.actions.unwatchChannel(ref));
    await platform.settle();
    expect(world.streams[1]?.isOpen()).toBe(true);
    store.dispatch(hudhud.actions.unwatchChannel(ref));
    store.dispatch(hudhud.actions.unwatchChannel(ref));
    await platform.settle();
    expect(world.streams[1]?.isOpen()).toBe(false);
    expect(world.streams[0]?.isOpen()).toBe(true);
    expect(hudhud.getStatus().connections.map(({ stream }) => stream)).toEqual(['main']);
  });

  it('are kept in mind while the client is stopped', async () => {
    const world = createHudhudWorld();
    const { hudhud, store, platform } = world;
    await enter(world);
    hudhud.stop();
    store.dispatch(hudhud.actions.watchChannel({ channelId: ids.general }));
    await platform.settle();
    expect(world.asked(channelStream)).toHaveLength(0);
    hudhud.start();
    await platform.settle();
    expect(world.asked(channelStream)).toHaveLength(1);
    hudhud.stop();
    await platform.settle();
    expect(platform.pending()).toEqual(nothingPending);
    expect(world.server.openBodies()).toBe(0);
  });

  it('have addresses in which nothing of an id can break out', async () => {
    const world = createHudhudWorld({ routes: { 'POST /auth/logout': success } });
    await enter(world);
    world.store.dispatch(world.hudhud.actions.watchChannel({ channelId: '../x?y#z' }));
    await world.platform.settle();
    expect(world.server.last().url).toBe(
      'https://hudhud.test/api/realtime/stream/channel/..%2Fx%3Fy%23z',
    );
  });
});
