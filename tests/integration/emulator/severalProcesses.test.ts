import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { Client } from '../../support/client';
import { channelId, request, signIn } from '../../support/client';
import { until } from '../../support/deadline';
import type { Emulator } from '../../support/emulator';
import { startEmulator } from '../../support/emulator';
import type { StreamFrame } from '../../support/frameList';
import { frameOf, textsOf } from '../../support/frameList';
import { describeWith } from '../../support/needs';
import type { Database, PostgresServer } from '../../support/postgres';
import { ask, makeDatabase, postgres, startPostgres } from '../../support/postgres';
import type { Stream } from '../../support/stream';
import { openStream } from '../../support/stream';
import type { Page, Sent, Snapshot } from '../../support/wire';

interface Status {
  readonly users_online: number;
  readonly connections: number;
}

interface PollAnswer {
  readonly events: readonly StreamFrame[];
  readonly cursor: string;
  readonly continuous: boolean;
}

describeWith([postgres], 'several processes on one Postgres', () => {
  let server: PostgresServer;
  let database: Database;
  let here: Emulator;
  let there: Emulator;
  let lina: Client;
  let omar: Client;
  let yusuf: Client;
  let general: string;
  let leadership: string;
  const open: Stream[] = [];
  let lingering = 0;

  beforeAll(async () => {
    server = await startPostgres();
    database = await makeDatabase(server.url);
    const start = () => startEmulator(['--resume', 'on', '--idempotency', 'on'], database.url);
    // at once, on a database without a table
    [here, there] = await Promise.all([start(), start()]);
    lina = await signIn(here.url, 'lina');
    omar = await signIn(here.url, 'omar');
    yusuf = await signIn(here.url, 'yusuf');
    general = await channelId(lina, 'general');
    leadership = await channelId(lina, 'leadership');
  });
  afterEach(async () => {
    for (const stream of open.splice(0)) stream.close();
    await until(status, ({ users_online }) => users_online <= lingering);
  });
  afterAll(async () => {
    await Promise.all([here.stop(), there.stop()]);
    await database.drop();
    await server.stop();
  });

  async function listen(at: Emulator, { token }: Client, query = ''): Promise<Stream> {
    const stream = await openStream(at.url, token, `/realtime/stream${query}`);
    open.push(stream);
    await stream.next(frameOf('connection'));
    return stream;
  }

  const call = <T>(at: Emulator, { token }: Client, method: string, path: string, body?: unknown) =>
    request<T>(at.url, method, path, { token, ...(body === undefined ? {} : { body }) });

  const write = (at: Emulator, author: Client, content: string, channel = general) =>
    call<Sent>(at, author, 'POST', '/chat/messages', { channelId: channel, content });

  const status = async (at = there) =>
    (await request<Status>(at.url, 'GET', '/realtime/status')).body;

  async function statusesAt(at: Emulator): Promise<Map<string, string>> {
    const { body } = await call<Snapshot>(at, lina, 'GET', '/workspace/hudhud/general');
    return new Map(body.active_members.map((one) => [one.username, one.status]));
  }

  const message = (content: string) => frameOf('channel_message', { content });

  test('they have one database, which one of them has filled; a token of one is good at the other', async () => {
    const people = await call<{ count: number }>(there, lina, 'GET', '/admin/users');
    expect(people.body.count).toBe(6);
    const path = `/chat/messages?channelId=${general}&limit=200`;
    const pages = await Promise.all([here, there].map((at) => call<Page>(at, lina, 'GET', path)));
    expect(pages[0]?.body).toEqual(pages[1]?.body);
    expect(pages[0]?.body.messages.length).toBeGreaterThan(10);
  });

  test('what happens at one is told at both: the same frame, with the same id, once', async () => {
    const streams = [await listen(here, omar), await listen(there, omar)];
    const { body } = await write(here, lina, 'from here');
    const path = `/chat/messages/${body.message.message_id}`;
    await call(there, lina, 'PUT', path, { content: 'edited there' });
    await call(here, omar, 'POST', `${path}/reactions`, { emoji: '👍' });
    await call(there, lina, 'DELETE', path);
    await call(here, lina, 'POST', '/chat/typing', { channelId: general });
    const told = [];
    for (const stream of streams) {
      await stream.next(frameOf('typing'));
      const aside = ['init', 'connection', 'presence'];
      told.push(stream.frames.filter(({ event }) => !aside.includes(event ?? '')));
    }
    expect(told[0]).toEqual(told[1]);
    const talk = told[0] ?? [];
    expect(talk.map(({ event, data }) => data['action'] ?? data['type'] ?? event)).toEqual([
      'new_message',
      'updated',
      'reaction_added',
      'deleted',
      'typing',
    ]);
    expect(talk.map(({ id }) => id !== undefined)).toEqual([true, true, true, true, false]);
  });

  test('a frame may be longer than a notification', async () => {
    const stream = await listen(there, omar);
    const content = '🦤'.repeat(10_000);
    await write(here, lina, content);
    await stream.next(message(content));
  });

  test('frames of a private channel reach its members only, wherever they are', async () => {
    const outsider = await listen(there, yusuf);
    await write(here, lina, 'secret', leadership);
    await write(here, lina, 'public');
    await outsider.next(message('public'));
    expect(JSON.stringify(outsider.frames)).not.toContain('secret');
  });

  test('written at both at once, they come in one order everywhere, each once', async () => {
    const streams = await Promise.all(
      [here, here, there, there].map((at, number) => listen(at, number % 2 === 0 ? lina : omar)),
    );
    const contents = Array.from({ length: 60 }, (_unused, at) => `at once ${at}`);
    await Promise.all(
      contents.map((content, at) => write(at % 2 === 0 ? here : there, lina, content)),
    );
    await write(there, omar, 'the last');
    const path = `/chat/messages?channelId=${general}&limit=61`;
    const { messages } = (await call<Page>(there, lina, 'GET', path)).body;
    const order = messages.map(({ content }) => content);
    expect([...order].sort()).toEqual([...contents, 'the last'].sort());
    for (const stream of streams) {
      await stream.next(message('the last'));
      expect(textsOf(stream.frames)).toEqual(order);
    }
    const ids = streams.map(({ frames }) =>
      frames.filter(({ event }) => event === 'channel_message').map(({ id }) => id),
    );
    expect(ids).toEqual(ids.map(() => ids[0]));
  });

  test('who goes elsewhere goes on there after the last id, at once', async () => {
    const stream = await listen(here, omar);
    for (let round = 0; round < 5; round += 1) {
      await write(here, lina, `heard ${round}`);
      const { id = '' } = await stream.next(message(`heard ${round}`));
      await write(here, lina, `missed ${round}`);
      const again = await listen(there, omar, `?lastEventId=${id}`);
      await again.next(message(`missed ${round}`));
      expect(textsOf(again.frames)).toEqual([`missed ${round}`]);
      await stream.next(message(`missed ${round}`));
    }
  });

  test('a key makes one message, whichever of them it is sent to', async () => {
    const stream = await listen(here, omar);
    const headers = { 'idempotency-key': randomUUID() };
    const sent = { channelId: general, content: 'with a key' };
    const answers = await Promise.all(
      [here, there, here, there].map(({ url }) =>
        request<Sent>(url, 'POST', '/chat/messages', { token: lina.token, body: sent, headers }),
      ),
    );
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 200, 200, 201]);
    expect(new Set(answers.map(({ body }) => body.message.message_id)).size).toBe(1);
    await write(there, lina, 'after the key');
    await stream.next(message('after the key'));
    expect(textsOf(stream.frames)).toEqual(['with a key', 'after the key']);
  });

  describe('presence is one', () => {
    test('a person joins with the first stream anywhere and leaves after the last', async () => {
      const watcher = await listen(there, lina);
      // a stream is greeted before its person is counted
      await until(status, ({ users_online }) => users_online === 1);
      const first = await listen(here, omar);
      const join = await watcher.next(frameOf('presence', { action: 'join', username: 'omar' }));
      expect(join.data).toMatchObject({ onlineCount: 2, updates: { status: 'online' } });
      const second = await listen(there, omar);
      expect((await statusesAt(here)).get('omar')).toBe('online');
      expect((await statusesAt(there)).get('omar')).toBe('online');
      expect((await status(here)).users_online).toBe(2);

      await call(here, omar, 'PUT', '/auth/profile', { status: 'busy' });
      const update = await watcher.next(frameOf('presence', { action: 'update' }));
      expect(update.data).toMatchObject({ username: 'omar', updates: { status: 'busy' } });
      expect((await statusesAt(there)).get('omar')).toBe('busy');

      first.close();
      await until(
        () => ask(database.url, 'select * from presence'),
        (rows) => rows.length === 2,
      );
      expect((await status(here)).users_online).toBe(2);
      second.close();
      const leave = await watcher.next(frameOf('presence', { action: 'leave', username: 'omar' }));
      expect(leave.data).toMatchObject({ onlineCount: 1, updates: { status: 'offline' } });
      const told = watcher.frames.filter(frameOf('presence', { username: 'omar' }));
      expect(told.map(({ data }) => data['action'])).toEqual(['join', 'update', 'leave']);
    });

    test('whom a killed process had is gone, but for those who are elsewhere too', async () => {
      const watcher = await listen(there, lina);
      await listen(here, lina);
      const lost = await listen(here, yusuf);
      await watcher.next(frameOf('presence', { action: 'join', username: 'yusuf' }));
      const { id = '' } = await (await write(here, omar, 'heard'), lost.next(message('heard')));
      await here.kill();
      await watcher.next(frameOf('presence', { action: 'leave', username: 'yusuf' }));
      expect((await statusesAt(there)).get('yusuf')).toBe('offline');
      expect((await statusesAt(there)).get('lina')).toBe('online');
      await write(there, omar, 'missed by yusuf');

      const again = await listen(there, yusuf, `?lastEventId=${id}`);
      await again.next(message('missed by yusuf'));
      expect(textsOf(again.frames)).toEqual(['missed by yusuf']);
      const ofLina = watcher.frames.filter(frameOf('presence', { username: 'lina' }));
      expect(ofLina.map(({ data }) => data['action'])).toEqual(['join']);

      await here.restart();
      const stream = await listen(here, omar, `?lastEventId=${id}`);
      await write(there, lina, 'told by all');
      for (const one of [watcher, again, stream]) await one.next(message('told by all'));
      expect(textsOf(stream.frames)).toEqual(['missed by yusuf', 'told by all']);
    });
  });

  test('a lost session to Postgres is opened again: nothing is missed, and nobody is left out', async () => {
    const streams = [await listen(here, omar), await listen(there, omar)];
    const listeners = `from pg_stat_activity a where a.datname = current_database()
      and exists (select 1 from pg_locks l where l.pid = a.pid and l.locktype = 'advisory')`;
    expect(await ask(database.url, `select 1 ${listeners}`)).toHaveLength(2);
    await ask(database.url, `select pg_terminate_backend(a.pid) ${listeners}`);
    const contents = Array.from({ length: 10 }, (_unused, at) => `during the loss ${at}`);
    for (const content of contents) await write(there, lina, content);
    for (const stream of streams) {
      await stream.next(message('during the loss 9'));
      expect(textsOf(stream.frames)).toEqual(contents);
    }
    await until(
      () => ask(database.url, `select 1 ${listeners}`),
      (rows) => rows.length === 2,
    );
    await until(
      () => statusesAt(here),
      (statuses) => statuses.get('omar') !== 'offline',
    );
  });

  test('a reader that could not be told everything is cut off', async () => {
    const stream = await listen(here, omar);
    await ask(database.url, 'update frame_count set newest = newest + 5000');
    await write(there, lina, 'after a hole');
    await expect(stream.ended).rejects.toThrow();
    const again = await listen(here, omar);
    await write(there, lina, 'after the cut');
    await again.next(message('after the cut'));
  });

  test('a cursor of long polling is good at both', async () => {
    const poll = async (at: Emulator, query: string) =>
      (await call<PollAnswer>(at, lina, 'GET', `/realtime/poll${query}`)).body;
    const stream = await listen(here, omar);
    const { cursor } = await poll(here, '');
    await write(here, omar, 'polled');
    await stream.next(message('polled'));
    const next = await poll(there, `?cursor=${cursor}`);
    expect([next.continuous, textsOf(next.events)]).toEqual([true, ['polled']]);
    // who polls is here for a while after
    lingering = 1;
  });

  test('one that stops leaves the chat to the other; nothing went wrong', async () => {
    const watcher = await listen(there, lina);
    await listen(here, yusuf);
    await watcher.next(frameOf('presence', { action: 'join', username: 'yusuf' }));
    expect(await here.stop()).toBe(0);
    await watcher.next(frameOf('presence', { action: 'leave', username: 'yusuf' }));
    expect([here.stderr(), there.stderr()]).toEqual(['', '']);
  });
});
