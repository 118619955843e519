import { connect } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { backends, startOn } from '../../support/backends';
import type { Client } from '../../support/client';
import { channelId, request, signIn } from '../../support/client';
import { until, within } from '../../support/deadline';
import type { HostedEmulator } from '../../support/hostedEmulator';
import { startHostedEmulator } from '../../support/hostedEmulator';
import type { Stream } from '../../support/stream';
import { frameOf, openStream } from '../../support/stream';
import type { OneChannel, Sent, Snapshot } from '../../support/wire';

interface Status {
  readonly connections: number;
  readonly users_online: number;
}

describe.each(backends)('streams on %s', (backend) => {
  let emulator: HostedEmulator;
  let lina: Client;
  let omar: Client;
  let yusuf: Client;
  let general: string;
  let leadership: string;
  const open: Stream[] = [];

  async function listen(client: Client, path?: string): Promise<Stream> {
    const stream = await openStream(emulator.url, client.token, path);
    open.push(stream);
    return stream;
  }

  const write = (author: Client, channel: string, content: string) =>
    author.post<Sent>('/chat/messages', { channelId: channel, content });

  const status = async () => (await request<Status>(emulator.url, 'GET', '/realtime/status')).body;

  /** For tests of presence, which begin with nobody here. */
  const nobodyHere = () => until(status, ({ users_online }) => users_online === 0);

  beforeAll(async () => {
    emulator = await startOn(backend);
    lina = await signIn(emulator.url, 'lina');
    omar = await signIn(emulator.url, 'omar');
    yusuf = await signIn(emulator.url, 'yusuf');
    general = await channelId(lina, 'general');
    leadership = await channelId(lina, 'leadership');
  });
  afterEach(async () => {
    for (const stream of open.splice(0)) stream.close();
    await until(status, ({ connections }) => connections === 0);
  });
  afterAll(() => emulator.stop());

  test('init names the channels that the stream covers', async () => {
    const member = await listen(yusuf);
    const frame = await member.next(frameOf('init', { userId: yusuf.userId, username: 'yusuf' }));
    expect(frame.data['channels']).toContain(general);
    expect(frame.data['channels']).not.toContain(leadership);
  });

  test('the token may stand in the address, for streams only', async () => {
    const { url } = emulator;
    const origin = 'http://localhost:5173';
    const address = `${url}/api/realtime/stream?token=${lina.token}`;
    const answer = await fetch(address, { headers: { origin } });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('access-control-allow-origin')).toBe(origin);
    expect(answer.headers.get('access-control-allow-credentials')).toBe('true');
    expect(answer.headers.get('content-type')).toContain('text/event-stream');
    await answer.body?.cancel();
    expect((await request(url, 'GET', `/auth/me?token=${lina.token}`)).status).toBe(401);
  });

  test('frames of a private channel reach its members only', async () => {
    const member = await listen(omar);
    const outsider = await listen(yusuf);
    await write(lina, leadership, 'secret');
    await write(lina, general, 'public');
    await member.next(frameOf('channel_message', { content: 'secret' }));
    await outsider.next(frameOf('channel_message', { content: 'public' }));
    expect(JSON.stringify(outsider.frames)).not.toContain('secret');
  });

  test('membership is looked up live: joining starts the frames, leaving ends them', async () => {
    const { body } = await lina.post<OneChannel>('/chat/channels', {
      name: 'closed',
      isPrivate: true,
    });
    const { channel_id: closed } = body.data.channel;
    const stream = await listen(omar);
    await stream.next(frameOf('connection'));
    await write(lina, closed, 'before');
    await omar.post(`/chat/channels/${closed}/join`);
    await write(lina, closed, 'during');
    await omar.post(`/chat/channels/${closed}/leave`);
    await write(lina, closed, 'after');
    await write(lina, general, 'marker');
    await stream.next(frameOf('channel_message', { content: 'marker' }));
    const told = stream.frames.map(({ data }) => data['content'] ?? data['action']);
    expect(
      told.filter((word) => word !== undefined && word !== 'join' && word !== 'leave'),
    ).toEqual(['member_joined', 'during', 'member_left', 'marker']);
  });

  test('a channel that turns private tells those whom it shuts out, once', async () => {
    const { body } = await lina.post<OneChannel>('/chat/channels', { name: 'closing' });
    const { channel_id: closing } = body.data.channel;
    const outsider = await listen(yusuf);
    await outsider.next(frameOf('connection'));
    await lina.send('PUT', `/chat/channels/${closing}`, { isPrivate: true });
    await outsider.next(frameOf('channel_event', { action: 'channel_updated' }));
    await write(lina, closing, 'inside');
    await write(lina, general, 'marker 2');
    await outsider.next(frameOf('channel_message', { content: 'marker 2' }));
    expect(JSON.stringify(outsider.frames)).not.toContain('inside');
  });

  test('a channel stream carries its channel and nothing else', async () => {
    const stream = await listen(lina, `/realtime/stream/channel/${general}`);
    await stream.next(frameOf('channel_init'));
    await listen(omar);
    await write(omar, leadership, 'elsewhere');
    await omar.post('/chat/typing', { channelId: general });
    await write(omar, general, 'here');
    await stream.next(frameOf('channel_message', { content: 'here' }));
    expect(stream.frames.map(({ event }) => event)).toEqual([
      'channel_init',
      'typing',
      'channel_message',
    ]);
  });

  test('a reply is followed by its head, with the count and no content', async () => {
    const sent = await write(lina, general, 'head');
    const { message_id: head } = sent.body.message;
    const stream = await listen(lina);
    await omar.post(`/chat/messages/${head}/replies`, { content: 'reply' });
    const reply = await stream.next(frameOf('channel_message', { action: 'new_message' }));
    expect(reply.data['parent_message_id']).toBe(head);
    const parent = await stream.next(frameOf('channel_message', { action: 'updated' }));
    expect(parent.data).toMatchObject({ message_id: head, thread_count: 1 });
    expect('content' in parent.data).toBe(false);
  });

  test('frames come in the order of what they tell', async () => {
    const stream = await listen(omar);
    for (let at = 0; at < 20; at += 1) await write(lina, general, `in order ${at}`);
    await stream.next(frameOf('channel_message', { content: 'in order 19' }));
    const words = stream.frames.map(({ data }) => data['content']).filter(Boolean);
    expect(words).toEqual(Array.from({ length: 20 }, (_unused, at) => `in order ${at}`));
  });

  test('a person joins with the first stream and leaves after the last', async () => {
    await nobodyHere();
    const watcher = await listen(lina);
    const first = await listen(omar);
    const join = await watcher.next(frameOf('presence', { action: 'join', username: 'omar' }));
    expect(join.data).toMatchObject({ onlineCount: 2, updates: { status: 'online' } });
    const second = await listen(omar);
    await second.next(frameOf('connection'));

    await omar.send('PUT', '/auth/profile', { status: 'busy' });
    await watcher.next(frameOf('presence', { action: 'update', username: 'omar' }));
    const { body } = await lina.get<Snapshot>('/workspace/hudhud/general');
    const statuses = new Map(body.active_members.map((one) => [one.username, one.status]));
    expect(statuses.get('omar')).toBe('busy');
    expect(statuses.get('yusuf')).toBe('offline');

    first.close();
    second.close();
    const leave = await watcher.next(frameOf('presence', { action: 'leave', username: 'omar' }));
    expect(leave.data).toMatchObject({ onlineCount: 1, updates: { status: 'offline' } });
    const joins = watcher.frames.filter(frameOf('presence', { action: 'join', username: 'omar' }));
    expect(joins).toHaveLength(1);
  });

  test('who is back within the grace time never left', async () => {
    await nobodyHere();
    const watcher = await listen(lina);
    const first = await listen(omar);
    await watcher.next(frameOf('presence', { action: 'join', username: 'omar' }));
    first.close();
    await until(status, ({ connections }) => connections === 1);
    const second = await listen(omar);
    await second.next(frameOf('connection'));
    await listen(yusuf);
    await watcher.next(frameOf('presence', { action: 'join', username: 'yusuf' }));
    const told = watcher.frames.filter(frameOf('presence', { username: 'omar' }));
    expect(told).toHaveLength(1);
  });

  test('a reader that does not read is dropped', async () => {
    const { port } = new URL(emulator.url);
    const socket = connect(Number(port), '127.0.0.1');
    socket.pause();
    socket.on('error', () => undefined);
    socket.write(`GET /api/realtime/stream?token=${lina.token} HTTP/1.1\r\nHost: x\r\n\r\n`);
    await until(status, ({ connections }) => connections === 1);
    const content = '🦤'.repeat(10_000);
    await until(
      async () => {
        await Promise.all(Array.from({ length: 20 }, () => write(omar, general, content)));
        return status();
      },
      ({ connections }) => connections === 0,
      30_000,
    );
    socket.destroy();
  });

  test('a reader whose connection ends while its answer waits behind another one is counted no more', async () => {
    const { port } = new URL(emulator.url);
    const socket = connect(Number(port), '127.0.0.1');
    socket.on('error', () => undefined);
    const asked = `GET /api/realtime/stream?token=${lina.token} HTTP/1.1\r\nHost: x\r\n\r\n`;
    socket.write(asked + asked);
    await until(status, ({ connections }) => connections === 2);
    socket.destroy();
    await until(status, ({ connections }) => connections === 0);
  });

  test('nothing went wrong inside the server', () => {
    expect(emulator.stderr()).toBe('');
  });
});

describe('other frame styles', () => {
  test('default: every frame is an unnamed {type, data}; copies: each message a second time', async () => {
    const emulator = await startHostedEmulator(['--frames', 'default', '--broadcast-copies']);
    const omar = await signIn(emulator.url, 'omar');
    const stream = await openStream(emulator.url, omar.token);
    const channel = await channelId(omar, 'general');
    await omar.post('/chat/messages', { channelId: channel, content: 'twice' });
    await stream.next(({ data }) => data['type'] === 'broadcast');
    expect(stream.frames.every(({ event }) => event === undefined)).toBe(true);
    expect(stream.frames.map(({ data }) => data['type'])).toEqual([
      'init',
      'connection',
      'presence',
      'channel_message',
      'broadcast',
    ]);
    const [message, copy] = stream.frames.slice(-2).map(({ data }) => data['data']);
    expect(message).toMatchObject({ action: 'new_message', content: 'twice' });
    expect(copy).toEqual(message);

    const stopping = emulator.stop();
    await within(5_000, stream.ended, () => 'The stream outlives its server');
    expect(await stopping).toBe(0);
  });
});
