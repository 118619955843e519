import { describe, expect, it } from '@jest/globals';

import type { ScriptedRequest } from '../../../src/testing';
import { HudhudError } from '../../../src/errors';
import { nothingPending, pingFrame, setUpConnection } from '../../support/connectionSetup';

type Setup = ReturnType<typeof setUpConnection>;

const refuse = (status: number) => (request: ScriptedRequest) => {
  request.json({ success: false }, { status });
};

async function open(options: Parameters<typeof setUpConnection>[0] = {}) {
  const setup = setUpConnection(options);
  setup.connection.start();
  await setup.platform.settle();
  const body = setup.server.last().stream();
  await setup.platform.settle();
  return { ...setup, body };
}

const wakeUps: readonly [string, (setup: Pick<Setup, 'platform'>) => Promise<void>][] = [
  [
    'the network comes back',
    async ({ platform }) => {
      platform.setOnline(false);
      platform.setOnline(true);
      await platform.settle();
    },
  ],
  [
    'the page comes into view',
    async ({ platform }) => {
      platform.setVisible(false);
      platform.setVisible(true);
      await platform.settle();
    },
  ],
  [
    'the page comes back from the cache',
    async ({ platform }) => {
      platform.setCached(true);
      platform.setCached(false);
      await platform.settle();
    },
  ],
  [
    'the machine has slept',
    async ({ platform }) => {
      platform.jumpClock(3_600_000);
      await platform.advance(15_000);
    },
  ],
];

describe('a connection that gave up', () => {
  it.each(wakeUps)('tries again when %s, with all its attempts', async (_name, wake) => {
    const setup = setUpConnection({
      answer: refuse(503),
      tuning: { maxReconnectAttempts: 2, probeMs: Infinity },
    });
    const { server, platform, connection } = setup;
    connection.start();
    await platform.advance(30_000);
    expect(connection.getSnapshot().phase).toBe('failed');
    expect(server.requests).toHaveLength(3);
    await wake(setup);
    expect(server.requests.length).toBeGreaterThan(3);
    await platform.advance(30_000);
    expect(server.requests).toHaveLength(6);
    expect(connection.getSnapshot()).toMatchObject({ phase: 'failed', attempt: 2 });
    connection.stop();
    expect(platform.pending()).toEqual(nothingPending);
  });

  it.each(wakeUps)('tries again after a final answer, too, when %s', async (_name, wake) => {
    const setup = setUpConnection({ answer: refuse(404), tuning: { probeMs: Infinity } });
    setup.connection.start();
    await setup.platform.settle();
    await wake(setup);
    expect(setup.server.requests).toHaveLength(2);
    expect(setup.connection.getSnapshot().phase).toBe('failed');
    setup.connection.stop();
  });

  it('says that it is the network, while there is none', async () => {
    const { platform, connection } = setUpConnection({ answer: refuse(404) });
    connection.start();
    await platform.settle();
    platform.setOnline(false);
    expect(connection.getSnapshot()).toMatchObject({ phase: 'offline', nextRetryAt: null });
    connection.stop();
    expect(platform.pending()).toEqual(nothingPending);
  });
});

