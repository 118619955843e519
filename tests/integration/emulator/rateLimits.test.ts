import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Answer, Client } from '../../support/client';
import { request, signIn } from '../../support/client';
import type { Emulator } from '../../support/emulator';
import { startEmulator } from '../../support/emulator';

const numberOf = ({ headers }: Answer<unknown>, name: string) => Number(headers.get(name));

describe('rate limits', () => {
  let emulator: Emulator;
  let lina: Client;
  let omar: Client;

  // these are two of the five
  beforeAll(async () => {
    emulator = await startEmulator(['--rate-limits', 'on']);
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

  test('health is not counted', async () => {
    const { status, headers } = await request(emulator.url, 'GET', '/../health');
    expect([status, headers.has('x-ratelimit-limit')]).toEqual([200, false]);
    expect(emulator.stderr()).toBe('');
  });
});
