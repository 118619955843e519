import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { MessageRecord } from '../../../src';
import type { Client } from '../../support/client';
import { signIn } from '../../support/client';
import { until } from '../../support/deadline';
import type { HostedEmulator } from '../../support/hostedEmulator';
import { startHostedEmulator } from '../../support/hostedEmulator';
import type { RealClient } from '../../support/realClient';
import { createRealClient, openWorkspace } from '../../support/realClient';
import type { OneChannel, Sent } from '../../support/wire';

describe('a client and somebody else', () => {
  let emulator: HostedEmulator;
  let client: RealClient;
  let omar: Client;
  let general: string;

  const say = async (content: string, channelId = general) =>
    (await omar.post<Sent>('/chat/messages', { channelId, content })).body.message.message_id;
  const row = (id: string) =>
    client.hudhud.selectors.selectMessage(client.store.getState(), general, id);
  const rowIs = (id: string, fits: (known: MessageRecord | null) => boolean) =>
    client.seen((selectors, root) => selectors.selectMessage(root, general, id), fits);
  const heard = (content: string) =>
    client.seen(
      () => client.texts(general),
      (texts) => texts.includes(content),
    );

  beforeAll(async () => {
    emulator = await startHostedEmulator();
    client = createRealClient(emulator.url);
    omar = await signIn(emulator.url, 'omar');
    await client.enter('lina');
    general = (await openWorkspace(client))['general'] ?? '';
  });
  afterAll(async () => {
    client.hudhud.stop();
    await emulator.stop();
  });
  afterEach(() => {
    expect(client.hudhud.getStatus().quarantine).toEqual([]);
    expect(client.hudhud.getStatus().counters.handlerErrors).toBeUndefined();
  });

  test('the snapshot has project, channels, members and live messages', () => {
    const { selectors } = client.hudhud;
    const root = client.store.getState();
    expect(selectors.selectProject(root)).toMatchObject({ slug: 'hudhud' });
    expect(selectors.selectChannelBySlug(root, 'general')).toMatchObject({ id: general });
    expect(client.texts(general).length).toBeGreaterThan(0);
    expect(selectors.selectTimelineInfo(root, general)).toMatchObject({
      isKnown: true,
      isLive: true,
    });
    expect(selectors.selectMembers(root, selectors.selectProject(root)?.id ?? '')).not.toHaveLength(
      0,
    );
  });

  test('a message appears, with its author and as the preview', async () => {
    const id = await say('good morning');
    await heard('good morning');
    const { selectors } = client.hudhud;
    const root = client.store.getState();
    expect(selectors.selectChannelPreview(root, general)).toMatchObject({ id });
    expect(selectors.selectUser(root, omar.userId)).toMatchObject({ username: 'omar' });
  });

  test('an edit changes the text and nothing else', async () => {
    const id = await say('first wording');
    await heard('first wording');
    const before = row(id);
    await omar.send('PUT', `/chat/messages/${id}`, { content: 'second wording' });
    const after = await rowIs(id, (known) => known?.content === 'second wording');
    expect(after).toMatchObject({
      isEdited: true,
      createdAt: before?.createdAt,
      userId: omar.userId,
    });
  });

  test('reactions come and go, one’s own too', async () => {
    const id = await say('react to this');
    await heard('react to this');
    await omar.post(`/chat/messages/${id}/reactions`, { emoji: '🎉' });
    await client.hudhud.rest.react(id, '🎉');
    await rowIs(id, (known) => known?.reactions[0]?.count === 2);
    expect(row(id)?.reactions[0]).toMatchObject({ emoji: '🎉', mine: true });
    await client.hudhud.rest.unreact(id, '🎉');
    await rowIs(id, (known) => known?.reactions[0]?.count === 1);
    await omar.send('DELETE', `/chat/messages/${id}/reactions/${encodeURIComponent('🎉')}`);
    await rowIs(id, (known) => known?.reactions.length === 0);
  });

  test('a delete takes it away', async () => {
    const id = await say('oh no');
    await heard('oh no');
    await omar.send('DELETE', `/chat/messages/${id}`);
    await client.seen(
      () => client.texts(general),
      (texts) => !texts.includes('oh no'),
    );
    expect(row(id)).toMatchObject({ isDeleted: true, content: '' });
  });

  test('replies stand in their thread, and are counted', async () => {
    const parent = await say('a question');
    await heard('a question');
    await omar.post(`/chat/messages/${parent}/replies`, { content: 'an answer' });
    await rowIs(parent, (known) => known?.threadCount === 1);
    const { actions, selectors } = client.hudhud;
    client.store.dispatch(
      actions.loadHistory({ channelId: general, parentId: parent, side: 'newest' }),
    );
    await client.seen(
      (all, root) => all.selectTimelineInfo(root, general, parent),
      ({ isLive }) => isLive,
    );
    const replies = selectors.selectReplies(client.store.getState(), general, parent);
    expect(replies.map(({ content }) => content)).toEqual(['an answer']);
    expect(client.texts(general)).not.toContain('an answer');
  });

  test('typing shows, one’s own does not, and a message ends it', async () => {
    const typing = () =>
      client.hudhud.selectors.selectTypingUserIds(client.store.getState(), general);
    await client.hudhud.rest.typing(general);
    await omar.post('/chat/typing', { channelId: general });
    await client.seen(typing, (users) => users.length > 0);
    expect(typing()).toEqual([omar.userId]);
    await say('done typing');
    await client.seen(typing, (users) => users.length === 0);
  });

  test('a message of one’s own is one row, from the moment of sending on', async () => {
    const { hudhud, store, seen } = client;
    const rows = () =>
      hudhud.selectors
        .selectTimeline(store.getState(), general)
        .filter(({ content }) => content === 'my words');
    store.dispatch(hudhud.actions.sendMessage({ channelId: general, content: 'my words' }));
    const [pending] = rows();
    expect(pending).toMatchObject({ id: null, status: 'sending' });
    await seen(rows, ([sent]) => sent?.status === 'confirmed');
    expect(rows()).toMatchObject([{ key: pending?.key }]);
    const after = await say('after my words');
    await rowIs(after, (known) => known !== null);
    expect(client.texts(general).filter((text) => text === 'my words')).toHaveLength(1);
  });

  test('people come and go, and are counted by the server', async () => {
    const { selectors } = client.hudhud;
    const sara = createRealClient(emulator.url);
    const count = () => selectors.selectOnlineCount(client.store.getState());
    const before = count();
    const saraId = await sara.enter('sara');
    const status = () => selectors.selectPresenceStatus(client.store.getState(), saraId);
    await client.seen(status, (now) => now === 'online');
    expect(count()).toBe(before + 1);
    expect(selectors.selectOnlineUsers(client.store.getState()).map(({ id }) => id)).toContain(
      saraId,
    );
    sara.hudhud.stop();
    expect(sara.platform.held()).toEqual({ timers: 0, listeners: 0 });
    await client.seen(status, (now) => now === 'offline');
    expect(count()).toBe(before);
  });

  test('a channel that is made appears, and goes with its messages', async () => {
    const { body } = await omar.post<OneChannel>('/chat/channels', { name: 'short lived' });
    const { channel_id: made } = body.data.channel;
    await client.seen(
      (all, root) => all.selectChannel(root, made),
      (channel) => channel !== null,
    );
    await say('in the new one', made);
    await client.seen(
      () => client.texts(made),
      (texts) => texts.includes('in the new one'),
    );
    await omar.send('DELETE', `/chat/channels/${made}`);
    await client.seen(
      (all, root) => all.selectChannel(root, made),
      (channel) => channel === null,
    );
    expect(client.texts(made)).toEqual([]);
  });

  test('who becomes a member of a private channel finds it in the list', async () => {
    const lina = await signIn(emulator.url, 'lina');
    const sara = createRealClient(emulator.url);
    const list = () => sara.hudhud.selectors.selectChannels(sara.store.getState());
    try {
      await sara.enter('sara');
      await openWorkspace(sara);
      const { body } = await lina.post<OneChannel>('/chat/channels', {
        name: 'hidden',
        isPrivate: true,
      });
      const { channel_id: hidden } = body.data.channel;
      expect(list().map(({ id }) => id)).not.toContain(hidden);
      await sara.hudhud.rest.joinChannel(hidden);
      await sara.seen(list, (channels) => channels.some(({ id }) => id === hidden));
    } finally {
      sara.hudhud.stop();
    }
  });

  test('a channel’s own stream tells of it once more, and nothing is doubled', async () => {
    const ref = { channelId: general };
    client.store.dispatch(client.hudhud.actions.watchChannel(ref));
    await client.seen(
      (all, root) => all.selectStream(root, `channel:${general}`)?.phase,
      (phase) => phase === 'open',
    );
    const id = await say('told twice');
    await rowIs(id, (known) => known !== null);
    await until(
      () => Promise.resolve(client.hudhud.getStatus().counters.events?.by['channel_message'] ?? 0),
      (count) => count > 1,
    );
    expect(client.texts(general).filter((text) => text === 'told twice')).toHaveLength(1);
    client.store.dispatch(client.hudhud.actions.unwatchChannel(ref));
    expect(client.hudhud.getStatus().connections).toHaveLength(1);
  });

  test('the server’s own status and unread counts are read', async () => {
    expect(await client.hudhud.rest.status()).toMatchObject({ connections: expect.any(Number) });
    const { channels } = await client.hudhud.rest.unread();
    expect(Object.keys(channels)).toContain(general);
  });

  test('stopping leaves nothing on either side', async () => {
    client.hudhud.stop();
    expect(client.platform.held()).toEqual({ timers: 0, listeners: 0 });
    await until(
      async () => (await client.hudhud.rest.status())['connections'],
      (connections) => connections === 0,
    );
    expect(emulator.stderr()).toBe('');
  });
});