describe('a connection that waits for a sign-in', () => {
  it.each(wakeUps)('looks for another token when %s', async (_name, wake) => {
    let token: string | null = null;
    const setup = setUpConnection({ source: { getToken: () => token } });
    const { server, connection, changes } = setup;
    connection.start();
    await setup.platform.settle();
    const told = changes.length;
    await wake(setup);
    // the state does not flicker: there is nothing to try with
    expect(changes).toHaveLength(told);
    token = 't0k';
    await wake(setup);
    expect(server.requests).toHaveLength(1);
    connection.stop();
    await setup.platform.settle();
    expect(setup.platform.pending()).toEqual(nothingPending);
  });

  it('does not try again with the token that was refused', async () => {
    let token = 'old';
    const { server, platform, connection } = setUpConnection({
      answer: refuse(401),
      source: { getToken: () => token },
    });
    connection.start();
    await platform.settle();
    platform.setVisible(false);
    platform.setVisible(true);
    await platform.settle();
    expect(server.requests).toHaveLength(1);
    token = 'other';
    platform.setVisible(false);
    platform.setVisible(true);
    await platform.settle();
    expect(server.requests).toHaveLength(2);
    connection.stop();
  });

  it('goes on trying where it cannot know whether there is one', async () => {
    let isBroken = false;
    const { platform, connection } = setUpConnection({
      source: {
        getToken: () =>
          isBroken ? Promise.reject(new HudhudError('NETWORK', 'down')) : Promise.resolve(null),
      },
    });
    connection.start();
    await platform.settle();
    isBroken = true;
    platform.setVisible(false);
    platform.setVisible(true);
    await platform.settle();
    expect(connection.getSnapshot()).toMatchObject({
      phase: 'waiting',
      error: { code: 'NETWORK' },
    });
    connection.stop();
    expect(platform.pending()).toEqual(nothingPending);
  });

  it('does nothing of the kind once it is stopped', async () => {
    let give: (token: string) => void = () => undefined;
    let asked = 0;
    const { server, platform, connection } = setUpConnection({
      source: {
        getToken() {
          asked += 1;
          return asked === 1 ? null : new Promise<string>((resolve) => (give = resolve));
        },
      },
    });
    connection.start();
    await platform.settle();
    platform.setVisible(false);
    platform.setVisible(true);
    await platform.settle();
    connection.stop();
    give('late');
    await platform.advance(60_000);
    expect(server.requests).toHaveLength(0);
    expect(platform.pending()).toEqual(nothingPending);
  });

  it('is what becomes of an open one when others find out that the session is over', async () => {
    const { platform, connection, body, batches } = await open();
    body.push(pingFrame);
    await platform.settle();
    connection.authLost();
    expect(batches).toHaveLength(1);
    expect(connection.getSnapshot()).toMatchObject({
      phase: 'authRequired',
      openedAt: null,
      lostAt: platform.clock.now(),
      error: { code: 'UNAUTHORIZED' },
    });
    await platform.settle();
    expect(body.isOpen()).toBe(false);
    connection.authLost();
    connection.stop();
    connection.authLost();
    expect(connection.getSnapshot().phase).toBe('idle');
    expect(platform.pending()).toEqual(nothingPending);
  });
});

describe('an open stream, and what may have killed it unheard', () => {
  it.each([wakeUps[0], wakeUps[3]].flatMap((wake) => (wake === undefined ? [] : [wake])))(
    'has ten seconds to show that it lives when %s',
    async (_name, wake) => {
      const setup = await open({ tuning: { idleTimeoutMs: 7_200_000 } });
      await wake(setup);
      await setup.platform.advance(9_999);
      expect(setup.connection.getSnapshot().phase).toBe('open');
      await setup.platform.advance(1);
      expect(setup.connection.getSnapshot()).toMatchObject({
        phase: 'waiting',
        error: { code: 'TIMEOUT' },
      });
      setup.connection.stop();
    },
  );

  it('has as long when the network goes, and is offline then', async () => {
    const { platform, connection } = await open();
    platform.setOnline(false);
    await platform.advance(9_999);
    expect(connection.getSnapshot().phase).toBe('open');
    await platform.advance(1);
    expect(connection.getSnapshot()).toMatchObject({ phase: 'offline', attempt: 0 });
    connection.stop();
    expect(platform.pending()).toEqual(nothingPending);
  });

  it('is believed more than a browser that says that the network is gone', async () => {
    const { platform, connection, body } = await open();
    platform.setOnline(false);
    for (let i = 0; i < 10; i += 1) {
      body.push(pingFrame);
      await platform.advance(9_000);
    }
    expect(connection.getSnapshot().phase).toBe('open');
    connection.stop();
  });

  it('is left alone when any byte comes in time', async () => {
    const { platform, connection, body } = await open();
    platform.setOnline(false);
    platform.setOnline(true);
    await platform.advance(9_000);
    body.push(': here\n');
    await platform.advance(74_999);
    expect(connection.getSnapshot().phase).toBe('open');
    await platform.advance(1);
    expect(connection.getSnapshot().phase).toBe('waiting');
    connection.stop();
  });

  it('is not doubted because the page comes into view', async () => {
    const { platform, connection } = await open();
    platform.setVisible(false);
    platform.setVisible(true);
    await platform.advance(74_999);
    expect(connection.getSnapshot().phase).toBe('open');
    connection.stop();
  });

  it.each([
    ['pings', pingFrame],
    ['comments', ': ping\n\n'],
  ])('is given up as soon as its server has missed two %s (D1, D2)', async (_name, text) => {
    const { platform, connection, body } = await open();
    for (let i = 0; i < 10; i += 1) {
      body.push(text);
      await platform.advance(10_000);
    }
    expect(connection.getSnapshot().phase).toBe('open');
    await platform.advance(14_999);
    expect(connection.getSnapshot().phase).toBe('open');
    await platform.advance(1);
    expect(connection.getSnapshot()).toMatchObject({
      phase: 'waiting',
      error: { code: 'TIMEOUT' },
    });
    connection.stop();
    expect(platform.pending()).toEqual(nothingPending);
  });

  it('is given more time where its server never pings', async () => {
    const { server, platform, connection } = await open({ tuning: { maxDelayMs: 0 } });
    await platform.advance(75_000);
    expect(server.requests).toHaveLength(2);
    server.last().stream();
    await platform.advance(149_999);
    expect(server.requests).toHaveLength(2);
    await platform.advance(2);
    expect(server.requests).toHaveLength(3);
    connection.stop();
  });
});

