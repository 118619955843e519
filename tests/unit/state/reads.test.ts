import { describe, expect, it } from '@jest/globals';
import type { UnknownAction } from '@reduxjs/toolkit';

import { channelsReceived } from '../../../src/actions/history';
import { historyEvicted } from '../../../src/actions/eviction';
import { operationAcknowledged } from '../../../src/actions/outbox';
import { countsReceived, readsAnchored } from '../../../src/actions/reads';
import { sessionEnded, sessionStarted } from '../../../src/actions/session';
import { continuityTold } from '../../../src/actions/stream';
import type { StreamKey } from '../../../src/protocol/batch';
import type { MessagePreview } from '../../../src/protocol/models';
import { readsReducer } from '../../../src/state/reads';
import type { ChannelReads, ReadsState } from '../../../src/state/readsState';
import { readsOf } from '../../../src/state/readsState';
import {
  asked,
  channelOf,
  channelsHeard,
  connection,
  created,
  deleted,
  design,
  edited,
  general,
  heard,
  lina,
  messageOf,
  minute,
  omar,
  page,
  snapshot,
  typing,
} from '../../support/exampleData';
import { frozen } from '../../support/frozen';

const initial = readsReducer(undefined, { type: 'start' });
const signedIn = sessionStarted({ user: { id: lina } });
const fold = (...actions: readonly UnknownAction[]): ReadsState =>
  [signedIn, connection('open'), ...actions].reduce<ReadsState>(
    (state, action) => frozen(readsReducer(state, action)),
    initial,
  );
const known = (state: ReadsState, channelId: string = general): ChannelReads | undefined =>
  readsOf(state, channelId);
const lastMessage = (n: number): MessagePreview => ({
  ...{ id: `m${n}`, content: '', userId: omar, username: null, createdAt: minute(n) },
});
const counted = (asOf: number, unreadCount: number, n: number | null) =>
  snapshot(asOf, {
    channels: [
      channelOf(general, { unreadCount, lastMessage: n === null ? null : lastMessage(n) }),
    ],
  });
const readUpTo = (n: number, ordinal: number, channelId: string = general) =>
  operationAcknowledged({
    ...asked(ordinal - 1),
    ...{ opId: `op${ordinal}`, ordinal, message: null, deleted: null },
    read: { channelId, upTo: minute(n), messageId: `m${n}` },
  });

