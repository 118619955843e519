import { describe, expect, it } from '@jest/globals';
import { nothingPending } from '../support/connectionSetup';
import { ids, messageFrame } from '../support/hudhudAnswers';
import type { HudhudWorld } from '../support/hudhudWorld';
import { createHudhudWorld, enter, streamRoute } from '../support/hudhudWorld';

const metricsOf = ({ hudhud }: HudhudWorld) => hudhud.getStatus().metrics;
const isoIn = ({ platform }: HudhudWorld, ms: number): string =>
  new Date(platform.clock.now() + ms).toISOString();

describe('metrics', () => {
  it('tell nothing that was not measured', async () => {
    const world = createHudhudWorld();
    await enter(world);
    expect(metricsOf(world)).toMatchObject({
      connectionSuccessRate: 1,
      activeConnections: 1,
      reconnectMs: null,
      deliveryMs: null,
      processingMs: null,
      errors: { connections: 0, authentication: 0, deliveries: 0, parsing: 0 },
    });
  });

  it('tell how long it took to come back, and how often it did not work', async () => {
    let refusals = 0;
    const world = createHudhudWorld({
      routes: {},
      options: { connection: { initialDelayMs: 1_000, maxDelayMs: 1_000 } },
    });
    await enter(world);
    await world.push(messageFrame(1));
    world.stream().fail();
    await world.platform.settle();
    while (metricsOf(world).activeConnections === 0 && refusals++ < 100) {
      await world.platform.advance(100);
    }
    const { reconnectMs } = metricsOf(world);
    expect(reconnectMs?.count).toBe(1);
    expect(reconnectMs?.max).toBeGreaterThan(0);
    expect(reconnectMs?.max).toBe(world.hudhud.getStatus().counters.outageMs?.total);
  });

  it('count a try that is refused, and whether it was for want of a session', async () => {
    const world = createHudhudWorld({
      routes: {
        [streamRoute]: (request) => {
          request.json({ success: false }, { status: 401 });
        },
      },
    });
    await world.hudhud.auth.login({ username: 'lina', password: 'p' });
    world.hudhud.start();
    await world.platform.settle();
    expect(metricsOf(world)).toMatchObject({
      connectionSuccessRate: 0,
      activeConnections: 0,
      errors: { connections: 1, authentication: 1 },
    });
  });

  it('tell the delivery by the clock of the server, and not of what is older than the stream', async () => {
    const world = createHudhudWorld();
    await enter(world);
    const aheadMs = 3_600_000;
    await world.platform.advance(5_000);
    // 16 ms until it is taken in: the fastest counts as at once
    await world.push(messageFrame(1, { created_at: isoIn(world, aheadMs) }));
    // before the stream opened
    await world.push(messageFrame(2, { created_at: isoIn(world, aheadMs - 60_000) }));
    await world.push(messageFrame(3, { created_at: isoIn(world, aheadMs - 400) }));
    const { deliveryMs, clockSkewMs, processingMs } = metricsOf(world);
    expect(deliveryMs).toMatchObject({ count: 2, max: 400 });
    expect(Math.abs((clockSkewMs ?? NaN) - aheadMs)).toBeLessThanOrEqual(20);
    expect(processingMs?.count).toBe(3);
  });

  it('count a wish that fails', async () => {
    const world = createHudhudWorld({
      routes: {
        'POST /chat/messages': (request) => {
          request.json({ success: false, error: { code: 'FORBIDDEN' } }, { status: 403 });
        },
      },
    });
    await enter(world);
    const { actions } = world.hudhud;
    world.store.dispatch(actions.sendMessage({ channelId: ids.general, content: 'hello' }));
    await world.platform.settle();
    expect(metricsOf(world).errors.deliveries).toBe(1);
  });
});

describe('sampled metrics', () => {
  const isSample = (type: string): boolean => type === 'metrics/sampled';

  it('are not in the state unless they are asked for', async () => {
    const world = createHudhudWorld();
    await enter(world);
    for (let i = 1; i <= 3; i++) {
      await world.push(messageFrame(i));
      await world.platform.advance(6_000);
    }
    expect(world.newTypes().filter(isSample)).toEqual([]);
    expect(world.hudhud.selectors.selectMetrics(world.store.getState())).toBeNull();
  });

  it('come at most every 5 s, and only while something happens', async () => {
    const world = createHudhudWorld({ options: { sampleMetrics: true } });
    await enter(world);
    world.newTypes();
    for (let i = 1; i <= 99; i++) {
      await world.push(messageFrame(i));
      await world.platform.advance(80);
    }
    // not quite ten seconds
    expect(world.newTypes().filter(isSample)).toHaveLength(2);
    await world.platform.advance(5_000);
    expect(world.newTypes().filter(isSample)).toHaveLength(1);
    await world.platform.advance(20_000);
    expect(world.newTypes().filter(isSample)).toEqual([]);
    const { selectors } = world.hudhud;
    expect(selectors.selectMetrics(world.store.getState())).toMatchObject({
      activeConnections: 1,
      processingMs: { count: 99 },
    });
    await world.push(messageFrame(101));
    world.hudhud.stop();
    await world.platform.settle();
    expect(world.platform.pending()).toEqual(nothingPending);
  });
});
