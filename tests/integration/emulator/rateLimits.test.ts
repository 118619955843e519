import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Answer, Client } from '../../support/client';
import { request, signIn } from '../../support/client';
import { until } from '../../support/deadline';
import type { HostedEmulator } from '../../support/hostedEmulator';
import { startHostedEmulator } from '../../support/hostedEmulator';
import { openStream } from '../../support/stream';
import { openSocket, withToken } from '../../support/webSocket';
import type { Sent } from '../../support/wire';

const numberOf = ({ headers }: Answer<unknown>, name: string) => Number(headers.get(name));

describe('rate limits', () => {
  let emulator: HostedEmulator;
  let lina: Client;
  let omar: Client;

  // these are two of the five
  beforeAll(async () => {
    emulator = await startHostedEmulator(['--rate-limits', 'on']);
    lina = await signIn(emulator.url, 'lina');
    omar = await signIn(emulator.url, 'omar');
  });
  afterAll(() => emulator.stop());

  test('signing in: 5 in 15 minutes, told in the headers', async () => {
    const signInAgain = () =>
      request(emulator.url, 'POST', '/auth/login', {
        body: { username: 'sara', password: 'wrong' },
      });
    const answers = [];
    for (let at = 0; at < 4; at += 1) answers.push(await signInAgain());
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 429]);
    expect(answers.map((one) => numberOf(one, 'x-ratelimit-limit'))).toEqual([5, 5, 5, 5]);
    expect(answers.map((one) => numberOf(one, 'x-ratelimit-remaining'))).toEqual([2, 1, 0, 0]);
    const refused = answers.at(-1);
    expect(refused?.body).toEqual({
      success: false,
      error: { message: 'Too many requests', code: 'RATE_LIMITED', statusCode: 429 },
    });
    const retryAfter = refused && numberOf(refused, 'retry-after');
    expect(retryAfter).toBeGreaterThan(14 * 60);
    expect(retryAfter).toBeLessThanOrEqual(15 * 60);
  });

  test('all requests: 100 in 15 minutes, for each person', async () => {
    const first = await lina.get('/auth/me');
    expect([first.status, numberOf(first, 'x-ratelimit-remaining')]).toEqual([200, 99]);
    expect(first.headers.has('retry-after')).toBe(false);
    const answers = await Promise.all(Array.from({ length: 100 }, () => lina.get('/auth/me')));
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(99);
    expect(statuses.filter((status) => status === 429)).toHaveLength(1);
    const reset = numberOf(first, 'x-ratelimit-reset') - Date.now() / 1000;
    expect(reset).toBeGreaterThan(14 * 60);
    expect((await omar.get('/auth/me')).status).toBe(200);
  });

  test('a page may read what it is told, and asking whether it may is not counted', async () => {
    const headers = { origin: 'http://localhost:5173' };
    const address = `${emulator.url}/api/auth/me`;
    const before = numberOf(await omar.get('/auth/me'), 'x-ratelimit-remaining');
    const asked = { ...headers, 'access-control-request-method': 'GET' };
    expect((await fetch(address, { method: 'OPTIONS', headers: asked })).status).toBe(204);
    const refused = await fetch(address, {
      headers: { ...headers, authorization: `Bearer ${lina.token}` },
    });
    expect(refused.status).toBe(429);
    expect(refused.headers.get('access-control-allow-origin')).toBe(headers.origin);
    const exposed = (refused.headers.get('access-control-expose-headers') ?? '').toLowerCase();
    for (const name of ['retry-after', 'x-ratelimit-remaining']) expect(exposed).toContain(name);
    const after = numberOf(await omar.get('/auth/me'), 'x-ratelimit-remaining');
    expect(after).toBe(before - 1);
  });

  test('streams, polls and WebSockets count, wherever the token stands', async () => {
    const remaining = async () => numberOf(await omar.get('/auth/me'), 'x-ratelimit-remaining');
    const before = await remaining();
    const stream = await openStream(emulator.url, omar.token);
    stream.close();
    await request(emulator.url, 'GET', `/realtime/poll?token=${omar.token}`);
    const socket = await openSocket(emulator.url, { protocols: withToken(omar.token) });
    socket.close();
    expect(await remaining()).toBe(before - 4);
    await expect(openSocket(emulator.url, { protocols: withToken(lina.token) })).rejects.toThrow(
      'HTTP 429',
    );
    expect((await lina.get('/realtime/stream')).status).toBe(429);
  });

  test('health is not counted', async () => {
    const { status, headers } = await request(emulator.url, 'GET', '/../health');
    expect([status, headers.has('x-ratelimit-limit')]).toEqual([200, false]);
    expect(emulator.stderr()).toBe('');
  });
});

describe('rate limits in short windows', () => {
  let emulator: HostedEmulator;

  beforeAll(async () => {
    emulator = await startHostedEmulator(['--rate-limits', 'on', '--rate-window', '1']);
  });
  afterAll(() => emulator.stop());

  test('when a window is over it is counted anew; Retry-After tells when', async () => {
    const attempt = () =>
      request(emulator.url, 'POST', '/auth/login', {
        body: { username: 'sara', password: 'wrong' },
      });
    const refused = await until(attempt, ({ status }) => status === 429);
    expect(numberOf(refused, 'retry-after')).toBe(1);
    const again = await until(attempt, ({ status }) => status === 401);
    expect(numberOf(again, 'x-ratelimit-remaining')).toBe(4);
  });

  test('messages: 100 in a minute, replies among them', async () => {
    const lina = await until(
      () => signIn(emulator.url, 'lina').catch(() => undefined),
      (client) => client !== undefined,
    );
    const general = '3d1f7a52-9b57-4c0f-8a77-0e3b9d4c2b02';
    let written = 0;
    let head = '';
    const write = async () => {
      // every other one is a reply to the one before
      const path = written % 2 === 0 ? '/chat/messages' : `/chat/messages/${head}/replies`;
      const answer = await request<Sent>(emulator.url, 'POST', path, {
        token: lina?.token ?? '',
        body: { channelId: general, content: `message ${written}` },
      });
      if (answer.status === 201) {
        written += 1;
        head = answer.body.message.message_id;
      }
      return answer;
    };
    // a refusal for the short windows of requests is over in a second
    const isForMessages = (answer: Answer<Sent>) =>
      answer.status === 429 && numberOf(answer, 'retry-after') > 2;
    let answer = await write();
    while (!isForMessages(answer)) answer = await write();
    expect(written).toBe(100);
    expect(numberOf(answer, 'x-ratelimit-limit')).toBe(100);
    expect(numberOf(answer, 'retry-after')).toBeLessThanOrEqual(60);
    expect(emulator.stderr()).toBe('');
  });
});