describe('a count of the server', () => {
  it('is kept with up to where it goes, and the newest one wins in any order', () => {
    const older = counted(3, 7, 1);
    const newer = counted(8, 2, 4);
    const expected = { count: 2, lastAt: minute(4), asOf: 8 };
    expect(known(fold(older, newer))?.count).toEqual(expected);
    expect(known(fold(newer, older))?.count).toEqual(expected);
    expect(known(fold(newer, newer))).toEqual(known(fold(newer)));
  });

  it('comes with every list of channels that counts, and with bare counts, which are looser', () => {
    const list = channelsReceived({
      ...asked(3),
      channels: [
        channelOf(general, { unreadCount: 1, lastMessage: lastMessage(2) }),
        { id: design },
      ],
      complete: false,
    });
    expect(fold(list).channels).toMatchObject([{ count: { count: 1, lastAt: minute(2) } }]);
    const bare = countsReceived({
      ...asked(4),
      isLive: true,
      counts: [{ channelId: design, count: 3, lastAt: null }],
    });
    expect(known(fold(bare), design)?.count).toEqual({
      ...{ count: 3, lastAt: null, asOf: 4, isLoose: true, isTold: true },
    });
    const late = countsReceived({ ...bare.payload, isLive: false });
    expect(known(fold(late), design)?.count).not.toHaveProperty('isTold');
  });

  it('goes up to the newest row of its own answer, where the list names no last message', () => {
    const rows = [
      messageOf('m1', { createdAt: minute(1) }),
      messageOf('m2', { createdAt: minute(5) }),
    ];
    const both = snapshot(3, { page: page(3, rows).payload });
    expect(known(fold(both))?.count?.lastAt).toBe(minute(5));
    expect(known(fold(both), design)?.count).toMatchObject({ count: 0, lastAt: null });
  });

  it('was told on from since it was asked for only if the stream was open all the while', () => {
    const live = snapshot(3, { page: page(3, []).payload });
    const past = snapshot(3, {
      page: page(3, [], { range: { from: null, to: minute(3) } }).payload,
    });
    expect(known(fold(live))?.count?.isTold).toBe(true);
    expect(known(fold(past))?.count).not.toHaveProperty('isTold');
    expect(known(fold(connection('waiting'), live))?.count).not.toHaveProperty('isTold');
    expect(known(fold(live, connection('waiting')))?.count).not.toHaveProperty('isTold');
    const evicted = historyEvicted({
      ordinal: 9,
      channels: [{ channelId: general, before: null }],
    });
    expect(known(fold(live, evicted))?.count).not.toHaveProperty('isTold');
    const cut = (before: number) =>
      historyEvicted({ ordinal: 9, channels: [{ channelId: general, before }] });
    const upToFive = snapshot(3, {
      page: page(3, [messageOf('m5', { createdAt: minute(5) })]).payload,
    });
    expect(known(fold(upToFive, cut(minute(5))))?.count?.isTold).toBe(true);
    expect(known(fold(upToFive, cut(minute(6))))?.count).not.toHaveProperty('isTold');
    expect(known(fold(live, connection('waiting', 1, `channel:${general}`)))?.count?.isTold).toBe(
      true,
    );
  });

  it('that says nothing of the last message goes up to the first one that is told after it', () => {
    const empty = counted(3, 0, null);
    const first = created('m1', { createdAt: minute(6) });
    const later = created('m2', { createdAt: minute(9) });
    const state = fold(empty, heard(5, typing(omar), first, later));
    expect(known(state)?.count).toEqual({
      ...{ count: 0, lastAt: minute(6) - 1, asOf: 3, isLeast: true },
    });
    const reply = created('m3', { createdAt: minute(9), parentId: 'm1' });
    const unplaced = { ...first, message: { id: 'm4', channelId: general } };
    expect(known(fold(empty, heard(5, reply, unplaced)))?.count?.lastAt).toBeNull();
    expect(known(fold(empty, heard(2, first)))?.count?.lastAt).toBeNull();
    expect(fold(heard(2, first)).channels).toEqual([]);
  });

  it('is none in a channel that was just joined', () => {
    const joined = (userId: string) =>
      channelsHeard(7, { type: 'channel_event', op: 'memberJoined', channelId: general, userId });
    expect(known(fold(counted(3, 4, 2), joined(lina)))?.count).toEqual({
      ...{ count: 0, lastAt: null, asOf: 7 },
    });
    expect(known(fold(counted(3, 4, 2), joined(omar)))?.count?.count).toBe(4);
  });
});

describe('a read mark', () => {
  it('is set by an acknowledged wish, never goes back, and is of one channel', () => {
    const state = fold(counted(3, 4, 2), readUpTo(5, 9), readUpTo(2, 11), readUpTo(8, 13, design));
    expect(known(state)?.mark).toEqual({ at: minute(5), messageId: 'm5', ordinal: 9 });
    expect(known(state, design)?.mark?.at).toBe(minute(8));
    expect(known(state)?.count?.count).toBe(4);
    const again = fold(readUpTo(5, 9), readUpTo(5, 15));
    expect(known(again)?.mark?.ordinal).toBe(15);
  });

  it('is not set by a wish for something else, nor at the beginning of time', () => {
    const other = operationAcknowledged({
      ...asked(3),
      ...{ opId: 'op', ordinal: 4, message: messageOf('m1'), deleted: null },
    });
    expect(fold(other).channels).toEqual([]);
    const { payload } = readUpTo(1, 5);
    const zero = operationAcknowledged({
      ...payload,
      read: { channelId: general, upTo: 0, messageId: 'm0' },
    });
    expect(fold(zero).channels).toEqual([]);
  });

  it("is the newest row of somebody else's that a page shows as read", () => {
    const rows = [
      messageOf('m1', { createdAt: minute(1), isRead: true }),
      messageOf('m2', { createdAt: minute(2), isRead: true }),
      messageOf('m3', { createdAt: minute(3), isRead: false }),
      messageOf('m4', { createdAt: minute(4), isRead: true, userId: lina }),
      messageOf('m5', { createdAt: minute(5), isRead: true, parentId: 'm1' }),
      messageOf('m6', { createdAt: minute(6), isRead: true, userId: null }),
    ];
    const mark = { at: minute(2), messageId: 'm2', ordinal: 4 };
    expect(known(fold(page(4, rows)))?.mark).toEqual(mark);
    expect(known(fold(snapshot(4, { page: page(4, rows).payload })))?.mark).toEqual(mark);
    expect(known(fold(page(4, rows), page(6, rows)))?.mark?.ordinal).toBe(6);
    expect(known(fold(page(6, rows), page(4, rows)))?.mark?.ordinal).toBe(6);
    const thread = page(4, rows, { parentId: 'm1' });
    expect(fold(thread).channels).toEqual([]);
  });

  it('is not read from a page while nobody knows who is looking', () => {
    const action = page(4, [messageOf('m1', { isRead: true })]);
    expect(readsReducer(initial, action).channels).toEqual([]);
  });
});

