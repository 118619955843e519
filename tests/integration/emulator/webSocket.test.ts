import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { Client } from '../../support/client';
import { channelId, request, signIn } from '../../support/client';
import { until } from '../../support/deadline';
import type { HostedEmulator } from '../../support/hostedEmulator';
import { startHostedEmulator } from '../../support/hostedEmulator';
import { frameOf, textsOf } from '../../support/frameList';
import { openStream } from '../../support/stream';
import type { SocketStream } from '../../support/webSocket';
import { openSocket, withToken } from '../../support/webSocket';

interface Status {
  readonly connections: number;
  readonly users_online: number;
}

describe('the WebSocket twin of the stream', () => {
  let emulator: HostedEmulator;
  let lina: Client;
  let yusuf: Client;
  let general: string;
  let leadership: string;
  const open: SocketStream[] = [];

  beforeAll(async () => {
    emulator = await startHostedEmulator(['--resume', 'on', '--ping-interval', '500']);
    lina = await signIn(emulator.url, 'lina');
    yusuf = await signIn(emulator.url, 'yusuf');
    general = await channelId(lina, 'general');
    leadership = await channelId(lina, 'leadership');
  });
  afterEach(async () => {
    await emulator.setFaults();
    for (const socket of open.splice(0)) socket.close();
    await until(status, ({ connections }) => connections === 0);
  });
  afterAll(async () => {
    await emulator.stop();
    expect(emulator.stderr()).toBe('');
  });

  const status = async () => (await request<Status>(emulator.url, 'GET', '/realtime/status')).body;

  const write = (content: string, channel = general) =>
    lina.post('/chat/messages', { channelId: channel, content });
  const message = (content: string) => frameOf('channel_message', { content });

  async function listen(query = ''): Promise<SocketStream> {
    const path = `/realtime/ws${query}`;
    const socket = await openSocket(emulator.url, { protocols: withToken(yusuf.token), path });
    open.push(socket);
    return socket;
  }

  test('it greets, and sends the frames of the stream, with their ids', async () => {
    const stream = await openStream(emulator.url, yusuf.token);
    const socket = await listen();
    const init = await socket.next(frameOf('init', { userId: yusuf.userId }));
    expect(init.data['channels']).toEqual((await stream.next(frameOf('init'))).data['channels']);
    await socket.next(frameOf('connection'));
    await write('secret', leadership);
    await write('on both');
    expect(await socket.next(message('on both'))).toEqual(await stream.next(message('on both')));
    expect(JSON.stringify(socket.frames)).not.toContain('secret');
    expect((await socket.next(frameOf('ping'))).id).toBeUndefined();
    stream.close();
  });

  test('the token is a subprotocol that is not named back', async () => {
    expect((await listen()).protocol).toBe('hudhud.v1');
  });

  test('or the token comes with the first message', async () => {
    const socket = await openSocket(emulator.url);
    open.push(socket);
    socket.send({ type: 'auth', token: yusuf.token });
    await socket.next(frameOf('init', { username: 'yusuf' }));
  });

  test('it goes on after the last id, named in the address or with the token', async () => {
    const socket = await listen();
    await write('heard');
    const { id = '' } = await socket.next(message('heard'));
    socket.close();
    await write('missed');
    const again = await listen(`?lastEventId=${id}`);
    const third = await openSocket(emulator.url, { protocols: ['hudhud.v1'] });
    open.push(third);
    third.send({ type: 'auth', token: yusuf.token, lastEventId: id });
    await third.next(frameOf('connection'));
    await write('marker');
    for (const one of [again, third]) {
      await one.next(message('marker'));
      expect(one.frames[0]?.event).toBe('init');
      expect(textsOf(one.frames)).toEqual(['missed', 'marker']);
    }
  });

  test('a bad token closes it with 4401, and why', async () => {
    const inList = await openSocket(emulator.url, { protocols: withToken('nonsense') });
    expect(await inList.closed).toEqual({ code: 4401, reason: 'TOKEN_INVALID' });
    const inMessage = await openSocket(emulator.url);
    inMessage.send({ type: 'auth', token: 'nonsense' });
    expect(await inMessage.closed).toEqual({ code: 4401, reason: 'TOKEN_INVALID' });
  });

  test.each([{ type: 'hello' }, 'nonsense', null, { type: 'auth', token: 5 }])(
    'a first message that names no token, %j, closes it too',
    async (first) => {
      const socket = await openSocket(emulator.url);
      socket.send(first);
      expect(await socket.closed).toEqual({ code: 4401, reason: 'TOKEN_MISSING' });
      expect(socket.frames).toEqual([]);
    },
  );

  test('a token in the address is refused, be it good or not', async () => {
    const path = `/realtime/ws?token=${yusuf.token}`;
    await expect(openSocket(emulator.url, { path })).rejects.toThrow('HTTP 400');
  });

  test('a page from elsewhere is refused', async () => {
    const headers = { origin: 'https://elsewhere.example' };
    await expect(openSocket(emulator.url, { headers })).rejects.toThrow('HTTP 403');
    const here = await openSocket(emulator.url, {
      headers: { origin: 'http://localhost:5173' },
      protocols: withToken(yusuf.token),
    });
    open.push(here);
    await here.next(frameOf('init'));
  });

  test('without an upgrade there is nothing to get; upgrades elsewhere are plain requests', async () => {
    expect(await yusuf.get('/realtime/ws')).toMatchObject({
      status: 426,
      body: { error: { code: 'UPGRADE_REQUIRED' } },
    });
    await expect(openSocket(emulator.url, { path: '/projects' })).rejects.toThrow('HTTP 401');
    await expect(openSocket(emulator.url, { path: '/nowhere' })).rejects.toThrow('HTTP 404');
  });

  test('who listens is online, until the last connection closes', async () => {
    const socket = await listen();
    await until(status, ({ users_online }) => users_online === 1);
    socket.close();
    await until(status, ({ users_online }) => users_online === 0);
  });

  test('faults of frames befall it', async () => {
    const socket = await listen();
    await socket.next(frameOf('connection'));
    await emulator.setFaults({ doubleFrames: { p: 1 } });
    await write('doubled');
    await emulator.setFaults();
    await write('marker');
    await socket.next(message('marker'));
    expect(textsOf(socket.frames)).toEqual(['doubled', 'doubled', 'marker']);
  });

  test('switched off it is no route', async () => {
    await emulator.setFaults({ webSocket: false });
    await expect(listen()).rejects.toThrow('HTTP 404');
  });

  test('a stop closes it with 1001, those too who have not said who they are', async () => {
    const other = await startHostedEmulator(['--web-socket', 'off', '--frames', 'default']);
    const client = await signIn(other.url, 'lina');
    const named = { protocols: withToken(client.token) };
    await expect(openSocket(other.url, named)).rejects.toThrow('HTTP 404');
    await other.setFaults({ webSocket: true });
    const socket = await openSocket(other.url, named);
    const frame = await socket.next(({ data }) => data['type'] === 'connection');
    expect(frame).toMatchObject({ event: undefined, id: undefined, data: { data: {} } });
    const unknown = await openSocket(other.url);
    expect(await other.stop()).toBe(0);
    expect((await socket.closed).code).toBe(1001);
    expect((await unknown.closed).code).toBe(1001);
    expect(other.stderr()).toBe('');
  });
});
