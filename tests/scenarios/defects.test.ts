import { describe, expect, it } from '@jest/globals';
import {
  frame,
  ids,
  initFrame,
  messageFrame,
  messageId,
  row,
  startMs,
} from '../support/hudhudAnswers';
import type { OutboxWorld } from '../support/outboxWorld';
import { createOutboxWorld, sendRoute } from '../support/outboxWorld';

/** What the client before this one did wrong with messages, each by its number. Its transport: `tests/integration`. */

const here = { channelId: ids.general };
const told = (action: string, n: number, more: Record<string, unknown> = {}) =>
  frame('channel_message', { action, message_id: messageId(n), channelId: ids.general, ...more });
const idsShown = (world: OutboxWorld) => world.timeline().map(({ id }) => id);

describe('defects of the client before', () => {
  it('D12: an edit and a deletion of a message that came live are no duplicates of it', async () => {
    const world = await createOutboxWorld();
    await world.push(messageFrame(3), messageFrame(4));
    await world.push(told('updated', 3, { content: 'edited', is_edited: true }));
    await world.push(told('deleted', 4));
    expect(world.texts()).toEqual(['message 1', 'message 2', 'edited']);
  });

  it('D13: a late duplicate stays one, after hundreds of others', async () => {
    const world = await createOutboxWorld();
    const many = Array.from({ length: 300 }, (_unused, i) => messageFrame(i + 3));
    await world.push(many.join(''));
    const before = world.timeline();
    await world.push(messageFrame(3), messageFrame(4), messageFrame(302));
    expect(world.timeline()).toBe(before);
  });

  it('D13: what has no id, or names no channel, is no message of the open channel', async () => {
    const world = await createOutboxWorld();
    const before = world.timeline();
    await world.push(
      frame('broadcast', { type: 'system', message: 'maintenance at ten' }),
      frame('message', { content: 'a ghost', channelId: ids.general }),
      messageFrame(3, { channelId: undefined }),
    );
    expect(world.timeline()).toBe(before);
    expect(world.hudhud.selectors.selectNotices(world.store.getState())).toHaveLength(1);
  });

  it('D14: what happens in other channels is kept: messages, preview and count', async () => {
    const world = await createOutboxWorld();
    const { selectors } = world.hudhud;
    world.store.dispatch(
      world.hudhud.actions.loadWorkspace({ projectSlug: 'hudhud', channelSlug: 'general' }),
    );
    await world.platform.settle();
    await world.push(messageFrame(9, { channelId: ids.random }));
    const root = world.store.getState();
    expect(selectors.selectMessages(root, ids.random)).toMatchObject([{ content: 'message 9' }]);
    expect(selectors.selectChannelPreview(root, ids.random)).toMatchObject({ id: messageId(9) });
    expect(idsShown(world)).not.toContain(messageId(9));
  });

  it('D15: an edit that says only the text leaves reactions, files, replies, time and author', async () => {
    const world = await createOutboxWorld();
    const file = { id: 'f1', name: 'plan.pdf', type: 'file', size: 9, url: '/f1', mimetype: null };
    const users = [{ userId: ids.omar, username: 'omar', createdAt: null }];
    const reactions = [{ emoji: '🎉', count: 1, users }];
    await world.push(messageFrame(3, { files: [file], reactions, thread_count: 2 }));
    const before = world.timeline().at(-1);
    await world.push(told('updated', 3, { content: 'edited' }));
    const after = world.timeline().at(-1);
    expect(after).toMatchObject({ content: 'edited', isEdited: true, threadCount: 2 });
    expect(after?.files).toHaveLength(1);
    expect(after?.files).toEqual(before?.files);
    expect(after?.reactions).toEqual(before?.reactions);
    expect([after?.createdAt, after?.authorId]).toEqual([before?.createdAt, ids.omar]);
  });

  it("D16: order is the server's, whatever the order of arrival and the client's clock", async () => {
    const world = await createOutboxWorld();
    world.platform.jumpClock(-86_400_000);
    await world.push(messageFrame(6), messageFrame(4), messageFrame(5), messageFrame(3));
    expect(world.texts()).toEqual([1, 2, 3, 4, 5, 6].map((n) => `message ${n}`));
    world.fate = () => 'held';
    world.send('mine');
    await world.push(messageFrame(7));
    expect(world.texts().slice(-2)).toEqual(['message 7', 'mine']);
    // without a time: where it arrived, until somebody says when it was
    await world.push(messageFrame(9, { created_at: undefined }));
    expect(world.texts()).toContain('message 9');
  });

  it('D17: an older page neither undoes a live edit nor brings back what was deleted live', async () => {
    const world = await createOutboxWorld();
    const { store, hudhud, platform } = world;
    const old = { success: true, messages: [...world.rows], has_more: false };
    world.holdsReads = true;
    store.dispatch(hudhud.actions.loadHistory({ ...here, parentId: null, side: 'newest' }));
    await platform.settle();
    await world.push(told('updated', 1, { content: 'edited' }), told('deleted', 2));
    world.asked('GET /chat/messages').at(-1)?.json(old);
    await platform.settle();
    expect(world.texts()).toEqual(['edited']);
  });

  it('D17: an edit or a deletion that comes before its message holds when the message comes', async () => {
    const world = await createOutboxWorld();
    await world.push(told('updated', 3, { content: 'edited' }), told('deleted', 4));
    await world.push(messageFrame(3), messageFrame(4));
    expect(world.texts()).toEqual(['message 1', 'message 2', 'edited']);
  });

  it('D18: nothing is lost around a break, and no subscriber goes deaf', async () => {
    const world = await createOutboxWorld();
    const heard: string[] = [];
    world.hudhud.subscribe('channel_message', ({ message }) => heard.push(message.id));
    await world.push(messageFrame(3));
    world.rows.push(row(3));
    world.stream().fail();
    await world.platform.settle();
    world.rows.push(row(4));
    await world.platform.advance(5_000);
    await world.push(initFrame(), messageFrame(5));
    expect(heard).toEqual([messageId(3), messageId(5)]);
    expect(world.texts()).toEqual([1, 2, 3, 4, 5].map((n) => `message ${n}`));
  });

  it.each(['reply first', 'echo first', 'echo only', 'reply only'])(
    'D19: a message is on screen as it is sent, and stays one row: %s',
    async (way) => {
      const world = await createOutboxWorld();
      world.fate = () => (way === 'echo only' ? 'lost' : way === 'echo first' ? 'held' : 'done');
      const key = world.send('mine');
      expect(world.timeline().at(-1)).toMatchObject({ key, content: 'mine' });
      await world.platform.settle();
      if (way === 'echo first') {
        const [request] = world.writes();
        const body = JSON.parse(request?.body ?? '') as Record<string, unknown>;
        const made = row(3, { user_id: ids.me, ...body });
        await world.push(frame('channel_message', { action: 'created', ...made }));
        world.finish(request);
      } else if (way !== 'reply only') await world.echo(3);
      await world.platform.advance(60_000);
      expect(world.timeline().filter(({ content }) => content === 'mine')).toMatchObject([
        { key, id: messageId(3), status: 'confirmed', isOwn: true },
      ]);
      expect(world.writes()).toHaveLength(1);
    },
  );

  it('D20: editing, deleting and reacting reach the server', async () => {
    const world = await createOutboxWorld({ outbox: { undoDeleteMs: 0 } });
    const { store, hudhud, platform } = world;
    for (const text of ['one', 'two']) world.send(text);
    await platform.advance(100);
    store.dispatch(
      hudhud.actions.editMessage({ ...here, target: messageId(3), content: 'edited' }),
    );
    store.dispatch(hudhud.actions.deleteMessage({ ...here, target: messageId(4) }));
    store.dispatch(hudhud.actions.addReaction({ ...here, target: messageId(1), emoji: '👍' }));
    await platform.advance(6_000);
    expect(world.rows.map(({ content, deleted_at }) => [content, deleted_at === null])).toEqual([
      ...[['message 1', true], ['message 2', true], ['edited', true], ['two', false]], // prettier-ignore
    ]);
    expect(world.rows[0]?.reactions).toHaveLength(1);
    expect(world.operations()).toEqual([]);
    expect(world.texts()).toEqual(['message 1', 'message 2', 'edited']);
  });

  it('D24: a message is not doubled by a network error, nor by 429 and then 401', async () => {
    const world = await createOutboxWorld();
    const fates = [429, 401] as const;
    let tries = 0;
    world.fate = ({ body }) => {
      if (body?.includes('once') !== true) return 'lost';
      tries += 1;
      return fates[tries - 1] ?? 'done';
    };
    world.send('lost');
    await world.platform.advance(20_000);
    expect(world.written()).toEqual([`${sendRoute} lost`]);
    // 429, then 401 with a refresh in between, then well: one message
    world.refusedWith = { 'Retry-After': '2' };
    world.send('once');
    await world.platform.advance(60_000);
    expect(world.rows.filter(({ content }) => content === 'once')).toHaveLength(1);
    expect(world.asked('POST /auth/refresh')).toHaveLength(1);
    expect(world.statuses()).toEqual([]);
  });

  it('D24: Retry-After is understood as a date, too', async () => {
    const world = await createOutboxWorld();
    const { platform } = world;
    const at = startMs + 40_000;
    world.refusedWith = { 'Retry-After': new Date(at).toUTCString() };
    world.fate = () => 429;
    world.send('one');
    await platform.settle();
    world.fate = () => 'done';
    await platform.advance(at - platform.clock.now() - 100);
    expect(world.writes()).toHaveLength(1);
    await platform.advance(2_000);
    expect(world.writes()).toHaveLength(2);
  });
});