describe('deletions', () => {
  it('are remembered once each from the count on, however they are told', () => {
    const acknowledged = operationAcknowledged({
      ...asked(7),
      ...{ opId: 'op', ordinal: 8, message: null },
      deleted: { channelId: general, messageId: 'm3' },
    });
    const state = fold(
      counted(3, 4, 2),
      heard(5, deleted('m1'), edited('m2', { deletedAt: minute(3) }), deleted('m1')),
      acknowledged,
      page(9, [messageOf('m4', { deletedAt: minute(4) })]),
    );
    expect(known(state)?.deleted).toEqual([
      ...[
        { id: 'm1', o: 5 },
        { id: 'm2', o: 6 },
        { id: 'm3', o: 8 },
        { id: 'm4', o: 9 },
      ],
    ]);
    expect(known(fold(counted(3, 4, 2), heard(2, deleted('m1'))))?.deleted).toEqual([]);
    const pruned = readsReducer(state, counted(8, 2, 2));
    expect(known(pruned)?.deleted.map(({ id }) => id)).toEqual(['m4']);
  });

  it('without a channel may belong to any', () => {
    const homeless = { type: 'message', op: 'delete', message: { id: 'm1' } } as const;
    const state = fold(counted(3, 4, 2), heard(5, homeless));
    expect(known(state)?.deleted).toEqual([{ id: 'm1', o: 5, isStray: true }]);
    expect(fold(heard(5, homeless)).channels).toEqual([]);
  });

  it('that are too many take the count with them, and let no older one in', () => {
    const many = Array.from({ length: 300 }, (_, i) => deleted(`m${i}`));
    const state = fold(counted(3, 4, 2), heard(10, ...many));
    expect(known(state)).toMatchObject({ count: null, trustedFrom: 54 });
    expect(known(state)?.deleted).toHaveLength(256);
    expect(readsReducer(state, heard(10, ...many))).toBe(state);
    expect(known(readsReducer(state, counted(50, 4, 2)))?.count).toBeNull();
    expect(known(readsReducer(state, counted(400, 4, 2)))).toMatchObject({
      ...{ count: { count: 4 }, deleted: [] },
    });
  });
});

describe('what was read since the stream is open', () => {
  const since = (from: number | null, to: number | null) => ({ range: { from, to } });
  const fresh = (...actions: readonly UnknownAction[]) => known(fold(...actions))?.fresh ?? null;
  const live = page(5, [], since(minute(8), null));

  it('begins with a page that is live, and grows by those that join it', () => {
    expect(fresh(live)).toEqual({ from: minute(8), asOf: 5 });
    const older = page(6, [], since(minute(4), minute(8) + 1));
    expect(fresh(live, older)).toEqual({ from: minute(4), asOf: 5 });
    expect(fresh(live, older, page(9, [], since(null, null)))).toEqual({ from: 0, asOf: 5 });
    expect(fresh(live, older, page(9, [], since(minute(7), null)))?.from).toBe(minute(4));
  });

  it.each([
    ['stands apart', page(6, [], since(minute(4), minute(7)))],
    ['was asked for before', page(4, [], since(minute(4), minute(9)))],
    ['is a thread’s', page(6, [], { ...since(null, null), parentId: 'm1' })],
  ])('does not grow by a page that %s', (_, other) => {
    expect(fresh(live, other)).toEqual({ from: minute(8), asOf: 5 });
    expect(fresh(other, live)).toEqual({ from: minute(8), asOf: 5 });
  });

  it('is nothing while the stream is not open, and once it has broken', () => {
    expect(fresh(connection('waiting'), live)).toBeNull();
    expect(fresh(live, connection('waiting'), connection('open', 2))).toBeNull();
  });
});

