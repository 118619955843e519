import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Client } from '../../support/client';
import { channelId, signIn } from '../../support/client';
import type { Emulator } from '../../support/emulator';
import { startEmulator } from '../../support/emulator';
import type { HostedEmulator } from '../../support/hostedEmulator';
import { startHostedEmulator } from '../../support/hostedEmulator';
import type { Stream } from '../../support/stream';
import { frameOf, openStream } from '../../support/stream';

describe('resuming a stream', () => {
  let emulator: HostedEmulator;
  let lina: Client;
  let yusuf: Client;
  let general: string;
  let leadership: string;

  beforeAll(async () => {
    const switches = ['--resume', 'on', '--kept-frames', '50', '--ping-interval', '500'];
    emulator = await startHostedEmulator(switches);
    lina = await signIn(emulator.url, 'lina');
    yusuf = await signIn(emulator.url, 'yusuf');
    general = await channelId(lina, 'general');
    leadership = await channelId(lina, 'leadership');
  });
  afterAll(() => emulator.stop());

  const listen = (path = '/realtime/stream') => openStream(emulator.url, yusuf.token, path);
  const write = (content: string, channel = general) =>
    lina.post('/chat/messages', { channelId: channel, content });
  const message = (content: string) => frameOf('channel_message', { content });
  const textsOf = ({ frames }: Stream) =>
    frames.filter(({ event }) => event === 'channel_message').map(({ data }) => data['content']);

  /** Opens a stream and reads it to the end of what is there by now. */
  async function readAfter(lastEventId: string, marker: string): Promise<Stream> {
    const query = new URLSearchParams({ lastEventId }).toString();
    const stream = await listen(`/realtime/stream?${query}`);
    await stream.next(frameOf('connection'));
    await write(marker);
    await stream.next(message(marker));
    stream.close();
    return stream;
  }

  test('what was missed comes after the greeting, once and in order', async () => {
    const stream = await listen();
    await write('seen');
    const { id = '' } = await stream.next(message('seen'));
    stream.close();
    for (const content of ['missed 1', 'missed 2', 'missed 3']) await write(content);
    await lina.post('/chat/typing', { channelId: general });
    await write('secret', leadership);

    const again = await readAfter(id, 'marker 1');
    expect(again.frames[0]?.event).toBe('init');
    expect(textsOf(again)).toEqual(['missed 1', 'missed 2', 'missed 3', 'marker 1']);
    expect(again.frames.some(({ event }) => event === 'typing')).toBe(false);
  });

  test('an id may also come in the header, as browsers send it', async () => {
    const stream = await listen();
    await write('before the header');
    const { id = '' } = await stream.next(message('before the header'));
    stream.close();
    await write('missed for the header');
    const closing = new AbortController();
    const response = await fetch(`${emulator.url}/api/realtime/stream`, {
      headers: { authorization: `Bearer ${yusuf.token}`, 'last-event-id': id },
      signal: closing.signal,
    });
    let text = '';
    for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      text += chunk;
      if (text.includes('missed for the header')) break;
    }
    expect(text).not.toContain('before the header');
    closing.abort();
  });

  test('a greeting alone is enough to go on from', async () => {
    const stream = await listen();
    const { id = '' } = await stream.next(frameOf('connection'));
    stream.close();
    await write('after the greeting');
    expect(textsOf(await readAfter(id, 'marker 2'))).toEqual(['after the greeting', 'marker 2']);
  });

  test('pings have no id', async () => {
    const stream = await listen();
    expect((await stream.next(frameOf('ping'))).id).toBeUndefined();
    stream.close();
  });

  test('a channel stream gets what its channel missed', async () => {
    const path = `/realtime/stream/channel/${general}`;
    const stream = await openStream(emulator.url, lina.token, path);
    const { id = '' } = await stream.next(frameOf('channel_init'));
    stream.close();
    await write('elsewhere', leadership);
    await write('here');
    const again = await openStream(emulator.url, lina.token, `${path}?lastEventId=${id}`);
    await again.next(message('here'));
    expect(textsOf(again)).toEqual(['here']);
    again.close();
  });

  test.each(['', 'nonsense', '0-1', '00000000-NaN', '00000000-1'])(
    'the unknown id "%s" gets a fresh stream',
    async (id) => {
      const marker = `marker of ${id}.`;
      expect(textsOf(await readAfter(id, marker))).toEqual([marker]);
    },
  );

  test('an id that is too old gets a fresh stream', async () => {
    const stream = await listen();
    const { id = '' } = await stream.next(frameOf('connection'));
    stream.close();
    const flood = (count: number) =>
      Promise.all(
        Array.from({ length: count }, () => lina.post('/admin/broadcast', { content: 'flood' })),
      );
    // people who come and go take some room too
    await flood(40);
    const still = await readAfter(id, 'marker 3');
    expect(still.frames.filter(({ event }) => event === 'broadcast')).toHaveLength(40);
    await flood(20);
    const again = await readAfter(id, 'marker 4');
    expect(again.frames.some(({ event }) => event === 'broadcast')).toBe(false);
  });

  test('an id of another database gets a fresh stream; without the switch there are none', async () => {
    const stream = await listen();
    const { id = '' } = await stream.next(frameOf('connection'));
    stream.close();
    const other = await startHostedEmulator();
    const client = await signIn(other.url, 'lina');
    const plain = await openStream(other.url, client.token, `/realtime/stream?lastEventId=${id}`);
    expect((await plain.next(frameOf('connection'))).id).toBeUndefined();
    plain.close();
    await other.stop();
    expect(emulator.stderr()).toBe('');
  });
});

describe('resuming over a restart', () => {
  let folder: string;
  let emulator: Emulator;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hudhud-resume-'));
    emulator = await startEmulator(['--resume', 'on', '--data', folder]);
  });
  afterAll(async () => {
    await emulator.stop();
    await rm(folder, { recursive: true });
  });

  test('what was told before a SIGKILL and not heard is told after it; who was here has left', async () => {
    const lina = await signIn(emulator.url, 'lina');
    const omar = await signIn(emulator.url, 'omar');
    const general = await channelId(lina, 'general');
    const write = (content: string) => lina.post('/chat/messages', { channelId: general, content });
    const stream = await openStream(emulator.url, omar.token);
    await write('heard');
    const { id = '' } = await stream.next(frameOf('channel_message', { content: 'heard' }));
    stream.close();
    const other = await openStream(emulator.url, lina.token);
    await other.next(frameOf('connection'));
    await write('not heard');
    await other.next(frameOf('channel_message', { content: 'not heard' }));

    await emulator.restart();
    const again = await openStream(emulator.url, omar.token, `/realtime/stream?lastEventId=${id}`);
    await write('after the restart');
    await again.next(frameOf('channel_message', { content: 'after the restart' }));
    const texts = again.frames
      .filter(frameOf('channel_message'))
      .map(({ data }) => data['content']);
    expect(texts).toEqual(['not heard', 'after the restart']);
    const left = again.frames.filter(frameOf('presence', { action: 'leave', username: 'lina' }));
    expect(left).toHaveLength(1);
    again.close();
  });
});
