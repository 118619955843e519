import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { pageKey } from '../../../src';
import type { Client } from '../../support/client';
import { signIn } from '../../support/client';
import type { HostedEmulator } from '../../support/hostedEmulator';
import { startHostedEmulator } from '../../support/hostedEmulator';
import { createRealClient, openWorkspace } from '../../support/realClient';
import type { Page } from '../../support/wire';

describe('paging to the beginning', () => {
  let emulator: HostedEmulator;
  let omar: Client;

  beforeAll(async () => {
    emulator = await startHostedEmulator();
    omar = await signIn(emulator.url, 'omar');
  });
  afterAll(() => emulator.stop());

  // the seed has six lines of one millisecond: 3 cuts through them, and cannot leave them by pages of 3
  test.each([3, 7, 50])(
    '%i at a time: nothing lost, nothing twice, in order, while messages come in',
    async (pageSize) => {
      const client = createRealClient(emulator.url, { pageSize });
      const { hudhud, store, seen } = client;
      await client.enter('lina');
      const channelId = (await openWorkspace(client))['engineering'] ?? '';
      store.dispatch(hudhud.actions.channelOpened({ channelId }));
      await seen(
        (all, root) => all.selectTimelineInfo(root, channelId),
        ({ isLive }) => isLive,
      );
      const info = () => hudhud.selectors.selectTimelineInfo(store.getState(), channelId);
      let pages = 0;
      while (info().hasOlder) {
        pages += 1;
        expect(pages).toBeLessThan(100);
        if (pages === 2) await omar.post('/chat/messages', { channelId, content: 'meanwhile' });
        store.dispatch(hudhud.actions.loadHistory({ channelId, parentId: null, side: 'older' }));
        await seen(
          (all, root) => all.selectLoad(root, pageKey(channelId, null, 'older')),
          (load) => load === null,
        );
      }
      const path = `/chat/channels/engineering/messages?projectSlug=hudhud&limit=200`;
      const { body } = await omar.get<Page>(path);
      await seen(
        (all, root) => all.selectMessages(root, channelId).length,
        (length) => length >= body.messages.length,
      );
      const shown = hudhud.selectors.selectMessages(store.getState(), channelId);
      // the server orders by microseconds, which the wire does not carry: inside of a millisecond we order by id
      const inOrder = [...body.messages].sort(
        (a, b) =>
          a.created_at.localeCompare(b.created_at) || (a.message_id < b.message_id ? -1 : 1),
      );
      expect(shown.map(({ id }) => id)).toEqual(inOrder.map(({ message_id }) => message_id));
      expect(info()).toMatchObject({ hasOlder: false, gaps: [], isLive: true });
      hudhud.stop();
    },
  );
});
