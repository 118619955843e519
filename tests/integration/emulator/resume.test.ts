import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Client } from '../../support/client';
import { channelId, signIn } from '../../support/client';
import type { Emulator } from '../../support/emulator';
import { startEmulator } from '../../support/emulator';
import type { Stream } from '../../support/stream';
import { frameOf, openStream } from '../../support/stream';

describe('resuming a stream', () => {
  let emulator: Emulator;
  let lina: Client;
  let yusuf: Client;
  let general: string;
  let leadership: string;

  beforeAll(async () => {
    emulator = await startEmulator(['--resume', 'on', '--ping-interval', '500']);
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
    const notices = () =>
      Promise.all(
        Array.from({ length: 40 }, () => lina.post('/admin/broadcast', { content: 'flood' })),
      );
    for (let round = 0; round < 51; round += 1) await notices();
    const again = await readAfter(id, 'marker 3');
    expect(again.frames.some(({ event }) => event === 'broadcast')).toBe(false);
  });

  test('an id of an earlier process gets a fresh stream; without the switch there are none', async () => {
    const stream = await listen();
    const { id = '' } = await stream.next(frameOf('connection'));
    stream.close();
    const other = await startEmulator();
    const client = await signIn(other.url, 'lina');
    const plain = await openStream(other.url, client.token, `/realtime/stream?lastEventId=${id}`);
    expect((await plain.next(frameOf('connection'))).id).toBeUndefined();
    plain.close();
    await other.stop();
    expect(emulator.stderr()).toBe('');
  });
});
