import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Client } from '../../support/client';
import { signIn } from '../../support/client';
import type { HostedEmulator } from '../../support/hostedEmulator';
import { startHostedEmulator } from '../../support/hostedEmulator';
import type { RealClient } from '../../support/realClient';
import { createRealClient, openWorkspace } from '../../support/realClient';
import type { Page } from '../../support/wire';

describe('queries against a real server', () => {
  let emulator: HostedEmulator;
  let omar: Client;

  beforeAll(async () => {
    emulator = await startHostedEmulator();
    omar = await signIn(emulator.url, 'omar');
  });
  afterAll(() => emulator.stop());

  const open = async (pageSize = 50) => {
    const client = createRealClient(emulator.url, { pageSize });
    await client.enter('lina');
    const channels = await openWorkspace(client);
    return { client, channelId: channels['engineering'] ?? '', channels };
  };
  const end = async ({ hudhud }: RealClient) => {
    hudhud.stop();
    await hudhud.auth.logout();
  };

  // the seed has six lines of one millisecond: a page of 7 cuts through them
  test.each([7, 50])(
    'page by page to the beginning, %i at a time, while messages come in',
    async (pageSize) => {
      const { client, channelId } = await open(pageSize);
      const { hudhud, store } = client;
      const { messages } = hudhud.api.endpoints;
      await store.dispatch(messages.initiate({ channelId }));
      const entry = () => messages.select({ channelId })(store.getState());
      for (let pages = 1; entry().hasNextPage; pages++) {
        expect(pages).toBeLessThan(100);
        if (pages === 2) await omar.post('/chat/messages', { channelId, content: 'meanwhile' });
        await store.dispatch(messages.initiate({ channelId }, { direction: 'forward' }));
      }
      const path = '/chat/channels/engineering/messages?projectSlug=hudhud&limit=200';
      const { body } = await omar.get<Page>(path);
      await client.seen(
        (all, root) => all.selectMessages(root, channelId).length,
        (length) => length >= body.messages.length,
      );
      const held = hudhud.selectors.selectMessages(store.getState(), channelId);
      expect(held.map(({ id }) => id).sort()).toEqual(
        body.messages.map(({ message_id: id }) => id).sort(),
      );
      const info = hudhud.selectors.selectTimelineInfo(store.getState(), channelId);
      expect(info).toMatchObject({ hasOlder: false, gaps: [], isLive: true });
      // each id once, oldest page last, and every one of them is held
      const named = (entry().data?.pages ?? []).flatMap(({ ids }) => [...ids].reverse());
      expect(new Set(named).size).toBe(named.length);
      expect(named.every((id) => held.some((message) => message.id === id))).toBe(true);
      expect(named.length).toBeGreaterThanOrEqual(held.length - 1);
      await end(client);
      expect(store.getState().hudhudApi.queries).toEqual({});
    },
  );

  test('by ids, through the same millisecond, without a gap', async () => {
    const { client, channelId } = await open(7);
    const { hudhud, store } = client;
    const { messagesBySlug } = hudhud.api.endpoints;
    const arg = { channelSlug: 'engineering', projectSlug: 'hudhud' };
    await store.dispatch(messagesBySlug.initiate(arg));
    const entry = () => messagesBySlug.select(arg)(store.getState());
    while (entry().hasNextPage) {
      await store.dispatch(messagesBySlug.initiate(arg, { direction: 'forward' }));
    }
    const named = (entry().data?.pages ?? []).flatMap(({ ids }) => ids);
    expect(new Set(named).size).toBe(named.length);
    const held = hudhud.selectors.selectMessages(store.getState(), channelId);
    expect([...named].sort()).toEqual(held.map(({ id }) => id).sort());
    const info = hudhud.selectors.selectTimelineInfo(store.getState(), channelId);
    expect(info).toMatchObject({ hasOlder: false, gaps: [] });
    await end(client);
  });

  test('every other read that the server has', async () => {
    const { client, channelId } = await open();
    const { hudhud, store } = client;
    const { endpoints } = hudhud.api;
    const projectId = hudhud.selectors.selectProject(store.getState())?.id ?? '';
    const reads = await Promise.all([
      store.dispatch(endpoints.channels.initiate({})),
      store.dispatch(endpoints.channel.initiate({ channelId })),
      store.dispatch(endpoints.channelMembers.initiate({ channelId })),
      store.dispatch(endpoints.unread.initiate()),
      store.dispatch(endpoints.projects.initiate()),
      store.dispatch(endpoints.project.initiate({ projectId, include: ['channels'] })),
      store.dispatch(endpoints.project.initiate({ projectSlug: 'hudhud' })),
      store.dispatch(endpoints.projectMembers.initiate({ projectId })),
      store.dispatch(endpoints.projectChannels.initiate({ projectId })),
      store.dispatch(endpoints.me.initiate()),
      store.dispatch(endpoints.realtimeStatus.initiate()),
      store.dispatch(endpoints.adminUsers.initiate()),
      store.dispatch(endpoints.adminStatistics.initiate()),
    ]);
    expect(reads.map(({ error }) => error)).toEqual(reads.map(() => undefined));
    const { selectChannels, selectMembers } = hudhud.selectors;
    expect(selectChannels(store.getState()).length).toBeGreaterThan(1);
    expect(selectMembers(store.getState(), channelId).length).toBeGreaterThan(0);
    const missing = '00000000-0000-4000-8000-000000000000';
    const lost = await store.dispatch(endpoints.channel.initiate({ channelId: missing }));
    expect(lost.error).toMatchObject({ code: 'NOT_FOUND', status: 404 });
    await end(client);
  });

  test('a search finds in every channel that one may read; what it found stands in its channel', async () => {
    const { client, channelId, channels } = await open();
    const { hudhud, store } = client;
    const { search } = hudhud.api.endpoints;
    const content = 'a 100% rare_word';
    const { body } = await omar.post<{ message: { message_id: string } }>('/chat/messages', {
      ...{ channelId, content },
    });
    const messageId = body.message.message_id;
    const found = await store.dispatch(search.initiate({ q: '100% RARE_' }));
    expect(found.data).toEqual({ hits: [{ channelId, messageId }], hasMore: false });
    const row = hudhud.selectors.selectRow(store.getState(), channelId, messageId);
    expect(row?.content).toBe(content);
    const elsewhere = await store.dispatch(
      search.initiate({ q: '100% RARE_', channelId: channels['general'] ?? '' }),
    );
    expect(elsewhere.data?.hits).toEqual([]);
    await end(client);

    const nadia = createRealClient(emulator.url);
    await nadia.hudhud.auth.login({ username: 'nadia', password: 'hudhud-demo' });
    const { adminUsers } = nadia.hudhud.api.endpoints;
    const refused = await nadia.store.dispatch(adminUsers.initiate());
    expect(refused.error).toMatchObject({ code: 'FORBIDDEN', status: 403 });
    await nadia.hudhud.auth.logout();
  });
});
