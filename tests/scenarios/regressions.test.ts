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
import { streamRoute } from '../support/hudhudWorld';
import type { OutboxWorld } from '../support/outboxWorld';
import { createOutboxWorld, sendRoute } from '../support/outboxWorld';

/** What has gone wrong in the chat clients of others, each by its name. Those about unread marks: `unread.test.ts`. */

const here = { channelId: ids.general };
const textOf = (n: number) => `message ${n}`;
const textsTo = (n: number) => Array.from({ length: n }, (_unused, i) => textOf(i + 1));
const infoOf = ({ hudhud, store }: OutboxWorld) =>
  hudhud.selectors.selectTimelineInfo(store.getState(), ids.general);

/** The stream breaks, and comes back; meanwhile something happens. */
async function breakOff(world: OutboxWorld, meanwhile: () => void): Promise<void> {
  world.stream().fail();
  await world.platform.settle();
  meanwhile();
  await world.platform.advance(5_000);
  await world.push(initFrame());
}

describe('regressions of others', () => {
  it('a gap that is bigger than a page after a reconnect is a gap, until it is filled', async () => {
    const world = await createOutboxWorld();
    const { store, hudhud, platform } = world;
    await breakOff(world, () => {
      for (let n = 3; n <= 130; n += 1) world.rows.push(row(n));
    });
    const [gap] = infoOf(world).gaps;
    expect(gap).toBeDefined();
    expect(world.texts()).not.toContain(textOf(40));
    for (let pages = 0; infoOf(world).gaps[0] !== undefined; pages += 1) {
      expect(pages).toBeLessThan(4);
      const [next] = infoOf(world).gaps;
      if (next === undefined) break;
      store.dispatch(hudhud.actions.fillGap({ ...here, parentId: null, ...next }));
      await platform.settle();
    }
    expect(world.texts()).toEqual(textsTo(130));
  });

  it('a sync that skips the own echo settles the send all the same', async () => {
    const world = await createOutboxWorld();
    world.fate = () => 'held';
    world.send('mine');
    await world.platform.settle();
    await breakOff(world, () => {
      world.rows.push(
        row(3, {
          ...{ user_id: ids.me, content: 'mine' },
          metadata: (JSON.parse(world.writes()[0]?.body ?? '') as { metadata: object }).metadata,
        }),
      );
    });
    expect(world.statuses()).toEqual([]);
    expect(world.texts()).toEqual([textOf(1), textOf(2), 'mine']);
    expect(world.writes()).toHaveLength(1);
  });

  it.each([true, false])(
    'two sends in the same millisecond, with the same text, stay two, in order (metadata kept: %s)',
    async (keepsMetadata) => {
      const world = await createOutboxWorld();
      world.keepsMetadata = keepsMetadata;
      const first = world.send('ok');
      const second = world.send('ok');
      expect(first).not.toBe(second);
      expect(world.timeline().map(({ key }) => key)).toEqual([
        ...[messageId(1), messageId(2), first, second],
      ]);
      await world.platform.settle();
      const same = world.rows[2]?.created_at ?? '';
      Object.assign(world.rows[3] ?? {}, { created_at: same });
      await world.echo(3);
      await world.echo(4);
      await world.platform.advance(60_000);
      expect(world.writes()).toHaveLength(2);
      expect(world.statuses()).toEqual([]);
      const keys = world.timeline().map(({ key }) => key);
      expect(keys).toEqual([messageId(1), messageId(2), first, second]);
      expect(world.texts()).toEqual([textOf(1), textOf(2), 'ok', 'ok']);
    },
  );

  it.each([true, false])(
    'a network error on a send whose request worked doubles nothing (metadata kept: %s)',
    async (keepsMetadata) => {
      const world = await createOutboxWorld();
      world.keepsMetadata = keepsMetadata;
      world.fate = () => 'lost';
      const key = world.send('mine');
      await world.platform.advance(60_000);
      expect(world.writes()).toHaveLength(1);
      expect(world.timeline().map((one) => [one.key, one.content, one.status])).toEqual([
        [messageId(1), textOf(1), 'confirmed'],
        [messageId(2), textOf(2), 'confirmed'],
        [key, 'mine', 'confirmed'],
      ]);
    },
  );

  it('the 201st event of a burst is not lost, nor is the message that is on its way', async () => {
    const world = await createOutboxWorld();
    world.fate = () => 'held';
    const key = world.send('mine');
    const burst = Array.from({ length: 601 }, (_unused, i) => messageFrame(i + 3));
    await world.push(burst.join(''));
    await world.platform.advance(1_000);
    expect(world.texts()).toEqual([...textsTo(603), 'mine']);
    expect(world.timeline().at(-1)?.key).toBe(key);
  });

  it('pages that overlap in part, with equal timestamps, double and lose nothing', async () => {
    const world = await createOutboxWorld({ pageSize: 10 });
    const { store, hudhud, platform } = world;
    const there = { channelId: ids.random, parentId: null };
    // thirty messages in three milliseconds, cut by pages of ten in the middle of each
    const at = (n: number) => new Date(startMs - 60_000 + Math.floor(n / 12)).toISOString();
    const rows = Array.from({ length: 30 }, (_unused, i) =>
      row(i + 1, { created_at: at(i), channel_id: ids.random }),
    );
    world.rows.push(...rows);
    const info = () => hudhud.selectors.selectTimelineInfo(store.getState(), ids.random);
    store.dispatch(hudhud.actions.loadHistory({ ...there, side: 'newest' }));
    await platform.settle();
    expect(info().hasOlder).toBe(true);
    for (let pages = 0; info().hasOlder && pages < 6; pages += 1) {
      store.dispatch(hudhud.actions.loadHistory({ ...there, side: 'older' }));
      await platform.settle();
    }
    expect(info()).toMatchObject({ hasOlder: false, gaps: [] });
    const shown = hudhud.selectors.selectTimeline(store.getState(), ids.random);
    expect(shown.map(({ content }) => content)).toEqual(textsTo(30));
  });

  it('a removal of a reaction that is called off leaves it as it was', async () => {
    const world = await createOutboxWorld();
    const { store, hudhud, platform } = world;
    const target = { ...here, target: messageId(1), emoji: '👍' };
    store.dispatch(hudhud.actions.addReaction(target));
    await platform.advance(6_000);
    const before = world.timeline()[0]?.reactions;
    expect(before).toMatchObject([{ emoji: '👍', count: 1, isMine: true }]);
    platform.setOnline(false);
    store.dispatch(hudhud.actions.removeReaction(target));
    expect(world.timeline()[0]?.reactions).toEqual([]);
    store.dispatch(hudhud.actions.addReaction(target));
    expect(world.timeline()[0]?.reactions).toEqual(before);
    platform.setOnline(true);
    await world.push(frame('ping', {}));
    await platform.advance(60_000);
    expect(world.writes()).toHaveLength(1);
    expect(world.timeline()[0]?.reactions).toEqual(before);
  });

  it('a deletion of the last message of what is held leaves the rest, and what comes goes behind it', async () => {
    const world = await createOutboxWorld();
    await world.push(
      frame('channel_message', {
        action: 'deleted',
        message_id: messageId(2),
        channelId: ids.general,
      }),
    );
    expect(world.texts()).toEqual([textOf(1)]);
    expect(infoOf(world)).toMatchObject({ isLive: true, gaps: [] });
    await world.push(messageFrame(3));
    expect(world.texts()).toEqual([textOf(1), textOf(3)]);
    world.rows[1] = Object.assign(row(2), { deleted_at: row(5).created_at });
    world.rows.push(row(3));
    await breakOff(world, () => undefined);
    expect(world.texts()).toEqual([textOf(1), textOf(3)]);
  });

  it('a thread that was deleted as a whole while nobody listened leaves no placeholder', async () => {
    const world = await createOutboxWorld();
    const head = { message_id: messageId(1), channelId: ids.general };
    await world.push(
      frame('channel_message', { action: 'updated', ...head, thread_count: 2 }),
      frame('channel_message', { action: 'deleted', ...head }),
    );
    const shown = () =>
      world.timeline().map(({ isDeleted, threadCount }) => [isDeleted, threadCount]);
    expect(shown()).toEqual([
      [true, 2],
      [false, 0],
    ]);
    // later than a read may lag behind
    await world.platform.advance(6_000);
    await breakOff(world, () => {
      world.rows.splice(0, 1);
    });
    expect(shown()).toEqual([[false, 0]]);
  });

  it('a page that was asked for before an edit, and answered after it, does not take it back', async () => {
    const world = await createOutboxWorld();
    const { store, hudhud, platform } = world;
    world.send('first wording');
    await platform.settle();
    await world.echo(3);
    const old = { success: true, messages: [...world.rows], has_more: false };
    world.holdsReads = true;
    store.dispatch(hudhud.actions.loadHistory({ ...here, parentId: null, side: 'newest' }));
    await platform.settle();
    const page = world.asked('GET /chat/messages').at(-1);
    store.dispatch(
      hudhud.actions.editMessage({ ...here, target: messageId(3), content: 'second wording' }),
    );
    expect(world.texts().at(-1)).toBe('second wording');
    await platform.settle();
    expect(world.statuses()).toEqual([]);
    page?.json(old);
    await platform.settle();
    expect(world.texts().at(-1)).toBe('second wording');
    expect(world.texts()).toHaveLength(3);
  });

  it('a page that is answered while an edit is under way does not take it back', async () => {
    const world = await createOutboxWorld();
    const { store, hudhud, platform } = world;
    world.send('first wording');
    await platform.settle();
    world.fate = () => 'held';
    store.dispatch(
      hudhud.actions.editMessage({ ...here, target: messageId(3), content: 'second wording' }),
    );
    await platform.settle();
    store.dispatch(hudhud.actions.loadHistory({ ...here, parentId: null, side: 'newest' }));
    await platform.settle();
    expect(world.messages().at(-1)?.content).toBe('first wording');
    expect(world.texts().at(-1)).toBe('second wording');
    world.finish(world.writes().at(-1));
    await platform.settle();
    expect(world.statuses()).toEqual([]);
    expect(world.texts().at(-1)).toBe('second wording');
  });

  it('a tab that was hidden for ten minutes has sent, heard and lost nothing twice', async () => {
    const world = await createOutboxWorld();
    const { platform } = world;
    world.send('before');
    await platform.settle();
    platform.setVisible(false);
    world.fate = () => 'lost';
    world.send('from the background');
    for (let minute = 0; minute < 10; minute += 1) {
      await world.push(frame('ping', {}), messageFrame(20 + minute));
      await platform.advance(60_000);
    }
    platform.setVisible(true);
    await platform.advance(5_000);
    expect(world.writes()).toHaveLength(2);
    expect(world.statuses()).toEqual([]);
    expect(world.texts()).toEqual([
      ...[textOf(1), textOf(2), 'before', 'from the background'],
      ...Array.from({ length: 10 }, (_unused, i) => textOf(20 + i)),
    ]);
  });

  it('a second tab that is opened in the middle of a send shows it once, and sends nothing', async () => {
    const world = await createOutboxWorld();
    world.fate = () => 'held';
    world.send('mine');
    await world.platform.settle();
    const other = await createOutboxWorld();
    other.rows.push(row(3, { user_id: ids.me, content: 'mine', metadata: { client_id: 'x' } }));
    await other.echo(3);
    await other.platform.advance(60_000);
    expect(other.texts()).toEqual([textOf(1), textOf(2), 'mine']);
    expect(other.writes()).toEqual([]);
    expect(other.operations()).toEqual([]);
  });

  it('Last-Event-ID is the last one seen, after the second reconnect too', async () => {
    const world = await createOutboxWorld();
    const idsSent = () =>
      world.asked(streamRoute).map(({ headers }) => headers.get('Last-Event-ID'));
    await world.push(`id: e1\n${messageFrame(3)}`);
    await breakOff(world, () => undefined);
    await breakOff(world, () => undefined);
    await world.push(`id: e2\n${messageFrame(4)}`);
    await breakOff(world, () => undefined);
    expect(idsSent()).toEqual([null, 'e1', 'e1', 'e2']);
    expect(world.written().filter((route) => route.startsWith(sendRoute))).toEqual([]);
  });
});
