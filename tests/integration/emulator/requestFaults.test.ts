import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { Client } from '../../support/client';
import { channelId, request, signIn } from '../../support/client';
import type { HostedEmulator } from '../../support/hostedEmulator';
import { startHostedEmulator } from '../../support/hostedEmulator';
import { frameOf, openStream } from '../../support/stream';
import type { Page, Sent } from '../../support/wire';

describe('faults of requests', () => {
  let emulator: HostedEmulator;
  let lina: Client;
  let omar: Client;
  let general: string;
  const writes = { p: 1, methods: ['post'], paths: ['/chat/messages'] };

  beforeAll(async () => {
    emulator = await startHostedEmulator();
    lina = await signIn(emulator.url, 'lina');
    omar = await signIn(emulator.url, 'omar');
    general = await channelId(lina, 'general');
  });
  afterEach(() => emulator.setFaults());
  afterAll(() => emulator.stop());

  const write = (content: string, author = lina) =>
    author.post<Sent>('/chat/messages', { channelId: general, content });

  /** How often a text was written. */
  async function count(content: string): Promise<number> {
    const path = `/chat/messages?channelId=${general}&limit=200`;
    const { body } = await lina.get<Page>(path);
    return body.messages.filter((message) => message.content === content).length;
  }

  test('refuse: nothing is done, and the answer is an error of the contract', async () => {
    await emulator.setFaults({ refuse: { ...writes, statuses: [429], retryAfterS: 7 } });
    const { status, headers, body } = await write('refused');
    expect(status).toBe(429);
    expect(body).toMatchObject({
      success: false,
      error: { code: 'RATE_LIMITED', statusCode: 429, message: expect.any(String) },
    });
    expect(headers.get('retry-after')).toBe('7');
    expect(headers.get('x-ratelimit-limit')).toBe('100');
    expect(headers.get('x-ratelimit-remaining')).toBe('0');
    expect(Number(headers.get('x-ratelimit-reset'))).toBeGreaterThan(Date.now() / 1000);
    expect(await count('refused')).toBe(0);
  });

  test('a path that ends in $ is meant as a whole', async () => {
    const whole = { ...writes, paths: ['/chat/messages$'] };
    await emulator.setFaults({ refuse: { ...whole, times: 1, statuses: [503] } });
    const { status } = await lina.post('/chat/messages/read', { messageIds: [] });
    expect(status).not.toBe(503);
    expect((await write('meant')).status).toBe(503);
  });

  test.each([
    [409, 'CONFLICT'],
    [500, 'INTERNAL_ERROR'],
    [503, 'UNAVAILABLE'],
  ])('refuse with %i has the code %s', async (status, code) => {
    await emulator.setFaults({ refuse: { p: 1, statuses: [status] } });
    expect(await lina.get('/projects')).toMatchObject({ status, body: { error: { code } } });
  });

  test('loseReply: it is done, and nobody is told', async () => {
    await emulator.setFaults({ loseReply: writes });
    await expect(write('reply lost')).rejects.toThrow('fetch failed');
    expect(await count('reply lost')).toBe(1);
  });

  test('loseRequest: it is not done, and nobody is told', async () => {
    await emulator.setFaults({ loseRequest: writes });
    await expect(write('request lost')).rejects.toThrow('fetch failed');
    expect(await count('request lost')).toBe(0);
  });

  test('errorAfterWrite: it is done, and an error is told', async () => {
    await emulator.setFaults({ errorAfterWrite: writes });
    const answer = await write('error after');
    expect(answer).toMatchObject({ status: 502, body: { error: { code: 'BAD_GATEWAY' } } });
    expect(await count('error after')).toBe(1);
    // what fails on its own keeps its own error
    expect((await lina.post('/chat/messages', {})).status).toBe(400);
  });

  test('hang: it is done, and the answer is held back', async () => {
    const stream = await openStream(emulator.url, omar.token);
    await emulator.setFaults({ hang: { ...writes, ms: 60_000 } });
    const giveUp = new AbortController();
    let isAnswered = false;
    const answer = fetch(`${emulator.url}/api/chat/messages`, {
      method: 'POST',
      headers: { authorization: `Bearer ${lina.token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ channelId: general, content: 'held back' }),
      signal: giveUp.signal,
    }).then(() => (isAnswered = true));
    await stream.next(frameOf('channel_message', { content: 'held back' }));
    expect(await count('held back')).toBe(1);
    expect(isAnswered).toBe(false);
    giveUp.abort();
    await expect(answer).rejects.toThrow('aborted');
    stream.close();
  });

  test('delay: it is done later', async () => {
    await emulator.setFaults({ delay: { p: 1, minMs: 60, maxMs: 60 } });
    const begin = performance.now();
    expect((await write('delayed')).status).toBe(201);
    expect(performance.now() - begin).toBeGreaterThan(58);
  });

  test('times ends a fault; methods, paths and users narrow it', async () => {
    await emulator.setFaults({ refuse: { ...writes, times: 2, users: ['lina'] } });
    expect((await lina.get('/projects')).status).toBe(200);
    expect((await lina.post('/chat/typing', { channelId: general })).status).toBe(200);
    expect((await write('of another', omar)).status).toBe(201);
    const statuses = [];
    for (const content of ['first', 'second', 'third'])
      statuses.push((await write(content)).status);
    expect(statuses).toEqual([503, 503, 201]);
    expect((await emulator.faults()).body.hits).toEqual({ refuse: 2 });
  });

  test('the same seed strikes the same requests', async () => {
    const refuse = { p: 0.5, statuses: [409, 429, 500, 503] };
    async function statuses(seed: number): Promise<readonly number[]> {
      await emulator.setFaults({ seed, refuse });
      const seen = [];
      for (let at = 0; at < 20; at += 1) {
        seen.push((await lina.get('/projects')).status);
        // other routes have decisions of their own
        if (seed === 2 && at % 3 === 0) await lina.get('/chat/channels');
      }
      return seen;
    }
    const first = await statuses(1);
    expect(new Set(first).size).toBeGreaterThan(2);
    expect(await statuses(1)).toEqual(first);
    const second = await statuses(2);
    expect(second).not.toEqual(first);
    expect(await statuses(2)).toEqual(second);
  });

  test('signing in, streams, health and the faults themselves are spared', async () => {
    await emulator.setFaults({ refuse: { p: 1 }, loseRequest: { p: 1 } });
    expect((await lina.get('/projects')).status).toBe(503);
    expect((await lina.get('/auth/me')).status).toBe(200);
    const stream = await openStream(emulator.url, lina.token);
    expect(stream.status).toBe(200);
    stream.close();
    expect((await request(emulator.url, 'GET', '/../health')).status).toBe(200);
    expect((await emulator.faults()).status).toBe(200);
  });

  test('unless their path is named', async () => {
    await emulator.setFaults({ refuse: { p: 1, paths: ['/auth/me', '/realtime/stream'] } });
    expect((await lina.get('/auth/me')).status).toBe(503);
    expect((await openStream(emulator.url, lina.token)).status).toBe(503);
    expect((await lina.get('/projects')).status).toBe(200);
  });

  test.each([
    [{ delays: { p: 1 } }, 'delays is no fault'],
    [{ refuse: {} }, 'p is required'],
    [{ refuse: { p: 2 } }, 'p must be a number from 0 to 1'],
    [{ refuse: { p: 1, statuses: [200] } }, 'must be a number from 400 to 599'],
    [{ delay: { p: 1, minMs: 9, maxMs: 8 } }, 'maxMs must be a number from 9'],
    [{ hang: { p: 1 } }, 'ms is required'],
    [{ preset: 'mayhem' }, 'preset must be one of: none, chaos, network'],
    [{ loseReply: { p: 1, paths: '/chat' } }, 'paths must be a list of texts'],
  ])('%j is refused with a sentence, and changes nothing', async (set, sentence) => {
    await emulator.setFaults({ seed: 5 });
    const { status, body } = await emulator.setFaults(set);
    expect(status).toBe(400);
    expect(body.error?.message).toContain(sentence);
    expect((await emulator.faults()).body.faults).toMatchObject({ seed: 5 });
  });

  test('a stop does not wait for what is held back', async () => {
    const other = await startHostedEmulator();
    const client = await signIn(other.url, 'lina');
    await other.setFaults({
      hang: { p: 1, paths: ['/projects'], ms: 60_000 },
      delay: { p: 1, minMs: 60_000, paths: ['/chat'] },
    });
    const lost = [client.get('/projects'), client.post('/chat/typing', { channelId: general })];
    const ends = Promise.allSettled(lost);
    while (Object.keys((await other.faults()).body.hits).length < 2);
    expect(await other.stop()).toBe(0);
    expect((await ends).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(other.stderr()).toBe('');
  });

  test('what faults make up is no defect of the server', () => {
    expect(emulator.stderr()).toBe('');
  });
});

describe('chaos from the start', () => {
  let emulator: HostedEmulator;

  beforeAll(async () => {
    emulator = await startHostedEmulator(['--faults', 'chaos']);
  });
  afterAll(() => emulator.stop());

  test('is the preset', async () => {
    const { faults } = (await emulator.faults()).body;
    expect(faults).toMatchObject({ refuse: { p: 0.05 }, delay: { p: 0.3 }, stripMetadata: false });
    const { body } = await emulator.setFaults({ preset: 'chaos', refuse: null, seed: 9 });
    expect(body.faults).toMatchObject({ delay: { p: 0.3 }, seed: 9 });
    expect('refuse' in body.faults).toBe(false);
  });

  test('leaves a chat usable', async () => {
    const lina = await signIn(emulator.url, 'lina');
    const general = '3d1f7a52-9b57-4c0f-8a77-0e3b9d4c2b02';

    /** Until it is answered well, as a client would. */
    async function write(content: string): Promise<void> {
      for (;;) {
        const sent = { channelId: general, content };
        const answer = await lina.post('/chat/messages', sent).catch(() => undefined);
        if (answer?.status === 201) return;
      }
    }
    const contents = Array.from({ length: 60 }, (_unused, at) => `in chaos ${at}`);
    await Promise.all(contents.map(write));
    const { hits } = (await emulator.faults()).body;
    expect(Object.keys(hits).length).toBeGreaterThan(2);

    expect((await emulator.setFaults()).body.faults).toEqual({
      seed: 1,
      stripMetadata: false,
      idempotency: false,
      longPolling: true,
      webSocket: true,
    });
    const path = `/chat/messages?channelId=${general}&limit=200`;
    const { messages } = (await lina.get<Page>(path)).body;
    const written = messages.map(({ content }) => content);
    expect(written).toEqual(expect.arrayContaining(contents));
    expect(emulator.stderr()).toBe('');
  });
});
