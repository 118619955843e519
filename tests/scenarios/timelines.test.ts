import { describe, expect, it } from '@jest/globals';
import { historyEvicted, pageKey, pageReceived } from '../../src';
import type { HistoryWanted } from '../../src/actions/command';
import type { ScriptedRequest } from '../../src/testing';
import { ids, initFrame, messageFrame, messageId, row, startMs } from '../support/hudhudAnswers';
import type { HudhudWorld } from '../support/hudhudWorld';
import { createHudhudWorld, enter } from '../support/hudhudWorld';

const messagesRoute = 'GET /chat/messages';
const repliesRoute = `GET /chat/messages/${messageId(1)}/replies`;
const channelId = ids.general;
const own = { channelId, parentId: null } as const;
const thread = { channelId, parentId: messageId(1) } as const;
const at = (n: number): number => startMs - 3_600_000 + n * 1000;

type Row = ReturnType<typeof row>;

/** A server with these rows, which answers as documented; `deaf`: which knows no cursors. */
function serve(rows: Row[], isDeaf = false) {
  return (request: ScriptedRequest) => {
    const { searchParams } = new URL(request.url);
    const time = (key: string, other: number) =>
      isDeaf ? other : Date.parse(searchParams.get(key) ?? '') || other;
    const [before, after] = [time('before', Infinity), time('after', -Infinity)];
    const limit = Number(searchParams.get('limit'));
    const asked = rows
      .filter(({ created_at }) => Date.parse(created_at) < before && Date.parse(created_at) > after)
      .sort((a, b) => Date.parse(a.created_at) - Date.parse(b.created_at));
    const isForward = after > -Infinity && before === Infinity;
    const messages = isForward ? asked.slice(0, limit) : asked.slice(-limit);
    request.json({ success: true, messages, has_more: asked.length > limit });
  };
}

const upTo = (n: number, over: (n: number) => Record<string, unknown> = () => ({})): Row[] =>
  Array.from({ length: n }, (_, i) => row(i + 1, over(i + 1)));

async function open(rows: Row[], options = { pageSize: 10 }, isDeaf = false): Promise<HudhudWorld> {
  const routes = {
    [messagesRoute]: serve(rows, isDeaf),
    [repliesRoute]: serve(rows, isDeaf),
  };
  const world = createHudhudWorld({ routes, options });
  await enter(world);
  await world.push(initFrame());
  return world;
}

async function load({ hudhud, store, platform }: HudhudWorld, wanted: HistoryWanted) {
  store.dispatch(hudhud.actions.loadHistory(wanted));
  await platform.settle();
}

async function jump({ hudhud, store, platform }: HudhudWorld, moment: number) {
  store.dispatch(hudhud.actions.jumpTo({ ...own, at: moment }));
  await platform.settle();
}

async function fill(world: HudhudWorld) {
  const { hudhud, store, platform } = world;
  const gap = infoOf(world).gaps[0];
  if (gap === undefined) throw new Error('There is no gap.');
  store.dispatch(hudhud.actions.fillGap({ ...own, ...gap }));
  await platform.settle();
}

const infoOf = ({ hudhud, store }: HudhudWorld, parentId: string | null = null) =>
  hudhud.selectors.selectTimelineInfo(store.getState(), channelId, parentId);
/** Numbers of the messages that are held. */
const held = ({ hudhud, store }: HudhudWorld, parentId: string | null = null): number[] => {
  const { selectHeldTimeline } = hudhud.selectors;
  const rows = selectHeldTimeline(store.getState(), channelId, parentId)?.segments.flat() ?? [];
  return rows.flatMap(({ isDeleted, content }) =>
    isDeleted ? [] : [Number(content.replace('message ', ''))],
  );
};
const range = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, i) => from + i);

describe('jumping to a date', () => {
  it('asks for a page before it and one after it, and not again for what it brought', async () => {
    const world = await open(upTo(100));
    await load(world, { ...own, side: 'newest' });
    await jump(world, at(50) + 500);
    expect(held(world)).toEqual([...range(41, 59), ...range(91, 100)]);
    expect(infoOf(world)).toMatchObject({
      ...{ isLive: true, hasOlder: true, hasNewer: false },
      gaps: [{ after: at(59), before: at(91) }],
    });
    expect(world.asked(messagesRoute)).toHaveLength(3);
    await jump(world, at(45));
    await jump(world, at(100) + 1);
    expect(world.asked(messagesRoute)).toHaveLength(3);
  });

  it('to before the beginning, and to what is yet to come', async () => {
    const world = await open(upTo(30));
    await jump(world, at(0));
    expect(infoOf(world)).toMatchObject({ hasOlder: false, hasNewer: true });
    await jump(world, at(10_000));
    expect(held(world)).toEqual([...range(1, 10), ...range(21, 30)]);
    await world.push(messageFrame(31));
    expect(infoOf(world)).toMatchObject({ isLive: true, hasNewer: false });
    await fill(world);
    await fill(world);
    expect(infoOf(world)).toMatchObject({ gaps: [], isLive: true });
    expect(held(world)).toEqual(range(1, 31));
  });
});

