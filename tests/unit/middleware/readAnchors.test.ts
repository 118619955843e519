import { describe, expect, it } from '@jest/globals';
import { countsReceived } from '../../../src';
import type { ScriptedRequest } from '../../../src/testing';
import { asked } from '../../support/exampleData';
import {
  frame,
  ids,
  initFrame,
  messageFrame,
  messageId,
  row,
  snapshotAnswer,
  success,
} from '../../support/hudhudAnswers';
import { createHudhudWorld, enter } from '../../support/hudhudWorld';

const channelId = ids.general;
const readUntil = (mark: number, count: number) =>
  Array.from({ length: count }, (_, i) => row(i + 1, { is_read: i + 1 <= mark }));

/** Answers for the channel's newest page, in turn; the last one stays. */
async function enterWith(...answers: readonly (readonly unknown[])[]) {
  const held: ScriptedRequest[] = [];
  let turn = 0;
  const world = createHudhudWorld({
    routes: {
      'POST /chat/messages/read': success,
      'GET /chat/messages': (request) => {
        const messages = answers[Math.min(turn, answers.length - 1)];
        turn += 1;
        if (messages === undefined) held.push(request);
        else request.json({ success: true, messages, has_more: false });
      },
    },
  });
  await enter(world);
  await world.push(initFrame());
  const { hudhud, store, platform } = world;
  return {
    ...world,
    held,
    anchor: () => hudhud.selectors.selectUnreadAnchor(store.getState(), channelId),
    unread: () => hudhud.selectors.selectUnread(store.getState(), channelId),
    open: async () => {
      store.dispatch(hudhud.actions.channelOpened({ channelId }));
      await platform.settle();
    },
    close: async () => {
      store.dispatch(hudhud.actions.channelClosed({ channelId }));
      await platform.settle();
    },
  };
}