describe('the back/forward cache', () => {
  it('gets a page without a stream or a timer, and the stream comes back with the page', async () => {
    const { server, platform, connection, body, batches, phases } = await open();
    body.push(pingFrame);
    await platform.settle();
    platform.setCached(true);
    await platform.settle();
    expect(batches).toHaveLength(1);
    expect(body.isOpen()).toBe(false);
    expect(connection.getSnapshot()).toMatchObject({ phase: 'suspended', openedAt: null });
    // what happens around a page that is not there starts nothing
    platform.setVisible(false);
    platform.setVisible(true);
    platform.setOnline(false);
    platform.setOnline(true);
    await platform.advance(120_000);
    expect(server.requests).toHaveLength(1);
    platform.setCached(false);
    await platform.settle();
    expect(server.requests).toHaveLength(2);
    server.last().stream();
    await platform.settle();
    expect(phases()).toEqual(['connecting', 'open', 'suspended', 'connecting', 'open']);
    connection.stop();
    expect(platform.pending()).toEqual(nothingPending);
  });

  it('ends a wait too, without spending an attempt', async () => {
    const { server, platform, connection } = setUpConnection({ answer: refuse(503) });
    connection.start();
    await platform.settle();
    expect(connection.getSnapshot()).toMatchObject({ phase: 'waiting', attempt: 1 });
    platform.setCached(true);
    expect(connection.getSnapshot()).toMatchObject({ phase: 'suspended', attempt: 0 });
    await platform.advance(60_000);
    expect(server.requests).toHaveLength(1);
    platform.setCached(false);
    await platform.settle();
    expect(server.requests).toHaveLength(2);
    connection.stop();
  });

  it('gives the page back without a network, or while the server wants to be left alone', async () => {
    const { server, platform, connection } = setUpConnection({
      answer: (request) => {
        request.json({}, { status: 429, headers: { 'Retry-After': '40' } });
      },
    });
    connection.start();
    await platform.settle();
    platform.setCached(true);
    platform.setOnline(false);
    platform.setCached(false);
    expect(connection.getSnapshot().phase).toBe('offline');
    platform.setCached(true);
    platform.setOnline(true);
    await platform.advance(10_000);
    platform.setCached(false);
    expect(connection.getSnapshot()).toMatchObject({ phase: 'waiting', attempt: 1 });
    await platform.advance(29_999);
    expect(server.requests).toHaveLength(1);
    await platform.advance(1);
    expect(server.requests).toHaveLength(2);
    connection.stop();
  });

  it('says nothing to a connection that is stopped, also by who is told of the last batch', async () => {
    const setup = await open({
      handlers: {
        onBatch: () => {
          setup.connection.stop();
        },
      },
    });
    const { platform, connection, body, server } = setup;
    body.push(pingFrame);
    await platform.settle();
    platform.setCached(true);
    platform.setCached(false);
    await platform.advance(60_000);
    expect(connection.getSnapshot().phase).toBe('idle');
    expect(server.requests).toHaveLength(1);
    expect(platform.pending()).toEqual(nothingPending);
  });
});

describe('a Retry-After', () => {
  it('that a clock was set back behind holds nobody for hours', async () => {
    const { server, platform, connection } = setUpConnection({
      answer: (request) => {
        request.json({}, { status: 429, headers: { 'Retry-After': '40' } });
      },
    });
    connection.start();
    await platform.settle();
    platform.setOnline(false);
    platform.jumpClock(-7_200_000);
    platform.setOnline(true);
    await platform.settle();
    expect(server.requests).toHaveLength(2);
    connection.stop();
  });
});
