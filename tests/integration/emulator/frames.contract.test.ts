import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import samples from '../../contract/frames.json';
import { backends, startOn } from '../../support/backends';
import type { Client } from '../../support/client';
import { channelId, signIn } from '../../support/client';
import type { HostedEmulator } from '../../support/hostedEmulator';
import { differences } from '../../support/shape';
import { frameOf, openStream } from '../../support/stream';
import type { OneChannel, Sent } from '../../support/wire';

interface Scene {
  readonly url: string;
  readonly lina: Client;
  readonly omar: Client;
  readonly general: string;
}

async function message({ omar, general }: Scene): Promise<string> {
  const sent = { channelId: general, content: 'build is green' };
  return (await omar.post<Sent>('/chat/messages', sent)).body.message.message_id;
}

let counter = 0;
async function channel({ lina }: Scene): Promise<string> {
  const name = `room ${(counter += 1)}`;
  return (await lina.post<OneChannel>('/chat/channels', { name })).body.data.channel.channel_id;
}

type Cause = (scene: Scene) => Promise<unknown>;
const noCause: Cause = () => Promise.resolve();

/** What makes each frame come, and how it is told from others. */
const causes: Readonly<Record<string, readonly [cause: Cause, values: object]>> = {
  init: [noCause, {}],
  connection: [noCause, { status: 'connected' }],
  ping: [noCause, {}],
  'channel_message/new': [message, { action: 'new_message' }],
  'channel_message/updated': [
    async (scene) =>
      scene.omar.send('PUT', `/chat/messages/${await message(scene)}`, { content: 'again' }),
    { action: 'updated', is_edited: true },
  ],
  'channel_message/thread': [
    async (scene) =>
      scene.omar.post(`/chat/messages/${await message(scene)}/replies`, { content: 'yes' }),
    { action: 'updated', thread_count: 1 },
  ],
  'channel_message/deleted': [
    async (scene) => scene.omar.send('DELETE', `/chat/messages/${await message(scene)}`),
    { action: 'deleted' },
  ],
  'broadcast/message': [message, { action: 'new_message' }],
  'broadcast/notice': [
    ({ lina }) => lina.post('/admin/broadcast', { content: 'maintenance at ten', type: 'alert' }),
    { type: 'alert', message: 'maintenance at ten' },
  ],
  typing: [({ omar, general }) => omar.post('/chat/typing', { channelId: general }), {}],
  'reaction/added': [
    async (scene) =>
      scene.omar.post(`/chat/messages/${await message(scene)}/reactions`, { emoji: '👍' }),
    { type: 'reaction_added', emoji: '👍' },
  ],
  'reaction/removed': [
    async (scene) => {
      const path = `/chat/messages/${await message(scene)}/reactions`;
      await scene.omar.post(path, { emoji: '👍' });
      await scene.omar.send('DELETE', `${path}/${encodeURIComponent('👍')}`);
    },
    { type: 'reaction_removed' },
  ],
  'presence/join': [
    async ({ url, omar }) => {
      (await openStream(url, omar.token)).close();
    },
    { action: 'join', username: 'omar' },
  ],
  'presence/update': [
    ({ lina }) => lina.send('PUT', '/auth/profile', { status: 'away' }),
    { action: 'update', username: 'lina' },
  ],
  'presence/leave': [
    async ({ url, omar }) => {
      (await openStream(url, omar.token)).close();
    },
    { action: 'leave', username: 'omar' },
  ],
  'channel_event/member_joined': [
    async (scene) => scene.omar.post(`/chat/channels/${await channel(scene)}/join`),
    { action: 'member_joined', username: 'omar' },
  ],
  'channel_event/member_left': [
    async (scene) => {
      const path = `/chat/channels/${await channel(scene)}`;
      await scene.omar.post(`${path}/join`);
      await scene.omar.post(`${path}/leave`);
    },
    { action: 'member_left', username: 'omar' },
  ],
  'channel_event/channel_created': [channel, { action: 'channel_created' }],
  'channel_event/channel_updated': [
    async (scene) =>
      scene.lina.send('PUT', `/chat/channels/${await channel(scene)}`, { description: 'New' }),
    { action: 'channel_updated' },
  ],
  'channel_event/channel_deleted': [
    async (scene) => scene.lina.send('DELETE', `/chat/channels/${await channel(scene)}`),
    { action: 'channel_deleted' },
  ],
};

// only a channel stream opens with it
const ofChannelStream = 'channel_init';

describe.each(backends)('frames on %s', (backend) => {
  let emulator: HostedEmulator;
  let scene: Scene;

  beforeAll(async () => {
    emulator = await startOn(backend, ['--broadcast-copies', '--ping-interval', '100']);
    const { url } = emulator;
    const lina = await signIn(url, 'lina');
    const omar = await signIn(url, 'omar');
    scene = { url, lina, omar, general: await channelId(lina, 'general') };
  });
  afterAll(() => emulator.stop());

  test('every sample is caused', () => {
    const names = [...Object.keys(causes), ofChannelStream];
    expect(names.sort()).toEqual(samples.map(({ name }) => name).sort());
  });

  const onMainStream = samples.filter(({ name }) => name !== ofChannelStream);
  test.each(onMainStream)('$name', async ({ name, event, data, optional }) => {
    const stream = await openStream(scene.url, scene.lina.token);
    try {
      const [cause = noCause, values = {}] = causes[name] ?? [];
      await cause(scene);
      const frame = await stream.next(frameOf(event, { ...values }));
      expect(differences(data, frame.data, { optional })).toEqual([]);
      // nothing to resume from is promised
      expect(stream.frames.every(({ id }) => id === undefined)).toBe(true);
    } finally {
      stream.close();
    }
  });

  test('init comes first, then connection', async () => {
    const stream = await openStream(scene.url, scene.lina.token);
    await stream.next(frameOf('connection'));
    stream.close();
    expect(stream.frames.slice(0, 2).map(({ event }) => event)).toEqual(['init', 'connection']);
  });

  test('a channel stream opens with channel_init', async () => {
    const path = `/realtime/stream/channel/${scene.general}`;
    const stream = await openStream(scene.url, scene.lina.token, path);
    const frame = await stream.next(() => true);
    stream.close();
    const sample = samples.find(({ name }) => name === ofChannelStream);
    expect(frame.event).toBe(ofChannelStream);
    expect(differences(sample?.data, frame.data)).toEqual([]);
  });

  test('nothing went wrong inside the server', () => {
    expect(emulator.stderr()).toBe('');
  });
});
