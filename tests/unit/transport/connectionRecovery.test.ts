import { describe, expect, it } from '@jest/globals';

import { HudhudError } from '../../../src/errors';
import type { ScriptedRequest } from '../../../src/testing';
import { nothingPending, onlyOne, pingFrame, setUpConnection } from '../../support/connectionSetup';

const refuse =
  (status: number, headers: Record<string, string> = {}) =>
  (request: ScriptedRequest) => {
    request.json({ success: false }, { status, headers });
  };

describe('createConnection: backoff', () => {
  it('waits up to 1, 2, 4 … 30 s, and gives up after ten reconnects', async () => {
    const { server, platform, connection, changes, phases } = setUpConnection({
      answer: refuse(503),
    });
    connection.start();
    await platform.advance(5 * 60_000);
    expect(server.requests).toHaveLength(11);
    const waits = changes.filter((change) => change.phase === 'waiting');
    expect(waits.map((change) => change.attempt)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(phases().at(-1)).toBe('failed');
    expect(connection.getSnapshot()).toMatchObject({
      attempt: 10,
      error: { code: 'SERVER_ERROR', status: 503 },
    });
    connection.stop();
    expect(platform.pending()).toEqual(nothingPending);
  });

  it('looks again about every five minutes after that, one try each time', async () => {
    const { server, platform, connection } = setUpConnection({
      answer: refuse(503),
      tuning: { maxReconnectAttempts: 0 },
    });
    connection.start();
    await platform.settle();
    for (const tries of [2, 3, 4]) {
      const wait = (connection.getSnapshot().nextRetryAt ?? 0) - platform.clock.now();
      expect(wait).toBeGreaterThanOrEqual(270_000);
      expect(wait).toBeLessThanOrEqual(330_000);
      await platform.advance(wait);
      expect(server.requests).toHaveLength(tries);
      expect(connection.getSnapshot().phase).toBe('failed');
    }
    connection.stop();
    expect(platform.pending()).toEqual(nothingPending);
  });

  it('does not look again by itself when told so', async () => {
    const { server, platform, connection } = setUpConnection({
      answer: refuse(404),
      tuning: { probeMs: Infinity },
    });
    connection.start();
    await platform.advance(60 * 60_000);
    expect(server.requests).toHaveLength(1);
    expect(connection.getSnapshot()).toMatchObject({ phase: 'failed', nextRetryAt: null });
    connection.stop();
  });

  it('goes on for ever when told so', async () => {
    const { server, platform, connection } = setUpConnection({
      answer: refuse(503),
      tuning: { maxReconnectAttempts: Infinity },
    });
    connection.start();
    await platform.advance(30 * 60_000);
    expect(server.requests.length).toBeGreaterThan(60);
    expect(connection.getSnapshot().phase).not.toBe('failed');
    connection.stop();
    expect(platform.pending()).toEqual(nothingPending);
  });

  it('does not reconnect at all when told so', async () => {
    const { server, platform, connection } = setUpConnection({
      answer: refuse(503),
      tuning: { maxReconnectAttempts: 0 },
    });
    connection.start();
    await platform.advance(60_000);
    expect(server.requests).toHaveLength(1);
    expect(connection.getSnapshot().phase).toBe('failed');
  });

  it('does not take a server that accepts and drops for a stable one', async () => {
    const { server, platform, connection } = setUpConnection({
      answer: (request) => {
        const body = request.stream();
        body.push(pingFrame);
        body.end();
      },
    });
    connection.start();
    await platform.advance(5 * 60_000);
    expect(server.requests).toHaveLength(11);
    expect(connection.getSnapshot()).toMatchObject({
      phase: 'failed',
      error: { code: 'STREAM_ENDED' },
    });
    connection.stop();
  });

  it.each([
    ['brought an event and lasted', pingFrame, 10_000, 1],
    ['lasted, but brought nothing', ': hello\n\n', 10_000, 4],
    ['brought an event, but was short', pingFrame, 9_999, 4],
  ])('starts over after a stream that %s', async (_name, text, lasted, attempt) => {
    const { server, platform, connection } = setUpConnection();
    connection.start();
    await platform.settle();
    for (let i = 0; i < 3; i += 1) {
      server.last().fail();
      await platform.advance(8_000);
    }
    expect(connection.getSnapshot()).toMatchObject({ phase: 'connecting', attempt: 3 });
    const body = server.last().stream();
    await platform.settle();
    body.push(text);
    await platform.advance(lasted);
    body.end();
    await platform.settle();
    expect(connection.getSnapshot()).toMatchObject({ phase: 'waiting', attempt });
    connection.stop();
  });

  it('keeps the distance that the server asks for with retry:, on every later connection', async () => {
    const { server, platform, connection } = setUpConnection();
    connection.start();
    await platform.settle();
    const body = server.last().stream();
    body.push('retry: 20000\n\n');
    await platform.settle();
    body.end();
    await platform.advance(19_999);
    expect(server.requests).toHaveLength(1);
    await platform.advance(1_001);
    expect(server.requests).toHaveLength(2);
    server.last().fail();
    await platform.advance(19_999);
    expect(server.requests).toHaveLength(2);
    connection.stop();
  });

  it.each(['retry: 99999999999', 'retry: 0'])('makes no storm of %p', async (line) => {
    const { server, platform, connection } = setUpConnection({
      answer: (request) => {
        const body = request.stream();
        body.push(`${line}\n\n`);
        body.end();
      },
    });
    connection.start();
    await platform.advance(500);
    expect(server.requests.length).toBeLessThanOrEqual(2);
    connection.stop();
  });

  it('does not lose its way over a wrong content type', async () => {
    const { server, platform, connection, counters } = setUpConnection();
    connection.start();
    await platform.settle();
    server.last().text('<html>', { headers: { 'Content-Type': 'text/html' } });
    await platform.settle();
    expect(connection.getSnapshot()).toMatchObject({
      phase: 'waiting',
      error: { code: 'STREAM_WRONG_TYPE' },
    });
    await platform.advance(1_000);
    server.last().stream();
    await platform.settle();
    expect(connection.getSnapshot()).toMatchObject({ phase: 'open', error: null });
    expect(counters.snapshot().connectionsEnded?.by).toEqual({ wrong_type: 1 });
    connection.stop();
  });
});

describe('createConnection: answers', () => {
  it.each([204, 400, 403, 404])('takes %p as final', async (status) => {
    const { server, platform, connection } = setUpConnection({
      answer: (request) => {
        request.text('', { status });
      },
    });
    connection.start();
    await platform.advance(4 * 60_000);
    expect(server.requests).toHaveLength(1);
    expect(connection.getSnapshot()).toMatchObject({
      phase: 'failed',
      error: { code: 'STREAM_REFUSED', status },
    });
    connection.stop();
    expect(platform.pending()).toEqual(nothingPending);
  });

  it('waits as long as Retry-After says, even when the page comes into view', async () => {
    const { server, platform, connection } = setUpConnection({
      answer: refuse(429, { 'Retry-After': '40' }),
    });
    connection.start();
    await platform.settle();
    expect(connection.getSnapshot().error).toEqual({ code: 'RATE_LIMITED', status: 429 });
    await platform.advance(20_000);
    platform.setVisible(false);
    platform.setVisible(true);
    await platform.advance(19_999);
    expect(server.requests).toHaveLength(1);
    await platform.advance(1_001);
    expect(server.requests).toHaveLength(2);
    connection.stop();
  });

  it('keeps that distance over a loss of network too', async () => {
    const { server, platform, connection } = setUpConnection({
      answer: refuse(429, { 'Retry-After': '40' }),
    });
    connection.start();
    await platform.settle();
    platform.setOnline(false);
    await platform.advance(42_000);
    expect(connection.getSnapshot()).toMatchObject({ phase: 'offline', nextRetryAt: null });
    platform.setOnline(true);
    await platform.settle();
    expect(server.requests).toHaveLength(2);

    platform.setOnline(false);
    await platform.advance(10_000);
    platform.setOnline(true);
    await platform.advance(29_000);
    expect(server.requests).toHaveLength(2);
    connection.stop();
    expect(platform.pending()).toEqual(nothingPending);
  });
});

describe('createConnection: the token', () => {
  const askFor = (good: string) => (request: ScriptedRequest) => {
    if (request.headers.get('Authorization') === `Bearer ${good}`) request.stream();
    else refuse(401)(request);
  };

  it('renews a refused token once, and connects again at once', async () => {
    let token = 'old';
    const { server, platform, connection, phases } = setUpConnection({
      answer: askFor('new'),
      source: {
        getToken: () => token,
        refresh: () => {
          token = 'new';
          return Promise.resolve(token);
        },
      },
    });
    connection.start();
    await platform.settle();
    expect(phases()).toEqual(['connecting', 'connecting', 'open']);
    expect(server.requests).toHaveLength(2);
    expect(connection.getSnapshot()).toMatchObject({ epoch: 2, attempt: 0, error: null });
    connection.stop();
    expect(platform.pending()).toEqual(nothingPending);
  });

  it('does not spend a refresh when somebody else has renewed the token meanwhile', async () => {
    const tokens = ['old', 'new'];
    let refreshes = 0;
    const { platform, connection } = setUpConnection({
      answer: askFor('new'),
      source: {
        getToken: () => tokens.shift() ?? 'new',
        refresh: () => {
          refreshes += 1;
          return Promise.resolve('other');
        },
      },
    });
    connection.start();
    await platform.settle();
    expect(connection.getSnapshot().phase).toBe('open');
    expect(refreshes).toBe(0);
    connection.stop();
  });

  it('asks for a sign-in when the new token is refused too', async () => {
    const { server, platform, connection } = setUpConnection({
      answer: refuse(401),
      source: { getToken: () => 'old', refresh: () => Promise.resolve('new') },
    });
    connection.start();
    await platform.advance(60_000);
    expect(server.requests).toHaveLength(2);
    expect(connection.getSnapshot()).toMatchObject({
      phase: 'authRequired',
      nextRetryAt: null,
      error: { code: 'UNAUTHORIZED', status: 401 },
    });
    connection.stop();
    expect(platform.pending()).toEqual(nothingPending);
  });

  it('may renew again on a later try', async () => {
    let refreshes = 0;
    const answers = [401, 503, 401, 200];
    const { server, platform, connection } = setUpConnection({
      answer: (request) => {
        const status = answers.shift() ?? 200;
        if (status === 200) request.stream();
        else refuse(status)(request);
      },
      source: {
        getToken: () => `t${refreshes}`,
        refresh: () => {
          refreshes += 1;
          return Promise.resolve(`t${refreshes}`);
        },
      },
    });
    connection.start();
    await platform.advance(5_000);
    expect(server.requests).toHaveLength(4);
    expect(refreshes).toBe(2);
    expect(connection.getSnapshot().phase).toBe('open');
    connection.stop();
  });

  it.each([
    ['there is no token', { getToken: () => null }],
    ['the session is over', { getToken: () => 'old', refresh: () => Promise.resolve(null) }],
  ])('asks for a sign-in when %s', async (_name, source) => {
    const { platform, connection } = setUpConnection({ answer: refuse(401), source });
    connection.start();
    await platform.advance(60_000);
    expect(connection.getSnapshot()).toMatchObject({
      phase: 'authRequired',
      error: { code: 'UNAUTHORIZED' },
    });
    connection.stop();
  });

  it('does not sign anybody out because a refresh met a bad network', async () => {
    const { platform, connection } = setUpConnection({
      answer: refuse(401),
      source: {
        getToken: () => 'old',
        refresh: () => Promise.reject(new HudhudError('NETWORK', 'down')),
      },
    });
    connection.start();
    await platform.settle();
    expect(connection.getSnapshot()).toMatchObject({
      phase: 'waiting',
      error: { code: 'NETWORK' },
    });
    connection.stop();
  });

  it('does not wait for ever for a token, nor hold a timer for it after stop', async () => {
    const hanging = () =>
      setUpConnection({ source: { getToken: () => new Promise<never>(() => undefined) } });
    const first = hanging();
    first.connection.start();
    await first.platform.advance(15_000);
    expect(first.connection.getSnapshot()).toMatchObject({
      phase: 'waiting',
      error: { code: 'TIMEOUT' },
    });
    first.connection.stop();

    const second = hanging();
    second.connection.start();
    await second.platform.settle();
    second.connection.stop();
    expect(second.platform.pending()).toEqual(nothingPending);
  });

  it('opens nothing when the token comes after the stop', async () => {
    let give: (token: string) => void = () => undefined;
    const { server, platform, connection } = setUpConnection({
      source: {
        getToken: () =>
          new Promise((resolve) => {
            give = resolve;
          }),
      },
    });
    connection.start();
    await platform.settle();
    connection.stop();
    give('late');
    await platform.advance(60_000);
    expect(server.requests).toHaveLength(0);
    expect(platform.pending()).toEqual(nothingPending);
  });

  it('keeps the token out of the address, the log and the snapshot', async () => {
    const { server, platform, connection, changes } = setUpConnection({
      answer: refuse(401),
      source: { getToken: () => 's3cr3t-1', refresh: () => Promise.resolve('s3cr3t-2') },
    });
    connection.start();
    await platform.settle();
    expect(server.requests.map((request) => request.url).join()).not.toContain('s3cr3t');
    expect(JSON.stringify([platform.logged, changes])).not.toContain('s3cr3t');
    expect(platform.logged.length).toBeGreaterThan(0);
  });
});

describe('createConnection: waking up', () => {
  const waiting = async (options: Parameters<typeof setUpConnection>[0] = {}) => {
    const setup = setUpConnection(options);
    setup.connection.start();
    await setup.platform.settle();
    for (let i = 0; i < 4; i += 1) {
      setup.server.last().fail();
      await setup.platform.settle();
      if (i < 3) await setup.platform.advance(8_000);
    }
    expect(setup.connection.getSnapshot()).toMatchObject({ phase: 'waiting', attempt: 4 });
    return setup;
  };

  it.each<[string, (setup: Awaited<ReturnType<typeof waiting>>) => void]>([
    [
      'the page comes into view',
      ({ platform }) => {
        platform.setVisible(false);
        platform.setVisible(true);
      },
    ],
    [
      'the network comes back',
      ({ platform }) => {
        platform.setOnline(false);
        platform.setOnline(true);
      },
    ],
    [
      'the user asks',
      ({ connection }) => {
        connection.retryNow();
      },
    ],
  ])('tries at once when %s, without an attempt being spent', async (_name, wake) => {
    const setup = await waiting();
    const { server, platform, connection } = setup;
    const before = server.requests.length;
    wake(setup);
    await platform.settle();
    expect(server.requests).toHaveLength(before + 1);
    expect(platform.pending().timers).toBe(onlyOne);
    server.last().fail();
    await platform.settle();
    expect(connection.getSnapshot()).toMatchObject({ phase: 'waiting', attempt: 4 });
    connection.stop();
    expect(platform.pending()).toEqual(nothingPending);
  });

  it('waits for the network instead of wasting attempts', async () => {
    const { server, platform, connection } = setUpConnection();
    platform.setOnline(false);
    connection.start();
    await platform.advance(60 * 60_000);
    expect(server.requests).toHaveLength(0);
    expect(connection.getSnapshot()).toMatchObject({
      phase: 'offline',
      attempt: 0,
      nextRetryAt: null,
      error: { code: 'NETWORK' },
    });
    expect(platform.pending().timers).toBe(onlyOne - 1);
    platform.setOnline(true);
    await platform.settle();
    expect(server.requests).toHaveLength(1);
    connection.stop();
    expect(platform.pending()).toEqual(nothingPending);
  });

  it('loses its stream to a lost network and is back with it', async () => {
    const { server, platform, connection } = setUpConnection();
    connection.start();
    await platform.settle();
    const body = server.last().stream();
    await platform.settle();
    platform.setOnline(false);
    expect(connection.getSnapshot().phase).toBe('open');
    body.fail();
    await platform.advance(60_000);
    expect(connection.getSnapshot()).toMatchObject({ phase: 'offline', attempt: 0 });
    platform.setOnline(true);
    await platform.settle();
    server.last().stream();
    await platform.settle();
    expect(connection.getSnapshot().phase).toBe('open');
    connection.stop();
  });

  it('lets the user try although the machine says it is offline', async () => {
    const { server, platform, connection } = setUpConnection();
    platform.setOnline(false);
    connection.start();
    connection.retryNow();
    await platform.settle();
    expect(server.requests).toHaveLength(1);
    connection.stop();
  });

  it('finds out on waking that its stream has died in sleep', async () => {
    const { server, platform, connection } = setUpConnection();
    connection.start();
    await platform.settle();
    const body = server.last().stream();
    await platform.settle();
    platform.setVisible(false);
    platform.jumpClock(3_600_000);
    platform.setVisible(true);
    await platform.settle();
    expect(body.isOpen()).toBe(false);
    expect(connection.getSnapshot()).toMatchObject({
      phase: 'waiting',
      error: { code: 'TIMEOUT' },
    });
    connection.stop();
  });

  it('leaves a good stream alone when the page comes into view', async () => {
    const { server, platform, connection, changes } = setUpConnection();
    connection.start();
    await platform.settle();
    server.last().stream();
    await platform.settle();
    platform.setVisible(false);
    platform.setVisible(true);
    platform.setOnline(false);
    platform.setOnline(true);
    await platform.settle();
    expect(changes).toHaveLength(2);
    connection.stop();
  });

  it.each(['start', 'retryNow'] as const)('comes back by %s() after giving up', async (how) => {
    const { server, platform, connection } = setUpConnection({
      tuning: { maxReconnectAttempts: 0 },
    });
    connection.start();
    await platform.settle();
    server.last().fail();
    await platform.settle();
    expect(connection.getSnapshot().phase).toBe('failed');
    connection[how]();
    await platform.settle();
    server.last().stream();
    await platform.settle();
    expect(connection.getSnapshot()).toMatchObject({ phase: 'open', attempt: 0, error: null });
    connection.stop();
    expect(platform.pending()).toEqual(nothingPending);
  });
});