describe('reads of a stream that goes on without a hole', () => {
  const told = (wholeSince: number | null, stream: StreamKey = 'main') =>
    continuityTold({ stream, epoch: 2, ordinal: 20, wholeSince });
  const live = page(5, [], { range: { from: minute(8), to: null } });
  const before = fold(live);
  const broken = fold(live, connection('waiting'));
  const again = (...actions: readonly UnknownAction[]) =>
    fold(live, connection('waiting'), connection('open', 2), ...actions);

  it('are not known as long as it is not told', () => {
    expect(known(before)?.fresh).not.toBeNull();
    expect(known(broken)?.fresh).toBeNull();
    expect(broken.isOpen).toBe(false);
    expect(known(again())?.fresh).toBeNull();
    expect(known(again(told(null)))?.fresh).toBeNull();
    expect(known(again(told(1, `channel:${general}`)))?.fresh).toBeNull();
  });

  it('are as they were, once it is told', () => {
    expect(known(again(told(1)))).toEqual(known(before));
    expect(again(told(1)).broken).toBeUndefined();
    // it is taken up once
    const state = again(told(1));
    expect(readsReducer(state, told(1))).toBe(state);
  });

  it('are not, of a break that was before what is whole', () => {
    expect(known(again(told(2)))?.fresh).toBeNull();
    expect(again(told(2)).broken).toBeUndefined();
  });

  it('are what was found out since, where something was', () => {
    const since = page(9, [], { range: { from: minute(12), to: null } });
    expect(known(again(since, told(1)))?.fresh).toEqual({ from: minute(12), asOf: 9 });
  });

  it('break off once: tries that fail after it change nothing of what was', () => {
    const tried = fold(
      ...[live, connection('waiting'), connection('connecting', 2), connection('waiting', 2)],
      ...[connection('open', 3), told(1)],
    );
    expect(known(tried)).toEqual(known(before));
  });

  it('are forgotten with what is not held any more', () => {
    const channels = [{ channelId: general, before: minute(20) }];
    const evicted = historyEvicted({ ordinal: 19, channels });
    expect(known(again(evicted, told(1)))?.fresh).toBeNull();
  });
});

describe('the reads slice', () => {
  it('keeps where the line stands until it is taken away', () => {
    const anchored = readsAnchored({ channelId: general, messageId: 'm1' });
    const state = fold(anchored);
    expect(known(state)?.anchor).toBe('m1');
    expect(readsReducer(state, anchored)).toBe(state);
    const cleared = readsReducer(state, readsAnchored({ channelId: general, messageId: null }));
    expect(known(cleared)?.anchor).toBeNull();
  });

  it('forgets a channel that is gone, and everything when the session ends', () => {
    const state = fold(counted(3, 4, 2), readUpTo(2, 5, design));
    const gone = { type: 'channel_event', op: 'deleted', channelId: general } as const;
    const left = readsReducer(state, channelsHeard(9, gone));
    expect(left.channels.map(({ channelId }) => channelId)).toEqual([design]);
    expect(readsReducer(left, channelsHeard(10, gone))).toBe(left);
    expect(readsReducer(state, sessionEnded({ reason: 'logout' }))).toEqual(initial);
  });

  it('is the same for what tells it nothing', () => {
    const state = fold(counted(3, 4, 2), readUpTo(2, 5), page(6, []));
    const nothing = [
      heard(9, created('m9'), typing(omar), edited('m9', { content: 'x' })),
      page(9, [messageOf('m9'), messageOf('m8', { isRead: false })]),
      connection('open'),
      signedIn,
      counted(2, 9, 1),
      readUpTo(1, 9),
      channelsReceived({ ...asked(12), channels: [{ id: general }], complete: false }),
      { type: 'host/other' },
    ];
    for (const action of nothing) expect(readsReducer(state, action)).toBe(state);
  });
});
