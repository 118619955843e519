import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { signIn } from '../../support/client';
import type { Emulator } from '../../support/emulator';
import { startEmulator } from '../../support/emulator';
import type { RealClient } from '../../support/realClient';
import { createRealClient, openWorkspace } from '../../support/realClient';

describe('a server that is killed and comes back', () => {
  let folder: string;
  let emulator: Emulator;
  let client: RealClient;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hudhud-client-'));
    emulator = await startEmulator(['--data', folder]);
    client = createRealClient(emulator.url, {
      // waits long enough for somebody else to write first
      connection: { initialDelayMs: 1_000, maxDelayMs: 1_000, maxReconnectAttempts: Infinity },
    });
  });
  afterAll(async () => {
    client.hudhud.stop();
    await emulator.stop();
    await rm(folder, { recursive: true });
  });

  test('the client comes back by itself, with what was written meanwhile and no gap', async () => {
    const { hudhud, store, seen } = client;
    await client.enter('lina');
    const channelId = (await openWorkspace(client))['general'] ?? '';
    store.dispatch(hudhud.actions.channelOpened({ channelId }));
    const info = () => hudhud.selectors.selectTimelineInfo(store.getState(), channelId);
    await seen(info, ({ isLive }) => isLive);
    store.dispatch(hudhud.actions.sendMessage({ channelId, content: 'before the crash' }));
    await seen(
      () => client.texts(channelId),
      (texts) => texts.includes('before the crash'),
    );

    await emulator.restart();
    await seen(info, ({ isLive }) => !isLive);
    expect(client.texts(channelId)).toContain('before the crash');
    const omar = await signIn(emulator.url, 'omar');
    await omar.post('/chat/messages', { channelId, content: 'while you were away' });

    await seen(info, ({ isLive }) => isLive, 20_000);
    await seen(
      () => client.texts(channelId),
      (texts) => texts.includes('while you were away'),
    );
    // told by the stream, it may be there before the page that joins it to what was
    await seen(info, ({ gaps }) => gaps.length === 0);
    expect(client.texts(channelId).slice(-2)).toEqual(['before the crash', 'while you were away']);
    expect(info()).toMatchObject({ isLive: true, gaps: [] });
    const { connections, counters } = hudhud.getStatus();
    expect(connections).toMatchObject([{ stream: 'main', phase: 'open', error: null }]);
    expect(counters.reconnects?.total).toBeGreaterThan(0);
    expect(counters.outageMs?.total).toBeGreaterThan(0);

    await omar.post('/chat/messages', { channelId, content: 'welcome back' });
    await seen(
      () => client.texts(channelId).at(-1),
      (text) => text === 'welcome back',
    );
  });
});
