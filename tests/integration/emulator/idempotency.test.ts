import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { backends, startOn } from '../../support/backends';
import type { Answer, Client } from '../../support/client';
import { channelId, request, signIn } from '../../support/client';
import { startEmulator } from '../../support/emulator';
import type { HostedEmulator } from '../../support/hostedEmulator';
import { frameOf, openStream } from '../../support/stream';
import type { Page, Sent, WireMessage } from '../../support/wire';

/** A request as a client repeats it. */
const keyed = (
  url: string,
  { token }: Client,
  key: string,
  body: object,
  path = '/chat/messages',
): Promise<Answer<Sent>> =>
  request<Sent>(url, 'POST', path, { token, body, headers: { 'idempotency-key': key } });

describe.each(backends)('idempotency keys on %s', (backend) => {
  let emulator: HostedEmulator;
  let lina: Client;
  let omar: Client;
  let general: string;

  beforeAll(async () => {
    emulator = await startOn(backend, ['--idempotency', 'on']);
    lina = await signIn(emulator.url, 'lina');
    omar = await signIn(emulator.url, 'omar');
    general = await channelId(lina, 'general');
  });
  afterAll(() => emulator.stop());

  const send = (key: string, content: string, author = lina) =>
    keyed(emulator.url, author, key, { channelId: general, content });

  async function written(content: string): Promise<readonly WireMessage[]> {
    const path = `/chat/messages?channelId=${general}&limit=200`;
    const { body } = await lina.get<Page>(path);
    return body.messages.filter((message) => message.content === content);
  }

  test('the same key gets the row that the first one made, without a second frame', async () => {
    const stream = await openStream(emulator.url, omar.token);
    const first = await send('k-1', 'once');
    const second = await send('k-1', 'once');
    expect([first.status, second.status]).toEqual([201, 200]);
    expect(second.body).toEqual(first.body);
    await send('k-2', 'marker');
    await stream.next(frameOf('channel_message', { content: 'marker' }));
    expect(stream.frames.filter(frameOf('channel_message', { content: 'once' }))).toHaveLength(1);
    stream.close();
    expect(await written('once')).toHaveLength(1);
  });

  test('many at the same time make one', async () => {
    const answers = await Promise.all(Array.from({ length: 12 }, () => send('k-race', 'raced')));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(11);
    expect(new Set(answers.map(({ body }) => body.message.message_id)).size).toBe(1);
    expect(await written('raced')).toHaveLength(1);
  });

  test('replies have keys too, and their head counts them once', async () => {
    const { message_id: head } = (await send('k-head', 'head')).body.message;
    const path = `/chat/messages/${head}/replies`;
    const reply = () => keyed(emulator.url, omar, 'k-reply', { content: 'reply' }, path);
    const statuses = [(await reply()).status, (await reply()).status];
    expect(statuses).toEqual([201, 200]);
    expect((await written('head'))[0]?.thread_count).toBe(1);
    // the first answer may have been lost, and the head deleted meanwhile
    await lina.send('DELETE', `/chat/messages/${head}`);
    expect((await reply()).status).toBe(200);
  });

  test("another person's key is another key", async () => {
    await send('k-shared', 'shared');
    expect((await send('k-shared', 'shared', omar)).status).toBe(201);
    expect(await written('shared')).toHaveLength(2);
  });

  test('a message that was refused leaves its key free', async () => {
    expect((await send('k-free', ' ')).status).toBe(400);
    expect((await send('k-free', 'free')).status).toBe(201);
  });

  test('a key holds up to 200 characters', async () => {
    expect((await send('k'.repeat(200), 'long')).status).toBe(201);
    expect((await send('k'.repeat(201), 'longer')).status).toBe(400);
  });

  test('they can be switched while it runs', async () => {
    await emulator.setFaults({ idempotency: false });
    await send('k-off', 'twice');
    expect((await send('k-off', 'twice')).status).toBe(201);
    expect((await emulator.setFaults()).body.faults).toMatchObject({ idempotency: true });
    await send('k-on', 'single');
    expect((await send('k-on', 'single')).status).toBe(200);
  });

  test('a lost reply is made good by asking again', async () => {
    await emulator.setFaults({ loseReply: { p: 1, times: 1, methods: ['POST'] } });
    await expect(send('k-lost', 'lost')).rejects.toThrow('fetch failed');
    expect((await send('k-lost', 'lost')).status).toBe(200);
    await emulator.setFaults();
    expect(await written('lost')).toHaveLength(1);
  });

  test('nothing went wrong inside the server', () => {
    expect(emulator.stderr()).toBe('');
  });
});

test('without the switch keys mean nothing; a key outlives a crash', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'hudhud-emulator-'));
  const emulator = await startEmulator(['--data', folder]);
  try {
    const lina = await signIn(emulator.url, 'lina');
    const general = await channelId(lina, 'general');
    const send = () =>
      keyed(emulator.url, lina, 'k-1', { channelId: general, content: 'over a crash' });
    expect([(await send()).status, (await send()).status]).toEqual([201, 201]);

    await emulator.setFaults({ idempotency: true });
    const first = await send();
    await emulator.restart();
    await emulator.setFaults({ idempotency: true });
    const second = await send();
    expect([first.status, second.status]).toEqual([201, 200]);
    expect(second.body.message.message_id).toBe(first.body.message.message_id);
  } finally {
    await emulator.stop();
    await rm(folder, { recursive: true });
  }
});