describe('the unread line', () => {
  it('stands at the next unread message once its own was deleted', async () => {
    const { anchor, hudhud, open, close, push, store } = await enterWith(readUntil(2, 5));
    const deleted = (n: number) =>
      frame('channel_message', { action: 'deleted', message_id: messageId(n), channelId });
    const lines = () =>
      hudhud.selectors
        .selectTimeline(store.getState(), channelId)
        .filter(({ isFirstUnread }) => isFirstUnread)
        .map(({ id }) => id);
    await open();
    expect(lines()).toEqual([messageId(3)]);
    await push(deleted(3));
    expect(anchor()).toBe(messageId(4));
    expect(lines()).toEqual([messageId(4)]);
    await push(messageFrame(6, { user_id: ids.me, username: 'lina' }), deleted(4), deleted(5));
    expect(lines()).toEqual([]);
    expect(anchor()).toBeNull();
    await close();
    await push(messageFrame(7));
    expect(anchor()).toBeNull();
  });

  it('is put above the first unread message as soon as the newest page is there', async () => {
    const { anchor, held, open, platform } = await enterWith();
    await open();
    expect(anchor()).toBeNull();
    held[0]?.json({ success: true, messages: readUntil(2, 5), has_more: false });
    await platform.settle();
    expect(anchor()).toBe(messageId(3));
  });

  it('stays while what is below it is read and more comes, until the channel is closed', async () => {
    const { anchor, close, hudhud, open, platform, push, unread } = await enterWith(
      readUntil(2, 5),
    );
    await open();
    hudhud.markRead(channelId);
    await platform.settle();
    expect(unread()).toEqual({ count: 0, isExact: true });
    await push(messageFrame(6));
    expect(anchor()).toBe(messageId(3));
    await close();
    expect(anchor()).toBeNull();
  });

  it('is put anew when the channel is opened again, at once where it is live', async () => {
    const { anchor, close, hudhud, open, platform, push } = await enterWith(readUntil(2, 5));
    await open();
    hudhud.markRead(channelId);
    await platform.settle();
    await close();
    await push(messageFrame(6));
    await open();
    expect(anchor()).toBe(messageId(6));
  });

  it('stays as long as one of two views of a channel does', async () => {
    const { anchor, close, open } = await enterWith(readUntil(2, 5));
    await open();
    await open();
    await close();
    expect(anchor()).toBe(messageId(3));
    await close();
    expect(anchor()).toBeNull();
  });

  it('is not moved by another view of the channel', async () => {
    const { anchor, hudhud, open, platform, push } = await enterWith(readUntil(2, 5));
    await open();
    hudhud.markRead(channelId);
    await platform.settle();
    await push(messageFrame(6));
    await open();
    expect(anchor()).toBe(messageId(3));
  });

  it('waits for older pages where the first unread message stands further back', async () => {
    const world = createHudhudWorld({
      routes: {
        'GET /workspace/hudhud/general': (request) => {
          const { channels, ...rest } = snapshotAnswer({
            messages: Array.from({ length: 21 }, (_, i) => row(4 + i)),
            pagination: { has_more: true },
          });
          const counted = channels.map((channel) => ({ ...channel, unread_count: 22 }));
          request.json({ ...rest, channels: counted });
        },
        'GET /chat/messages': (request) => {
          const messages = [row(1), row(2), row(3), row(4)];
          request.json({ success: true, messages, has_more: false });
        },
      },
    });
    const { hudhud, store, platform } = world;
    const anchor = () => hudhud.selectors.selectUnreadAnchor(store.getState(), channelId);
    await enter(world);
    await world.push(initFrame());
    store.dispatch(hudhud.actions.loadWorkspace({ projectSlug: 'hudhud', channelSlug: 'general' }));
    await platform.settle();
    store.dispatch(hudhud.actions.channelOpened({ channelId }));
    await platform.settle();
    expect(anchor()).toBeNull();
    store.dispatch(hudhud.actions.loadHistory({ channelId, parentId: null, side: 'older' }));
    await platform.settle();
    expect(anchor()).toBe(messageId(3));
  });

  it('stands nowhere where nothing is unread, and does not come later', async () => {
    const { anchor, open, push, newTypes } = await enterWith(readUntil(5, 5));
    await open();
    await push(messageFrame(6));
    expect(anchor()).toBeNull();
    expect(newTypes()).not.toContain('reads/anchored');
  });

  it('waits for a word on what was read', async () => {
    const { anchor, open, store, hudhud, platform } = await enterWith([row(1), row(2)]);
    await open();
    expect(anchor()).toBeNull();
    expect(hudhud.selectors.selectUnread(store.getState(), channelId)).toBeNull();
    store.dispatch(hudhud.actions.loadWorkspace({ projectSlug: 'hudhud', channelSlug: 'general' }));
    await platform.settle();
    expect(anchor()).toBeNull();
    expect(hudhud.selectors.selectUnread(store.getState(), channelId)?.count).toBe(0);
  });

  it('comes with bare counts too', async () => {
    const { anchor, open, store } = await enterWith([row(1), row(2), row(3)]);
    await open();
    const counts = [{ channelId, count: 2, lastAt: null }];
    store.dispatch(countsReceived({ ...asked(99), isLive: true, counts }));
    expect(anchor()).toBe(messageId(2));
  });

  it('waits for the snapshot of the channel, and takes its count', async () => {
    const world = createHudhudWorld({
      routes: {
        'GET /workspace/hudhud/general': (request) => {
          const { channels, ...rest } = snapshotAnswer({ messages: [row(1), row(2), row(3)] });
          const counted = channels.map((channel, i) => ({
            ...channel,
            unread_count: i === 0 ? 1 : 0,
          }));
          request.json({ ...rest, channels: counted });
        },
        'GET /chat/messages': () => undefined,
      },
    });
    const { hudhud, store, platform } = world;
    await enter(world);
    await world.push(initFrame());
    store.dispatch(hudhud.actions.channelOpened({ channelId }));
    store.dispatch(hudhud.actions.loadWorkspace({ projectSlug: 'hudhud', channelSlug: 'general' }));
    await platform.settle();
    expect(hudhud.selectors.selectUnreadAnchor(store.getState(), channelId)).toBe(messageId(3));
  });

  it('does not come for a channel that was closed before its page came', async () => {
    const { anchor, close, held, open, platform } = await enterWith();
    await open();
    await close();
    held[0]?.json({ success: true, messages: readUntil(2, 5), has_more: false });
    await platform.settle();
    expect(anchor()).toBeNull();
  });

  it('does not come with a thread', async () => {
    const { anchor, held, hudhud, open, platform, store } = await enterWith();
    await open();
    store.dispatch(hudhud.actions.threadOpened({ channelId, parentId: messageId(1) }));
    await platform.settle();
    expect(held).toHaveLength(1);
    expect(anchor()).toBeNull();
  });

  it('is put for the next session of a channel that stays on screen', async () => {
    const world = await enterWith(readUntil(2, 5), readUntil(4, 6));
    const { anchor, hudhud, open, platform, push } = world;
    await open();
    expect(anchor()).toBe(messageId(3));
    const logout = hudhud.auth.logout();
    await platform.settle();
    await logout;
    expect(anchor()).toBeNull();
    await enter(world);
    await push(initFrame());
    await platform.settle();
    expect(anchor()).toBe(messageId(5));
  });
});
