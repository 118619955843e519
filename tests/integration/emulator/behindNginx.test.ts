import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Client } from '../../support/client';
import { channelId, request, signIn } from '../../support/client';
import { until } from '../../support/deadline';
import type { Emulator } from '../../support/emulator';
import { startEmulator } from '../../support/emulator';
import { frameOf } from '../../support/frameList';
import { describeWith } from '../../support/needs';
import type { Proxy } from '../../support/nginx';
import { nginx, startNginx } from '../../support/nginx';
import type { Database, PostgresServer } from '../../support/postgres';
import { makeDatabase, postgres, startPostgres } from '../../support/postgres';
import type { ResumingReader } from '../../support/resumingReader';
import { keepReading } from '../../support/resumingReader';
import { openSocket, withToken } from '../../support/webSocket';
import type { Page, Sent } from '../../support/wire';

describeWith([postgres, nginx], 'two emulators on one Postgres behind nginx', () => {
  let server: PostgresServer;
  let database: Database;
  let emulators: readonly [Emulator, Emulator];
  let proxy: Proxy;
  let clients: readonly Client[];

  beforeAll(async () => {
    server = await startPostgres();
    database = await makeDatabase(server.url);
    const start = () => startEmulator(['--resume', 'on', '--idempotency', 'on'], database.url);
    emulators = await Promise.all([start(), start()]);
    proxy = await startNginx(emulators.map(({ url }) => url));
    clients = await Promise.all(
      ['lina', 'omar', 'sara', 'yusuf'].map((username) => signIn(proxy.url, username)),
    );
  });
  afterAll(async () => {
    await proxy.stop();
    await Promise.all(emulators.map((emulator) => emulator.stop()));
    await database.drop();
    await server.stop();
  });

  /** Until it is answered well: whether the server did it before it died is not known, so the key stays. */
  async function write({ token }: Client, channel: string, content: string): Promise<void> {
    const headers = { 'idempotency-key': randomUUID() };
    const sent = { token, body: { channelId: channel, content }, headers };
    const isWritten = () =>
      request<Sent>(proxy.url, 'POST', '/chat/messages', sent).then(
        ({ status }) => status === 200 || status === 201,
        () => false,
      );
    await until(isWritten, (done) => done);
  }

  async function channelsOf(client: Client): Promise<readonly string[]> {
    const slugs = ['general', 'engineering'];
    return Promise.all(slugs.map((slug) => channelId(client, slug)));
  }

  test('one is killed under traffic, then the other: every message reaches every reader once, in order', async () => {
    const [lina, omar] = clients as readonly [Client, Client];
    const channels = await channelsOf(lina);
    const readers = clients.map(({ token }) => keepReading(proxy.url, token));
    // two at each: nginx takes turns
    await until(
      () => Promise.resolve(readers),
      (all) => all.every(({ opened }) => opened > 0),
    );
    const before = readers.map(({ opened }) => opened);

    const rounds = 40;
    const contents: string[] = [];
    async function keepWriting(author: Client, channel: string): Promise<void> {
      for (let round = 0; round < rounds; round += 1) {
        const content = `${author.username} in ${channel}, ${round}`;
        contents.push(content);
        await write(author, channel, content);
      }
    }
    /** When so many have been written, whoever it was. */
    const written = (count: number) =>
      until(
        () => Promise.resolve(contents.length),
        (length) => length >= count,
        40_000,
      );
    const writing = Promise.all(
      [lina, omar].flatMap((author) => channels.map((channel) => keepWriting(author, channel))),
    );
    await written(rounds);
    await emulators[0].kill();
    await written(2 * rounds);
    await emulators[0].restart();
    await written(3 * rounds);
    await emulators[1].kill();
    await writing;

    const toldAll = ({ texts }: ResumingReader) => texts().length >= contents.length;
    await until(
      () => Promise.resolve(readers),
      (all) => all.every(toldAll),
      20_000,
    );
    await emulators[1].restart();
    await proxy.isUp();
    await Promise.all(readers.map(({ stop }) => stop()));

    expect(contents).toHaveLength(4 * rounds);
    const told = readers.map(({ texts }) => texts());
    expect(told[0]).toHaveLength(contents.length);
    expect([...(told[0] ?? [])].sort()).toEqual([...contents].sort());
    for (const one of told) expect(one).toEqual(told[0]);
    for (const channel of channels) {
      const path = `/chat/messages?channelId=${channel}&limit=${2 * rounds}`;
      const { messages } = (await lina.get<Page>(path)).body;
      const ofChannel = told[0]?.filter((text) => String(text).includes(channel));
      expect(ofChannel).toEqual(messages.map(({ content }) => content));
    }
    expect(readers.map(({ startedAfresh }) => startedAfresh)).toEqual([0, 0, 0, 0]);
    const reopened = readers.filter(({ opened }, at) => opened > (before[at] ?? 0));
    expect(reopened.length).toBeGreaterThan(1);
  });

  test('WebSockets pass too', async () => {
    const [lina] = clients as readonly [Client];
    const [general = ''] = await channelsOf(lina);
    const socket = await openSocket(proxy.url, { protocols: withToken(lina.token) });
    await socket.next(frameOf('connection'));
    await write(lina, general, 'through the proxy');
    await socket.next(frameOf('channel_message', { content: 'through the proxy' }));
    socket.close();
    expect(emulators.map(({ stderr }) => stderr())).toEqual(['', '']);
  });
});
