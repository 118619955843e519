import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { SourceName } from '../../../src';
import type { Client } from '../../support/client';
import { signIn } from '../../support/client';
import type { HostedEmulator } from '../../support/hostedEmulator';
import { startHostedEmulator } from '../../support/hostedEmulator';
import type { RealClient } from '../../support/realClient';
import { createRealClient, openWorkspace } from '../../support/realClient';
import { SystemWebSocket } from '../../support/webSocket';

const ways: readonly SourceName[] = ['sse', 'longPoll', 'webSocket'];
const scope = globalThis as { WebSocket?: unknown };
const own = scope.WebSocket;
let emulator: HostedEmulator;
let omar: Client;
let clients: readonly { readonly client: RealClient; readonly heard: string[] }[] = [];

beforeAll(async () => {
  scope.WebSocket = SystemWebSocket;
  emulator = await startHostedEmulator(['--resume', 'on']);
  omar = await signIn(emulator.url, 'omar');
});
afterAll(async () => {
  for (const { client } of clients) client.hudhud.stop();
  scope.WebSocket = own;
  await emulator.stop();
});

test('one server tells the same by each way, in the same order', async () => {
  clients = ways.map((name) => {
    // this server has no limits: polls need not be spread
    const client = createRealClient(emulator.url, {
      connection: { sources: [name] },
      rateBudget: { limit: Infinity },
    });
    const heard: string[] = [];
    client.hudhud.subscribe('channel_message', (event) => {
      heard.push(JSON.stringify(event));
    });
    client.hudhud.subscribe('reaction', (event) => {
      heard.push(JSON.stringify(event));
    });
    return { client, heard };
  });
  let channelId = '';
  for (const { client } of clients) {
    await client.enter('lina');
    channelId = (await openWorkspace(client))['general'] ?? '';
    client.store.dispatch(client.hudhud.actions.channelOpened({ channelId }));
  }
  for (let i = 0; i < 10; i++) {
    const { body } = await omar.post<{ readonly message: { readonly message_id: string } }>(
      '/chat/messages',
      { channelId, content: `by every way ${i}` },
    );
    const path = `/chat/messages/${body.message.message_id}`;
    if (i % 2 === 0) await omar.post(`${path}/reactions`, { emoji: '👍' });
    if (i % 3 === 0) await omar.send('PUT', path, { content: `by every way ${i}, edited` });
    if (i % 4 === 3) await omar.send('DELETE', path);
  }
  await omar.post('/chat/messages', { channelId, content: 'the last word' });
  for (const { client } of clients) {
    await client.seen(
      () => client.texts(channelId),
      (texts) => texts.includes('the last word'),
    );
  }
  const [bySse, byPolls, bySocket] = clients.map(({ heard }) => heard);
  expect(bySse?.length).toBeGreaterThanOrEqual(21);
  expect(byPolls).toEqual(bySse);
  expect(bySocket).toEqual(bySse);
  const shown = clients.map(({ client }) => client.texts(channelId));
  expect(shown[1]).toEqual(shown[0]);
  expect(shown[2]).toEqual(shown[0]);
  expect(clients.map(({ client }) => client.hudhud.getStatus().connectionStatus)).toEqual([
    'connected',
    'degraded',
    'connected',
  ]);
});

test('where streams are refused, long polling takes over, and the stream again when it may', async () => {
  const refused = { p: 1, statuses: [403], paths: ['/realtime/stream'] };
  await emulator.setFaults({ refuseStreams: refused });
  const client = createRealClient(emulator.url, {
    connection: { initialDelayMs: 20, maxDelayMs: 60 },
  });
  try {
    const { hudhud, store, seen } = client;
    await client.enter('sara');
    const channelId = (await openWorkspace(client))['general'] ?? '';
    store.dispatch(hudhud.actions.channelOpened({ channelId }));
    const statusOf = () => hudhud.getStatus().connectionStatus;
    expect(statusOf()).toBe('degraded');
    await omar.post('/chat/messages', { channelId, content: 'told by a poll' });
    await seen(
      () => client.texts(channelId),
      (texts) => texts.includes('told by a poll'),
    );
    await emulator.setFaults();
    store.dispatch(hudhud.actions.retryConnection());
    await seen(statusOf, (status) => status === 'connected');
    await omar.post('/chat/messages', { channelId, content: 'told by the stream' });
    await seen(
      () => client.texts(channelId),
      (texts) => texts.includes('told by the stream'),
    );
    expect(client.texts(channelId).slice(-2)).toEqual(['told by a poll', 'told by the stream']);
    expect(hudhud.getStatus().connections).toMatchObject([{ source: 'sse', phase: 'open' }]);
    // what may have been said between the two ways is read again
    await seen(
      () => hudhud.selectors.selectTimelineInfo(store.getState(), channelId),
      ({ isLive, gaps }) => isLive && gaps.length === 0,
    );
  } finally {
    client.hudhud.stop();
  }
});
