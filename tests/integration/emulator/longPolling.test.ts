import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { Client } from '../../support/client';
import { channelId, request, signIn } from '../../support/client';
import { until } from '../../support/deadline';
import type { HostedEmulator } from '../../support/hostedEmulator';
import { startHostedEmulator } from '../../support/hostedEmulator';
import type { StreamFrame } from '../../support/frameList';
import { frameOf, textsOf } from '../../support/frameList';
import { openStream } from '../../support/stream';
import type { Snapshot } from '../../support/wire';

interface PollAnswer {
  readonly success: boolean;
  readonly events: readonly StreamFrame[];
  readonly cursor: string;
  readonly continuous: boolean;
  readonly error?: { readonly code: string };
}

interface Status {
  readonly connections: number;
}

describe('long polling', () => {
  let emulator: HostedEmulator;
  let lina: Client;
  let yusuf: Client;
  let general: string;
  let leadership: string;

  beforeAll(async () => {
    emulator = await startHostedEmulator(['--resume', 'on', '--kept-frames', '20']);
    lina = await signIn(emulator.url, 'lina');
    yusuf = await signIn(emulator.url, 'yusuf');
    general = await channelId(lina, 'general');
    leadership = await channelId(lina, 'leadership');
    // who polls has come, and is told of it: no test is to be woken by that
    const { cursor } = await poll();
    expect((await poll(cursor, 60_000)).events).toEqual([expect.objectContaining(yusufHasCome)]);
  });
  const yusufHasCome = { event: 'presence', data: expect.objectContaining({ username: 'yusuf' }) };

  afterEach(() => emulator.setFaults());
  afterAll(async () => {
    await emulator.stop();
    expect(emulator.stderr()).toBe('');
  });

  const write = (content: string, channel = general) =>
    lina.post('/chat/messages', { channelId: channel, content });

  async function poll(cursor?: string, timeoutMs = 0): Promise<PollAnswer> {
    const query = new URLSearchParams({
      ...(cursor === undefined ? {} : { cursor }),
      timeout_ms: String(timeoutMs),
    });
    return (await yusuf.get<PollAnswer>(`/realtime/poll?${query.toString()}`)).body;
  }

  /** Resolves when a poll waits at the server. */
  const somebodyWaits = () =>
    until(
      async () => (await request<Status>(emulator.url, 'GET', '/realtime/status')).body,
      ({ connections }) => connections > 0,
    );

  test('the first poll is answered at once, with the greeting and a cursor', async () => {
    const { events, cursor, continuous } = await poll(undefined, 60_000);
    expect(events.map(({ event }) => event)).toEqual(['init', 'connection']);
    expect(events[0]?.data).toMatchObject({ userId: yusuf.userId, username: 'yusuf' });
    expect(events[0]?.id).toBe(cursor);
    expect(continuous).toBe(false);
  });

  test('what came since the cursor is answered at once, once and in order', async () => {
    const { cursor } = await poll();
    await write('one');
    await write('secret', leadership);
    await write('two');
    const next = await poll(cursor, 60_000);
    expect(next.continuous).toBe(true);
    expect(textsOf(next.events)).toEqual(['one', 'two']);
    expect(textsOf((await poll(next.cursor)).events)).toEqual([]);
    // a cursor is not used up
    expect(textsOf((await poll(cursor)).events)).toEqual(['one', 'two']);
  });

  test('the frames are those of the stream, with their ids', async () => {
    const { cursor } = await poll();
    const stream = await openStream(emulator.url, yusuf.token);
    await stream.next(frameOf('connection'));
    await write('the same');
    const told = await stream.next(frameOf('channel_message', { content: 'the same' }));
    stream.close();
    const { events } = await poll(cursor);
    expect(events.find(frameOf('channel_message'))).toEqual(told);
  });

  test('without news it waits, until there is some', async () => {
    const { cursor } = await poll();
    const answer = poll(cursor, 60_000);
    await somebodyWaits();
    await write('at last');
    const { events, continuous } = await answer;
    expect(textsOf(events)).toEqual(['at last']);
    expect(continuous).toBe(true);
  });

  test('news of others do not wake it, and the cursor has passed them', async () => {
    const { cursor } = await poll();
    const answer = poll(cursor, 60_000);
    await somebodyWaits();
    await write('not for yusuf', leadership);
    await write('for yusuf');
    expect(textsOf((await answer).events)).toEqual(['for yusuf']);
    await write('not for yusuf', leadership);
    const passed = await poll((await answer).cursor);
    expect(passed).toMatchObject({ events: [], continuous: true });
    expect(passed.cursor).not.toBe((await answer).cursor);
  });

  test('without news it is answered when its time is over', async () => {
    const { cursor } = await poll();
    expect(await poll(cursor, 20)).toEqual({ success: true, events: [], cursor, continuous: true });
  });

  test('an id of the stream is a cursor, and a cursor is an id of the stream', async () => {
    const stream = await openStream(emulator.url, yusuf.token);
    const { id = '' } = await stream.next(frameOf('connection'));
    stream.close();
    await write('between');
    const { events, cursor, continuous } = await poll(id);
    expect([textsOf(events), continuous]).toEqual([['between'], true]);
    await write('and back');
    const path = `/realtime/stream?lastEventId=${cursor}`;
    const again = await openStream(emulator.url, yusuf.token, path);
    await again.next(frameOf('channel_message', { content: 'and back' }));
    expect(textsOf(again.frames)).toEqual(['and back']);
    again.close();
  });

  test('typing is told to who waits and shortly after, and has no id', async () => {
    const { cursor } = await poll();
    await lina.post('/chat/typing', { channelId: general });
    const { events } = await poll(cursor);
    const typing = events.find(frameOf('typing', { username: 'lina' }));
    expect(typing).toBeDefined();
    expect(typing?.id).toBeUndefined();
  });

  test.each(['', 'nonsense', '0-1', '00000000-1'])(
    'the unknown cursor "%s" is told to be no proof of continuity, at once',
    async (cursor) => {
      const answer = await poll(cursor, 60_000);
      expect(answer.continuous).toBe(false);
      expect(answer.events.map(({ event }) => event)).toEqual(['init', 'connection']);
      expect((await poll(answer.cursor)).continuous).toBe(true);
    },
  );

  test('so is one that is too old', async () => {
    const { cursor } = await poll();
    for (let at = 0; at < 21; at += 1) await lina.post('/admin/broadcast', { content: 'flood' });
    const answer = await poll(cursor, 60_000);
    expect(answer.continuous).toBe(false);
    expect(answer.events.map(({ event }) => event)).toEqual(['init', 'connection']);
  });

  test('who polls is online', async () => {
    const { cursor } = await poll();
    await write('news');
    await poll(cursor);
    const { body } = await lina.get<Snapshot>('/workspace/hudhud/general');
    const statuses = new Map(body.active_members.map((one) => [one.username, one.status]));
    expect(statuses.get('yusuf')).toBe('online');
  });

  test('it asks who it is, as the stream does', async () => {
    const { url } = emulator;
    expect((await request(url, 'GET', '/realtime/poll')).status).toBe(401);
    expect((await request(url, 'GET', '/realtime/poll', { token: 'nonsense' })).status).toBe(401);
    const inAddress = await request(url, 'GET', `/realtime/poll?token=${yusuf.token}`);
    expect(inAddress.status).toBe(200);
    expect(inAddress.headers.get('cache-control')).toBe('no-store');
  });

  test.each(['-1', '60001', 'soon', '1.5'])('timeout_ms=%s is refused', async (timeout) => {
    const path = `/realtime/poll?timeout_ms=${timeout}`;
    const { status, body } = await yusuf.get<PollAnswer>(path);
    expect([status, body.error?.code]).toEqual([400, 'VALIDATION_ERROR']);
  });

  test('faults of frames befall it: a frame is doubled or lost, and the cursor passes', async () => {
    const { cursor } = await poll();
    await emulator.setFaults({ doubleFrames: { p: 1 } });
    await write('doubled');
    const doubled = await poll(cursor);
    expect(textsOf(doubled.events)).toEqual(['doubled', 'doubled']);
    await emulator.setFaults({ dropFrames: { p: 1, users: ['yusuf'] } });
    await write('lost');
    const lost = await poll(doubled.cursor);
    expect(lost).toMatchObject({ events: [], continuous: true });
    await emulator.setFaults();
    expect(textsOf((await poll(lost.cursor)).events)).toEqual([]);
  });

  test('switched off it is no route, to whomever asks', async () => {
    await emulator.setFaults({ longPolling: false });
    const answer = await yusuf.get<PollAnswer>('/realtime/poll');
    expect([answer.status, answer.body.error?.code]).toEqual([404, 'NOT_FOUND']);
    expect((await request(emulator.url, 'GET', '/realtime/poll')).status).toBe(404);
  });

  test('--long-polling off holds from the start; a stop answers who waits', async () => {
    const other = await startHostedEmulator(['--long-polling', 'off']);
    const client = await signIn(other.url, 'lina');
    expect((await client.get('/realtime/poll')).status).toBe(404);
    await other.setFaults({ longPolling: true });
    const { body } = await client.get<PollAnswer>('/realtime/poll');
    // without --resume frames have no ids, and a cursor is there all the same
    expect(body.events.map(({ id }) => id)).toEqual([undefined, undefined]);
    const after = (cursor: string) =>
      client.get<PollAnswer>(`/realtime/poll?cursor=${cursor}&timeout_ms=60000`);
    const come = await after(body.cursor);
    expect(come.body.events).toEqual([expect.objectContaining({ event: 'presence' })]);
    const waiting = after(come.body.cursor);
    await until(
      async () => (await request<Status>(other.url, 'GET', '/realtime/status')).body,
      ({ connections }) => connections === 1,
    );
    expect(await other.stop()).toBe(0);
    expect((await waiting).body).toMatchObject({ events: [], continuous: true });
    expect(other.stderr()).toBe('');
  });
});
