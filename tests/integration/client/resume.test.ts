import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { Client } from '../../support/client';
import { signIn } from '../../support/client';
import { cuttable } from '../../support/cuttable';
import type { HostedEmulator } from '../../support/hostedEmulator';
import { startHostedEmulator } from '../../support/hostedEmulator';
import type { RealClient } from '../../support/realClient';
import { createRealClient, openWorkspace } from '../../support/realClient';

describe('a stream that is cut', () => {
  let emulator: HostedEmulator;
  let omar: Client;
  let client: RealClient;

  beforeAll(async () => {
    emulator = await startHostedEmulator(['--resume', 'on', '--kept-frames', '20']);
    omar = await signIn(emulator.url, 'omar');
  });
  afterEach(() => {
    client.hudhud.stop();
  });
  afterAll(() => emulator.stop());

  /** Opens #general, live; `missed` is written while no stream is open. */
  async function breakOff(missed: readonly string[]) {
    let cut: () => void = () => undefined;
    /** Streams wait until everything was written that is to be missed. */
    let gate: Promise<void> = Promise.resolve();
    client = createRealClient(emulator.url, {
      connection: {
        ...{ sources: ['sse'], initialDelayMs: 20, maxDelayMs: 60 },
        maxReconnectAttempts: Infinity,
      },
      around(fetch) {
        const line = cuttable(fetch);
        ({ cut } = line);
        return async (url, init) => {
          if (url.includes('/realtime/stream')) await gate;
          return line.fetch(url, init);
        };
      },
    });
    const { hudhud, store, seen, answers } = client;
    await client.enter('lina');
    const channelId = (await openWorkspace(client))['general'] ?? '';
    store.dispatch(hudhud.actions.channelOpened({ channelId }));
    const info = () => hudhud.selectors.selectTimelineInfo(store.getState(), channelId);
    await seen(info, ({ isLive }) => isLive);
    const write = (content: string) => omar.post('/chat/messages', { channelId, content });
    const isShown = (text: string) =>
      seen(
        () => client.texts(channelId),
        (texts) => texts.includes(text),
      );
    await write(`seen before ${missed[0]}`);
    await isShown(`seen before ${missed[0]}`);
    let letThrough: () => void = () => undefined;
    gate = new Promise((resolve) => {
      letThrough = resolve;
    });
    const before = answers.length;
    cut();
    await seen(info, ({ isLive }) => !isLive);
    for (const content of missed) await write(content);
    letThrough();
    await isShown(missed.at(-1) ?? '');
    await seen(info, ({ isLive, gaps }) => isLive && gaps.length === 0);
    return { channelId, asked: () => answers.slice(before) };
  }

  test('goes on after its last event: nothing is read again, and nothing is missing', async () => {
    const { channelId, asked } = await breakOff(['missed 1', 'missed 2', 'missed 3']);
    expect(asked()).toEqual(['GET /realtime/stream → 200']);
    expect(client.texts(channelId).slice(-4)).toEqual([
      'seen before missed 1',
      'missed 1',
      'missed 2',
      'missed 3',
    ]);
    const { resumes } = client.hudhud.selectors.selectHudhud(client.store.getState()).connection;
    expect(resumes).toBe('yes');
  });

  test('for longer than the server remembers is filled by one request', async () => {
    const missed = Array.from({ length: 30 }, (_, i) => `long gone ${i}`);
    const { channelId, asked } = await breakOff(missed);
    expect(asked()).toEqual(['GET /realtime/stream → 200', 'GET /workspace/hudhud/general → 200']);
    expect(client.texts(channelId).slice(-31)).toEqual(['seen before long gone 0', ...missed]);
  });
});
