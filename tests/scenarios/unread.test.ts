import { describe, expect, it } from '@jest/globals';
import type { ScriptedRequest } from '../../src/testing';
import {
  frame,
  ids,
  initFrame,
  messageFrame,
  messageId,
  row,
  snapshotAnswer,
  success,
} from '../support/hudhudAnswers';
import { createHudhudWorld, enter } from '../support/hudhudWorld';

const general = { projectSlug: 'hudhud', channelSlug: 'general' };

/** A workspace of five messages of which the last three are unread, and of a channel that nobody looks at. */
async function open(
  markRead: (request: ScriptedRequest) => void = success,
  given: { readonly unread?: number; readonly rows?: number; readonly mark?: number } = {},
) {
  const { unread: counted = 3, rows: count = 5, mark = 2 } = given;
  const server = { counted, mark, other: 4, rows: [] as Record<string, unknown>[] };
  for (let n = 1; n <= count; n++) server.rows.push(row(n));
  const world = createHudhudWorld({
    routes: {
      'GET /workspace/hudhud/general': (request) => {
        const { channels, ...rest } = snapshotAnswer();
        const counts = [server.counted, server.other];
        request.json({
          ...rest,
          channels: channels.map((channel, i) => ({ ...channel, unread_count: counts[i] })),
          messages: server.rows.map((one, i) => ({ ...one, is_read: i + 1 <= server.mark })),
        });
      },
      'POST /chat/messages/read': markRead,
    },
  });
  const { hudhud, store, platform } = world;
  await enter(world);
  await world.push(initFrame());
  store.dispatch(hudhud.actions.loadWorkspace(general));
  store.dispatch(hudhud.actions.channelOpened({ channelId: ids.general }));
  await platform.settle();
  const unread = (channelId: string = ids.general) =>
    hudhud.selectors.selectUnread(store.getState(), channelId);
  return { ...world, answers: server, unread };
}

const exactly = (count: number) => ({ count, isExact: true });
const deleteFrame = (n: number) =>
  frame('channel_message', { action: 'deleted', message_id: messageId(n), channelId: ids.general });

describe('unread messages', () => {
  it('mark-read racing a new message: the new one stays unread, and the server agrees', async () => {
    const held: ScriptedRequest[] = [];
    const world = await open((request) => held.push(request));
    const { answers, hudhud, platform, push, unread } = world;
    expect(unread()).toEqual(exactly(3));
    hudhud.markRead(ids.general);
    await platform.settle();
    expect(unread()).toEqual(exactly(0));
    await push(messageFrame(6));
    expect(unread()).toEqual(exactly(1));
    expect(held).toHaveLength(1);
    held[0]?.json({ success: true });
    await platform.settle();
    expect(unread()).toEqual(exactly(1));
    Object.assign(answers, { counted: 1, mark: 5 });
    answers.rows.push(row(6));
    world.stream().fail();
    await platform.advance(5_000);
    await push(initFrame());
    expect(unread()).toEqual(exactly(1));
  });

  it('names to the server what was read, up to the message that was', async () => {
    const world = await open();
    world.hudhud.markRead(ids.general, messageId(4));
    await world.platform.settle();
    const [request] = world.asked('POST /chat/messages/read');
    expect(JSON.parse(request?.body ?? '')).toEqual({ messageIds: [messageId(3), messageId(4)] });
    expect(world.unread()).toEqual(exactly(1));
    world.hudhud.markRead(ids.general);
    world.hudhud.markRead(ids.general);
    await world.platform.settle();
    expect(world.asked('POST /chat/messages/read')).toHaveLength(2);
    expect(world.unread()).toEqual(exactly(0));
  });

  it('come back by themselves when the mark was refused', async () => {
    const world = await open((request) => {
      request.json({ success: false, error: { code: 'FORBIDDEN' } }, { status: 403 });
    });
    world.hudhud.markRead(ids.general);
    expect(world.unread()).toEqual(exactly(0));
    await world.platform.settle();
    expect(world.unread()).toEqual(exactly(3));
  });

  it('last-read = 0: no row says that it was read, and the history is not unread', async () => {
    const world = await open(success, { unread: 0, mark: 0, rows: 40 });
    expect(world.unread()).toEqual(exactly(0));
  });

  it('marking one channel read zeroes all: not here', async () => {
    const world = await open();
    const { hudhud, platform, store, unread } = world;
    expect(unread(ids.random)?.count).toBe(4);
    expect(hudhud.selectors.selectUnreadTotal(store.getState())?.count).toBe(7);
    hudhud.markRead(ids.general);
    await platform.settle();
    expect(unread()).toEqual(exactly(0));
    expect(unread(ids.random)?.count).toBe(4);
    expect(hudhud.selectors.selectUnreadTotal(store.getState())?.count).toBe(4);
  });

  it('count capped by loaded page: the server counts what is not loaded', async () => {
    const world = await open(success, { unread: 230, mark: 0, rows: 50 });
    expect(world.unread()).toEqual(exactly(230));
    await world.push(messageFrame(51));
    expect(world.unread()).toEqual(exactly(231));
  });

  it('deletes never decrement: they do, of held messages and of others', async () => {
    const world = await open();
    await world.push(messageFrame(6));
    expect(world.unread()).toEqual(exactly(4));
    await world.push(deleteFrame(6), deleteFrame(4));
    expect(world.unread()).toEqual(exactly(2));
    await world.push(deleteFrame(1));
    expect(world.unread()).toEqual(exactly(2));
    const elsewhere = { action: 'deleted', message_id: messageId(99), channelId: ids.random };
    await world.push(frame('channel_message', elsewhere));
    expect(world.unread(ids.random)).toEqual({ count: 3, isExact: false });
  });

  it('are counted once, however often and in whatever order they are told', async () => {
    const world = await open();
    await world.push(messageFrame(8), messageFrame(7), messageFrame(8));
    await world.push(messageFrame(7), frame('broadcast', row(8)));
    expect(world.unread()).toEqual(exactly(5));
  });

  it('are at least so many while the stream is away', async () => {
    const world = await open();
    world.stream().fail();
    await world.platform.settle();
    expect(world.unread()).toEqual({ count: 3, isExact: false });
  });

  it('of the next session are not those of this one', async () => {
    const world = await open();
    const logout = world.hudhud.auth.logout();
    await world.platform.settle();
    await logout;
    expect(world.unread()).toBeNull();
    expect(world.hudhud.selectors.selectUnreadTotal(world.store.getState())).toBeNull();
  });
});
