import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { Client } from '../../support/client';
import { channelId, signIn } from '../../support/client';
import type { HostedEmulator } from '../../support/hostedEmulator';
import { startHostedEmulator } from '../../support/hostedEmulator';
import type { Stream } from '../../support/stream';
import { frameOf, openStream } from '../../support/stream';
import type { Page, Sent } from '../../support/wire';

describe('faults of frames', () => {
  let emulator: HostedEmulator;
  let lina: Client;
  let omar: Client;
  let general: string;
  const open: Stream[] = [];
  const letters = Array.from('abcdefghijklmnop');

  beforeAll(async () => {
    emulator = await startHostedEmulator();
    lina = await signIn(emulator.url, 'lina');
    omar = await signIn(emulator.url, 'omar');
    general = await channelId(lina, 'general');
  });
  afterEach(async () => {
    for (const stream of open.splice(0)) stream.close();
    await emulator.setFaults();
  });
  afterAll(() => emulator.stop());

  async function listen(client: Client): Promise<Stream> {
    const stream = await openStream(emulator.url, client.token);
    open.push(stream);
    await stream.next(frameOf('connection'));
    return stream;
  }

  async function write(author: Client, ...contents: readonly string[]): Promise<string> {
    let id = '';
    for (const content of contents) {
      const sent = { channelId: general, content };
      id = (await author.post<Sent>('/chat/messages', sent)).body.message.message_id;
    }
    return id;
  }

  /** The texts and other happenings of the conversation that a stream brought. */
  const wordsOf = (stream: Stream): readonly unknown[] =>
    stream.frames
      .filter(({ event }) => event === 'channel_message' || event === 'reaction')
      .map(({ data }) => data['content'] ?? data['emoji'] ?? data['action']);

  /** All up to a marker that nothing befalls. */
  async function toldTo(stream: Stream): Promise<readonly unknown[]> {
    await emulator.setFaults();
    await write(omar, 'marker');
    await stream.next(frameOf('channel_message', { content: 'marker' }));
    return wordsOf(stream);
  }

  test('doubleFrames', async () => {
    const stream = await listen(lina);
    await emulator.setFaults({ doubleFrames: { p: 1 } });
    await write(omar, 'one', 'two');
    expect(await toldTo(stream)).toEqual(['one', 'one', 'two', 'two', 'marker']);
  });

  test('dropFrames, for some people only', async () => {
    const [of, without] = [await listen(lina), await listen(omar)];
    await emulator.setFaults({ dropFrames: { p: 1, times: 1, users: ['lina'] } });
    await write(omar, 'one', 'two');
    expect(await toldTo(of)).toEqual(['two', 'marker']);
    expect(without.frames.map(({ data }) => data['content'])).toContain('one');
  });

  test('dropEchoes: who did it is not told, all others are', async () => {
    const [own, other] = [await listen(lina), await listen(omar)];
    await emulator.setFaults({ dropEchoes: { p: 1 } });
    const id = await write(lina, 'mine');
    await lina.post(`/chat/messages/${id}/reactions`, { emoji: '👍' });
    await lina.post(`/chat/messages/${id}/replies`, { content: 'a reply' });
    await lina.send('PUT', `/chat/messages/${id}`, { content: 'mine, edited' });
    await lina.send('DELETE', `/chat/messages/${id}`);
    await write(omar, 'not mine');
    expect(await toldTo(own)).toEqual(['not mine', 'marker']);
    const conversation = ['mine', '👍', 'a reply', 'updated', 'mine, edited', 'deleted'];
    await other.next(frameOf('channel_message', { content: 'marker' }));
    expect(wordsOf(other)).toEqual([...conversation, 'marker']);
  });

  test('reorderFrames: each changes places with the next', async () => {
    const stream = await listen(lina);
    await emulator.setFaults({ reorderFrames: { p: 1, waitMs: 60_000 } });
    await write(omar, 'one', 'two', 'three', 'four');
    expect(await toldTo(stream)).toEqual(['two', 'one', 'four', 'three', 'marker']);
  });

  test('reorderFrames: without a next one it comes late', async () => {
    const stream = await listen(lina);
    await emulator.setFaults({ reorderFrames: { p: 1, waitMs: 30 } });
    await write(omar, 'alone');
    await stream.next(frameOf('channel_message', { content: 'alone' }));
  });

  test('delayFrames keeps the order', async () => {
    const stream = await listen(lina);
    await emulator.setFaults({ delayFrames: { p: 0.5, minMs: 10, maxMs: 80 } });
    const contents = Array.from({ length: 12 }, (_unused, at) => `in order ${at}`);
    await write(omar, ...contents);
    expect(await toldTo(stream)).toEqual([...contents, 'marker']);
  });

  test('the same seed befalls the same frames, and a new stream differs', async () => {
    async function missing(seed: number): Promise<string> {
      const stream = await listen(lina);
      await emulator.setFaults({ seed, dropFrames: { p: 0.5, users: ['lina'] } });
      await write(omar, ...letters);
      const told = (await toldTo(stream)).join('');
      open.splice(open.indexOf(stream), 1);
      stream.close();
      return told;
    }
    const first = await missing(3);
    expect(first.length).toBeLessThan(letters.length + 'marker'.length);
    expect(await missing(3)).not.toBe(first);
    const stream = await listen(lina);
    const tellings = [];
    for (let round = 0; round < 2; round += 1) {
      await emulator.setFaults({ seed: 4, dropFrames: { p: 0.5, users: ['lina'] } });
      await write(omar, ...letters);
      tellings.push(await toldTo(stream));
    }
    const [once = [], twice = []] = tellings;
    expect(twice).toEqual([...once, ...once]);
  });

  test('stripMetadata: rows, replies and frames come without, and it is kept', async () => {
    const stream = await listen(omar);
    await emulator.setFaults({ stripMetadata: true });
    const sent = { channelId: general, content: 'with metadata', metadata: { nonce: 'n-1' } };
    const { body } = await lina.post<Sent>('/chat/messages', sent);
    expect(body.message.metadata).toEqual({});
    const frame = await stream.next(frameOf('channel_message', { content: 'with metadata' }));
    expect(frame.data['metadata']).toEqual({});
    const read = async () => {
      const page = await lina.get<Page>(`/chat/messages?channelId=${general}&limit=1`);
      return page.body.messages[0]?.metadata;
    };
    expect(await read()).toEqual({});
    await emulator.setFaults();
    expect(await read()).toEqual({ nonce: 'n-1' });
  });

  test('--strip-metadata holds from the start, and over other faults', async () => {
    const other = await startHostedEmulator(['--strip-metadata']);
    expect((await other.setFaults({ doubleFrames: { p: 1 } })).body.faults).toMatchObject({
      stripMetadata: true,
    });
    expect((await other.setFaults({ stripMetadata: false })).body.faults).toMatchObject({
      stripMetadata: false,
    });
    expect((await other.setFaults()).body.faults).toMatchObject({ stripMetadata: true });
    await other.stop();
  });

  test('nothing went wrong inside the server', () => {
    expect(emulator.stderr()).toBe('');
  });
});