describe('a gap', () => {
  it('that is wider than a page is filled from its older side, a page per call, until the windows join', async () => {
    const rows = upTo(20);
    const world = await open(rows);
    await load(world, { ...own, side: 'newest' });
    world.stream().fail();
    rows.push(...upTo(60).slice(20));
    await world.platform.advance(2_000);
    await world.push(initFrame());
    await load(world, { ...own, side: 'newest' });
    expect(infoOf(world).gaps).toEqual([{ after: at(20), before: at(51) }]);
    let calls = 0;
    for (; infoOf(world).gaps.length > 0; calls++) {
      expect(calls).toBeLessThan(10);
      await fill(world);
    }
    expect(calls).toBe(4);
    expect(held(world)).toEqual(range(11, 60));
    expect(infoOf(world)).toMatchObject({ isLive: true, hasOlder: true });
  });

  it('is filled from both of its sides, and what is filled is not asked for again', async () => {
    const world = await open(upTo(100));
    await load(world, { ...own, side: 'newest' });
    await jump(world, at(60));
    const [gap] = infoOf(world).gaps;
    await load(world, { ...own, side: 'older', edge: gap?.before ?? 0 });
    await fill(world);
    await fill(world);
    expect(infoOf(world).gaps).toEqual([]);
    expect(held(world)).toEqual(range(51, 100));
    const asked = world.asked(messagesRoute).length;
    await load(world, { ...own, side: 'newer', edge: gap?.after ?? 0 });
    expect(world.asked(messagesRoute)).toHaveLength(asked);
    // "load older" goes on at the top of the list
    await load(world, { ...own, side: 'older' });
    expect(held(world)[0]).toBe(42);
  });

  it('whose edge was deleted meanwhile is filled all the same', async () => {
    const rows = upTo(60);
    const world = await open(rows);
    await load(world, { ...own, side: 'newest' });
    await jump(world, at(20));
    const [gap] = infoOf(world).gaps;
    expect(gap).toEqual({ after: at(29), before: at(51) });
    rows.splice(19, 12);
    await world.platform.advance(10_000);
    for (let calls = 0; infoOf(world).gaps.length > 0; calls++) {
      expect(calls).toBeLessThan(6);
      await fill(world);
    }
    expect(held(world).filter((n) => n > 30)).toEqual(range(32, 60));
  });
});

describe('pages', () => {
  it('of equal times that overlap in part lose nothing and double nothing', async () => {
    const world = await open(
      upTo(30, (n) => ({ created_at: new Date(at(Math.ceil(n / 7))).toISOString() })),
      { pageSize: 4 },
    );
    await load(world, { ...own, side: 'newest' });
    for (let calls = 0; infoOf(world).hasOlder; calls++) {
      expect(calls).toBeLessThan(12);
      await load(world, { ...own, side: 'older' });
    }
    expect([...held(world)].sort((a, b) => a - b)).toEqual(range(1, 30));
    expect(infoOf(world)).toMatchObject({ gaps: [], isLive: true });
  });

  it('without a stream reach the last row only; with one they reach now', async () => {
    const rows = upTo(25);
    const world = createHudhudWorld({
      routes: { [messagesRoute]: serve(rows) },
      options: { pageSize: 10 },
    });
    await enter(world);
    await load(world, { ...own, side: 'around', at: at(5) });
    await load(world, { ...own, side: 'newer' });
    expect(infoOf(world)).toMatchObject({ isLive: false, hasNewer: true });
    await world.push(initFrame());
    for (let calls = 0; infoOf(world).hasNewer; calls++) {
      expect(calls).toBeLessThan(4);
      await load(world, { ...own, side: 'newer' });
    }
    expect(held(world)).toEqual(range(1, 25));
    const asked = world.asked(messagesRoute).length;
    await load(world, { ...own, side: 'newer' });
    expect(world.asked(messagesRoute)).toHaveLength(asked);
  });

  it('that are empty at an edge end there: nothing is asked for again and again', async () => {
    const rows = upTo(3);
    const world = await open(rows);
    await load(world, { ...own, side: 'around', at: at(2) });
    expect(infoOf(world)).toMatchObject({ hasOlder: false, hasNewer: false });
    const asked = world.asked(messagesRoute).length;
    await load(world, { ...own, side: 'older' });
    await load(world, { ...own, side: 'newer' });
    expect(world.asked(messagesRoute)).toHaveLength(asked);
  });

  it('hear of it when the last message of what is known was deleted', async () => {
    const rows = upTo(12);
    const world = await open(rows);
    await load(world, { ...own, side: 'newest' });
    world.stream().fail();
    rows.pop();
    await world.platform.advance(10_000);
    await world.push(initFrame());
    await load(world, { ...own, side: 'newer' });
    expect(held(world)).toEqual(range(3, 11));
    expect(infoOf(world)).toMatchObject({ isLive: true, gaps: [] });
  });

  it.each([NaN, Infinity, 1.5, 1e300, '5' as unknown as number])(
    'are not asked for with %p for a cursor',
    async (edge) => {
      const world = await open(upTo(5));
      await load(world, { ...own, side: 'older', edge });
      await load(world, { ...own, side: 'around', at: edge });
      expect(world.asked(messagesRoute)).toHaveLength(0);
      const { hudhud, store } = world;
      const key = pageKey(channelId, null, 'older', edge);
      expect(hudhud.selectors.selectLoad(store.getState(), key)?.code).toBe('INVALID_OPTION');
    },
  );

  it('of rows in disorder, twice, or of another channel claim what they list of this one', async () => {
    const [one, two, three] = [row(21), row(22), row(23)];
    const foreign = row(5, { channel_id: ids.random });
    const routes = {
      [messagesRoute]: (request: ScriptedRequest) => {
        request.json({ success: true, messages: [three, one, foreign, two, one], has_more: true });
      },
    };
    const world = createHudhudWorld({ routes });
    await enter(world);
    await world.push(initFrame());
    await load(world, { ...own, side: 'newest' });
    expect(held(world)).toEqual([21, 22, 23]);
    const { hudhud, store } = world;
    expect(hudhud.selectors.selectHeldTimeline(store.getState(), channelId, null)?.windows).toEqual(
      [{ from: at(21), to: null }],
    );
    expect(hudhud.getStatus().quarantine.at(-1)).toMatchObject({ reason: 'foreign_row' });
  });
});

