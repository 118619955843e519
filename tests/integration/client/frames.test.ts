import { expect, test } from '@jest/globals';
import { signIn } from '../../support/client';
import { startHostedEmulator } from '../../support/hostedEmulator';
import { createRealClient, openWorkspace } from '../../support/realClient';
import type { Sent } from '../../support/wire';

/** What a person sees after the same story, told in one style of frames. */
async function story(args: readonly string[]) {
  const emulator = await startHostedEmulator(args);
  const client = createRealClient(emulator.url);
  try {
    const { hudhud, store, seen } = client;
    const omar = await signIn(emulator.url, 'omar');
    await client.enter('lina');
    const channelId = (await openWorkspace(client))['general'] ?? '';
    const write = async (content: string) =>
      (await omar.post<Sent>('/chat/messages', { channelId, content })).body.message.message_id;
    const one = await write('one');
    const two = await write('two');
    const three = await write('three');
    await omar.send('PUT', `/chat/messages/${one}`, { content: 'one, edited' });
    await omar.post(`/chat/messages/${two}/reactions`, { emoji: '👍' });
    await omar.send('DELETE', `/chat/messages/${three}`);
    await omar.post('/chat/typing', { channelId });
    await seen(
      (all, root) => all.selectTypingUserIds(root, channelId),
      (users) => users.length > 0,
    );
    const { selectors } = hudhud;
    const root = store.getState();
    return {
      rows: selectors
        .selectMessages(root, channelId)
        .map(({ content, isEdited, userId, reactions, threadCount }) => ({
          content,
          isEdited,
          userId,
          threadCount,
          reactions: reactions.map(({ emoji, count }) => ({ emoji, count })),
        })),
      info: selectors.selectTimelineInfo(root, channelId),
      channels: selectors
        .selectChannels(root)
        .map(({ id, name, memberCount }) => ({ id, name, memberCount })),
      online: selectors.selectOnlineCount(root),
      isGone: selectors.selectMessage(root, channelId, three)?.isDeleted,
      quarantine: hudhud.getStatus().quarantine,
    };
  } finally {
    client.hudhud.stop();
    await emulator.stop();
  }
}

test('unnamed frames and broadcast copies give the same state as named ones', async () => {
  const [named, unnamed] = await Promise.all([
    story([]),
    story(['--frames', 'default', '--broadcast-copies']),
  ]);
  expect(unnamed).toEqual(named);
  expect(named.rows.slice(-2)).toMatchObject([
    { content: 'one, edited', isEdited: true },
    { content: 'two', reactions: [{ emoji: '👍', count: 1 }] },
  ]);
  expect(named).toMatchObject({ isGone: true, quarantine: [], online: 1 });
});
