import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { pageKey } from '../../../src';
import { request } from '../../support/client';
import { until } from '../../support/deadline';
import type { HostedEmulator } from '../../support/hostedEmulator';
import { startHostedEmulator } from '../../support/hostedEmulator';
import type { RealClient } from '../../support/realClient';
import { createRealClient, openWorkspace } from '../../support/realClient';

const password = 'hudhud-demo';

describe('sessions against a server whose tokens live two seconds', () => {
  let emulator: HostedEmulator;
  const clients: RealClient[] = [];
  const make = (...args: [] | [Parameters<typeof createRealClient>[1]]) => {
    const client = createRealClient(emulator.url, ...args);
    clients.push(client);
    return client;
  };
  const count = (client: RealClient, answer: string) =>
    client.answers.filter((line) => line === answer).length;

  beforeAll(async () => {
    emulator = await startHostedEmulator(['--access-ttl', '2']);
  });
  afterEach(() => {
    for (const client of clients.splice(0)) {
      client.hudhud.stop();
      expect(client.platform.held()).toEqual({ timers: 0, listeners: 0 });
    }
  });
  afterAll(() => emulator.stop());

  test('a wrong password is UNAUTHORIZED, and nobody is signed in', async () => {
    const { hudhud } = make();
    await expect(hudhud.auth.login({ username: 'lina', password: 'no' })).rejects.toMatchObject({
      name: 'HudhudError',
      code: 'UNAUTHORIZED',
      data: { status: 401, serverCode: 'INVALID_CREDENTIALS' },
    });
    await expect(hudhud.rest.unread()).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
  });

  test('a token is renewed ahead of its end: no request is refused', async () => {
    const client = make();
    await client.enter('lina');
    await until(
      async () => {
        await client.hudhud.rest.status();
        return count(client, 'POST /auth/refresh → 200');
      },
      (renewed) => renewed >= 2,
    );
    expect(client.answers.filter((line) => line.endsWith('401'))).toEqual([]);
    expect(client.hudhud.getStatus().connections).toMatchObject([{ phase: 'open', epoch: 1 }]);
  });

  test('a token that ended unnoticed is refused, renewed, and the request is made again', async () => {
    // a clock that stands still: nothing is renewed ahead
    const client = make({ clock: { now: () => 1_756_700_000_000 } });
    const { hudhud } = client;
    await hudhud.auth.login({ username: 'lina', password });
    await until(
      async () => {
        await hudhud.rest.unread();
        return count(client, 'POST /auth/refresh → 200');
      },
      (renewed) => renewed === 1,
    );
    expect(count(client, 'GET /chat/messages/unread/count → 401')).toBe(1);
  });

  test('a stream that is refused for its token opens with a new one', async () => {
    const client = make({ clock: { now: () => 1_756_700_000_000 } });
    const { hudhud, platform } = client;
    await hudhud.auth.login({ username: 'omar', password });
    // the same life as our token's, seen from outside
    const { body } = await request<{ tokens: { accessToken: string } }>(
      emulator.url,
      'POST',
      '/auth/login',
      { body: { username: 'omar', password } },
    );
    const token = body.tokens.accessToken;
    await until(
      async () => (await request(emulator.url, 'GET', '/auth/me', { token })).status,
      (status) => status === 401,
    );
    hudhud.start();
    await client.seen((all, root) => all.selectIsConnected(root), Boolean);
    expect(client.answers.slice(1)).toEqual([
      'GET /realtime/stream → 401',
      'POST /auth/refresh → 200',
      'GET /realtime/stream → 200',
    ]);
    expect(platform.logText()).not.toContain('eyJ');
  });

  test('a visit goes on with the session of an earlier one, until it is signed out', async () => {
    const client = make();
    const userId = await client.enter('sara');
    await openWorkspace(client);
    await client.hudhud.auth.logout();
    expect(client.hudhud.selectors.selectChannels(client.store.getState())).toEqual([]);
    await expect(client.hudhud.auth.restore()).resolves.toBeNull();

    await client.hudhud.auth.login({ username: 'sara', password });
    await expect(client.hudhud.auth.restore()).resolves.toMatchObject({ id: userId });
    // it was started before: the stream is back by itself
    await client.seen((all, root) => all.selectIsConnected(root), Boolean);
  });

  test('an unknown channel is an error of its load, and of nothing else', async () => {
    const client = make();
    await client.enter('lina');
    const channelId = '00000000-0000-4000-8000-000000000000';
    client.store.dispatch(client.hudhud.actions.channelOpened({ channelId }));
    const load = await client.seen(
      (all, root) => all.selectLoad(root, pageKey(channelId, null, 'newest')),
      (now) => now?.status === 'failed',
    );
    expect(load?.code).toBe('NOT_FOUND');
    expect(client.hudhud.getStatus().connectionStatus).toBe('connected');
  });
});