describe('a thread', () => {
  const replies = (n: number) => upTo(n, () => ({ parent_message_id: messageId(1) }));

  it('is paged by the same rules', async () => {
    const world = await open(replies(30));
    await load(world, { ...thread, side: 'newest' });
    await load(world, { ...thread, side: 'older' });
    expect(held(world, messageId(1))).toEqual(range(12, 30));
    expect(infoOf(world, messageId(1))).toMatchObject({ hasOlder: true, isLive: true, gaps: [] });
  });

  it('of a server that knows no cursors is read in full, once', async () => {
    const world = await open(replies(30), { pageSize: 10 }, true);
    await load(world, { ...thread, side: 'newest' });
    expect(infoOf(world, messageId(1)).hasOlder).toBe(true);
    await load(world, { ...thread, side: 'older' });
    expect(held(world, messageId(1))).toEqual(range(1, 30));
    expect(infoOf(world, messageId(1))).toMatchObject({ hasOlder: false, isLive: true, gaps: [] });
    const limits = world
      .asked(repliesRoute)
      .map(({ url }) => new URL(url).searchParams.get('limit'));
    expect(limits).toEqual(['10', '10', '200']);
  });

  it('of more than such a server gives claims no more than that', async () => {
    const world = await open(replies(230), { pageSize: 10 }, true);
    await load(world, { ...thread, side: 'newest' });
    await load(world, { ...thread, side: 'older' });
    await load(world, { ...thread, side: 'older' });
    expect(held(world, messageId(1))).toEqual(range(31, 230));
    expect(infoOf(world, messageId(1)).hasOlder).toBe(true);
    expect(world.asked(repliesRoute)).toHaveLength(5);
  });
});

describe('history that was let go', () => {
  it('is loaded again by going back, and an answer that was on its way is asked for again', async () => {
    const world = await open(upTo(40), { pageSize: 20 });
    await load(world, { ...own, side: 'newest' });
    await load(world, { ...own, side: 'older' });
    await load(world, { ...own, side: 'older' });
    expect(infoOf(world).hasOlder).toBe(false);
    const { store, hudhud, platform } = world;
    const { payload } = world.actions.findLast(pageReceived.match) ?? { payload: { asOf: 0 } };
    store.dispatch(hudhud.actions.loadHistory({ ...own, side: 'newest' }));
    const ordinal = payload.asOf + 2;
    const asked = world.asked(messagesRoute).length;
    store.dispatch(historyEvicted({ ordinal, channels: [{ channelId, before: at(30) }] }));
    await platform.settle();
    expect(world.asked(messagesRoute)).toHaveLength(asked + 2);
    expect(infoOf(world)).toMatchObject({ hasOlder: true, isLive: true, gaps: [] });
    await load(world, { ...own, side: 'older' });
    expect(held(world)[0]).toBeLessThan(21);
  });
});
