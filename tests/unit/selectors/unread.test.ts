import { describe, expect, it } from '@jest/globals';
import type { UnknownAction } from '@reduxjs/toolkit';

import {
  operationAcknowledged,
  operationFailed,
  operationStarted,
  readRequested,
  sendRequested,
} from '../../../src/actions/outbox';
import { countsReceived, readsAnchored } from '../../../src/actions/reads';
import { sessionInitialised } from '../../../src/actions/stream';
import type { MessageFact } from '../../../src/protocol/models';
import { createSelectors } from '../../../src/selectors/createSelectors';
import type { HudhudState } from '../../../src/state/rootReducer';
import { createRootReducer } from '../../../src/state/rootReducer';
import {
  asked,
  channelOf,
  channelsHeard,
  connection,
  created,
  deleted,
  design,
  general,
  heard,
  lina,
  messageOf,
  minute,
  omar,
  page,
  snapshot,
} from '../../support/exampleData';
import { frozen } from '../../support/frozen';

interface Root {
  readonly [key: string]: unknown;
  readonly hudhud: HudhudState;
}

const reduce = createRootReducer('hudhud');
const select = createSelectors();
const signedIn = sessionInitialised({
  ...{ stream: 'main', epoch: 1, ordinal: 1, userId: lina, username: 'lina', channelIds: null },
});
const after = (root: Root, ...actions: readonly UnknownAction[]): Root => ({
  hudhud: frozen(actions.reduce(reduce, root.hudhud)),
});
const fold = (...actions: readonly UnknownAction[]): Root =>
  after({ hudhud: reduce(undefined, { type: 'start' }) }, connection('open'), signedIn, ...actions);
const unread = (...actions: readonly UnknownAction[]) =>
  select.selectUnread(fold(...actions), general);

/** The n-th message, written in the n-th minute. */
const nth = (n: number, more: Partial<MessageFact> = {}): MessageFact =>
  messageOf(`m${n}`, { createdAt: minute(n), ...more });
const told = (n: number, more: Partial<MessageFact> = {}) => created(`m${n}`, nth(n, more));
const rows = (from: number, to: number, more: (n: number) => Partial<MessageFact> = () => ({})) =>
  Array.from({ length: to - from + 1 }, (_, i) => nth(from + i, more(from + i)));
const readUntil = (mark: number) => (n: number) => ({ isRead: n <= mark });

/** A workspace that counts so many, with the newest page of the channel, or of another one. */
const workspace = (
  asOf: number,
  count: number,
  last: number | null,
  messages: readonly MessageFact[] = [],
  range: { from: number | null; to: number | null } = { from: null, to: null },
) =>
  snapshot(asOf, {
    channels: [
      channelOf(general, {
        unreadCount: count,
        lastMessage:
          last === null
            ? null
            : {
                ...{ id: `m${last}`, content: '', userId: omar, username: null },
                createdAt: minute(last),
              },
      }),
    ],
    page: page(asOf, messages, {
      range,
      channelId: messages.length === 0 ? design : general,
    }).payload,
  });
const wish = (opId: string, upTo: number, channelId = general) =>
  readRequested({
    ...{ opId, channelId, at: 1, target: `m${upTo}`, upTo: minute(upTo) },
    messageIds: [`m${upTo}`],
  });
const acknowledged = (opId: string, upTo: number, ordinal: number) =>
  operationAcknowledged({
    ...asked(ordinal - 1),
    ...{ opId, ordinal, message: null, deleted: null },
    read: { channelId: general, upTo: minute(upTo), messageId: `m${upTo}` },
  });

describe('selectUnread', () => {
  it('is null while nothing is known, however much is held', () => {
    expect(unread()).toBeNull();
    expect(unread(page(2, rows(1, 9)))).toBeNull();
  });

  it('is exactly what the server counted, and what was told since', () => {
    const state = [workspace(2, 3, 9), heard(5, told(10), told(11, { userId: lina }))];
    expect(unread(...state)).toEqual({ count: 4, isExact: true });
  });

  it('is at least that after a break, and exact again after a refetch', () => {
    const broken = [workspace(2, 3, 9), heard(5, told(10)), connection('waiting')];
    expect(unread(...broken)).toEqual({ count: 4, isExact: false });
    const back = [connection('open', 2), workspace(9, 7, 14)];
    expect(unread(...broken, ...back)).toEqual({ count: 7, isExact: true });
  });

  it('is what is held after the mark, where everything since is held', () => {
    expect(unread(page(2, rows(1, 9, readUntil(6))))).toEqual({ count: 3, isExact: true });
    const own = (n: number) => ({ isRead: n <= 6, ...(n === 8 ? { userId: lina } : {}) });
    expect(unread(page(2, rows(1, 9, own)))).toEqual({ count: 2, isExact: true });
  });

  it('is at least what is held after the mark, where there is a gap', () => {
    const known = page(2, rows(1, 4, readUntil(2)), { range: { from: null, to: minute(4) } });
    const newer = page(3, rows(20, 22), { range: { from: minute(20), to: null } });
    expect(unread(known, newer)).toEqual({ count: 5, isExact: false });
    const closing = page(4, rows(2, 20), { range: { from: minute(1), to: minute(21) } });
    expect(unread(known, newer, closing)).toEqual({ count: 20, isExact: true });
  });

  it('is not capped by the page that is loaded', () => {
    const newest = workspace(2, 120, 60, rows(11, 60), { from: minute(11), to: null });
    expect(unread(newest)).toEqual({ count: 120, isExact: true });
    expect(unread(newest, connection('waiting'))).toEqual({ count: 120, isExact: false });
  });

  it('makes no whole history unread where nothing is marked: a mark at 0 is none', () => {
    const never = (n: number) => ({ isRead: n < 0 });
    expect(unread(page(2, rows(1, 50, never)))).toBeNull();
    expect(unread(workspace(2, 0, 50, rows(1, 50, never)))).toEqual({ count: 0, isExact: true });
    const zero = readRequested({
      ...{ opId: 'op', channelId: general, at: 1, target: 'm0', upTo: 0, messageIds: [] },
    });
    expect(unread(page(2, rows(1, 50)), zero)).toBeNull();
  });

  it('grows for a host that never marks anything, by rows and not by events', () => {
    const copies = [heard(5, told(10), told(10)), heard(7, told(10))];
    const again = page(9, rows(8, 10), { range: { from: minute(8), to: null } });
    expect(unread(workspace(2, 3, 9), ...copies, again)).toEqual({ count: 4, isExact: true });
  });

  it('is none in an empty channel, and one after its first message', () => {
    expect(unread(workspace(2, 0, null))).toEqual({ count: 0, isExact: true });
    expect(unread(workspace(2, 0, null), heard(5, told(1)))).toEqual({ count: 1, isExact: true });
    expect(unread(workspace(2, 0, null), heard(5, told(1, { userId: lina })))).toEqual({
      ...{ count: 0, isExact: true },
    });
  });

  it('is not exactly none where a message was told while an empty channel was counted', () => {
    const racing = [heard(5, told(1)), workspace(4, 0, null)];
    expect(unread(...racing)).toEqual({ count: 0, isExact: false });
    expect(unread(...racing, heard(9, told(2)))).toEqual({ count: 1, isExact: false });
  });

  it('counts, in a channel that was joined, what was told since', () => {
    const joined = channelsHeard(20, {
      ...{ type: 'channel_event', op: 'memberJoined', channelId: general, userId: lina },
    });
    const read = page(30, rows(10, 30), { range: { from: minute(10), to: null } });
    expect(unread(workspace(2, 0, 9), joined, read)).toMatchObject({ count: 0 });
    expect(unread(workspace(2, 0, 9), joined, read, heard(40, told(31)))).toMatchObject({
      count: 1,
    });
  });

  it('is at least a count that does not say up to where it goes', () => {
    const unsaid = snapshot(2, { channels: [channelOf(general, { unreadCount: 3 })] });
    expect(unread(unsaid)).toEqual({ count: 3, isExact: false });
    expect(unread(workspace(2, 3, null))).toEqual({ count: 3, isExact: false });
    const bare = countsReceived({
      ...asked(9),
      isLive: true,
      counts: [{ channelId: general, count: 2, lastAt: minute(4) }],
    });
    const held = page(3, rows(1, 4), { range: { from: null, to: null } });
    expect(unread(held, bare)).toEqual({ count: 2, isExact: false });
    expect(unread(held, bare, heard(12, told(5)))).toEqual({ count: 3, isExact: false });
    // a page may bring what was counted
    expect(
      unread(held, bare, page(12, [nth(5)], { range: { from: minute(4), to: null } })),
    ).toEqual({ count: 2, isExact: false });
    const broken = [connection('waiting'), connection('open', 2)];
    expect(unread(held, bare, ...broken)).toEqual({ count: 2, isExact: false });
    const marked = page(4, rows(1, 4, readUntil(2)));
    expect(unread(marked, bare)).toEqual({ count: 2, isExact: true });
    expect(unread(page(4, rows(1, 4, readUntil(1))), bare)).toEqual({ count: 2, isExact: false });
  });

  it('does not count replies, own messages, and those of nobody known', () => {
    const events = [told(10, { parentId: 'm9' }), told(11, { userId: lina })];
    const nobody = told(12, { userId: null });
    expect(unread(workspace(2, 0, 9), heard(5, ...events, nobody))).toEqual({
      ...{ count: 0, isExact: true },
    });
  });

  it('is null before anyone is signed in', () => {
    const root = { hudhud: reduce(reduce(undefined, { type: 'start' }), workspace(2, 3, 9)) };
    expect(select.selectUnread(root, general)).toBeNull();
  });

  it('stays exact only for channels that the stream tells of', () => {
    const { payload } = signedIn;
    const elsewhere = sessionInitialised({ ...payload, channelIds: [design] });
    expect(unread(elsewhere, snapshot(2, { page: null }), workspace(3, 3, 9))).toEqual({
      ...{ count: 3, isExact: false },
    });
  });
});

describe('deletions', () => {
  it('decrement: of what was told, of what the server counted, of what is after the mark', () => {
    expect(unread(workspace(2, 3, 9), heard(5, told(10), deleted('m10')))).toEqual({
      ...{ count: 3, isExact: true },
    });
    const held = workspace(2, 3, 9, rows(5, 9), { from: minute(5), to: null });
    expect(unread(held, heard(5, deleted('m8')))).toEqual({ count: 2, isExact: false });
    const marked = workspace(2, 3, 9, rows(5, 9, readUntil(6)), { from: minute(5), to: null });
    expect(unread(marked, heard(5, deleted('m8')))).toEqual({ count: 2, isExact: true });
    expect(unread(marked, heard(5, deleted('m5'), deleted('m6')))).toEqual({
      ...{ count: 3, isExact: true },
    });
  });

  it('of messages that are not held may have been counted, or not', () => {
    expect(unread(workspace(2, 3, 9), heard(5, deleted('m4')))).toEqual({
      ...{ count: 2, isExact: false },
    });
    expect(unread(workspace(2, 0, 9), heard(5, deleted('m4')))).toEqual({
      ...{ count: 0, isExact: true },
    });
    const homeless = { type: 'message', op: 'delete', message: { id: 'm4' } } as const;
    expect(unread(workspace(2, 3, 9), heard(5, homeless))).toEqual({ count: 3, isExact: false });
  });

  it('before the count were not counted', () => {
    const early = [heard(2, told(8), told(9), deleted('m8'))];
    expect(unread(...early, workspace(7, 1, 9))).toEqual({ count: 1, isExact: true });
    const old = rows(5, 9, (n) => (n === 6 ? { deletedAt: minute(7) } : {}));
    const listed = page(9, old, { range: { from: minute(5), to: null } });
    expect(unread(workspace(7, 4, 9), listed)).toEqual({ count: 4, isExact: true });
  });

  it('that were not held may have been between those that are, where there may be a hole', () => {
    const past = workspace(2, 3, 9, rows(5, 9), { from: minute(5), to: minute(9) });
    expect(unread(past)).toEqual({ count: 3, isExact: false });
    expect(unread(past, heard(5, deleted('m77')))).toEqual({ count: 2, isExact: false });
  });

  it('that are held, but further back than what is counted, may have been counted instead of that', () => {
    // of m5 and m7 only one is unread, since the other was deleted while nobody heard of it
    const before = page(2, [nth(5), nth(7)], { range: { from: minute(5), to: minute(7) } });
    const counted = workspace(4, 1, 9, [nth(9, { userId: lina })], { from: minute(9), to: null });
    expect(unread(before, counted)).toEqual({ count: 1, isExact: true });
    expect(unread(before, counted, heard(6, deleted('m5')))).toEqual({ count: 0, isExact: false });
    const own = page(3, [nth(3, { userId: lina })], { range: { from: minute(3), to: minute(4) } });
    expect(unread(before, own, counted, heard(6, deleted('m3')))).toEqual({
      count: 1,
      isExact: true,
    });
  });

  it('that a page shows by leaving a row out count too', () => {
    const held = workspace(2, 3, 9, rows(5, 9), { from: minute(5), to: null });
    const without = page(9, [nth(7), nth(9)], { range: { from: minute(6), to: null } });
    expect(unread(held, without)).toEqual({ count: 2, isExact: false });
  });

  it('of a message that is unread leave the number of the others, in any order', () => {
    const late = [heard(5, deleted('m10')), heard(6, told(10))];
    expect(unread(workspace(2, 3, 9), ...late)).toMatchObject({ count: 3 });
  });
});

describe('marking as read', () => {
  const start = [workspace(2, 3, 9, rows(5, 9, readUntil(6)), { from: minute(5), to: null })];

  it('counts at once, and its failure brings the count back', () => {
    const wished = [...start, wish('op', 9)];
    expect(unread(...wished)).toEqual({ count: 0, isExact: true });
    const failed = [
      operationStarted({ opId: 'op', ordinal: 5, viewerId: lina, since: null, mayMatch: false }),
      operationFailed({ opId: 'op', code: 'FORBIDDEN', retryAt: null }),
    ];
    expect(unread(...wished, ...failed)).toEqual({ count: 3, isExact: true });
    expect(unread(...start, wish('op', 8))).toEqual({ count: 1, isExact: true });
  });

  it('races a new message without losing it', () => {
    const racing = [wish('op', 9), heard(6, told(10)), acknowledged('op', 9, 8)];
    expect(unread(...start, ...racing)).toEqual({ count: 1, isExact: true });
    expect(unread(...start, heard(6, told(10)), wish('op', 9))).toMatchObject({ count: 1 });
  });

  it('loses to no count that was asked for before it, and to one that was asked for after it', () => {
    const stale = workspace(7, 3, 9);
    expect(unread(...start, wish('op', 9), acknowledged('op', 9, 8), stale)).toEqual({
      ...{ count: 0, isExact: true },
    });
    const fresh = workspace(9, 2, 12);
    expect(unread(wish('op', 9), acknowledged('op', 9, 8), fresh)).toEqual({
      ...{ count: 2, isExact: true },
    });
    const between = [connection('waiting'), connection('open', 2)];
    expect(unread(...start, wish('op', 7), ...between, workspace(3, 5, 12))).toEqual({
      ...{ count: 2, isExact: false },
    });
  });

  it('leaves at least what is held after it, where that may have been deleted before the count', () => {
    const broken = [heard(3, told(13), told(14)), connection('waiting'), connection('open', 2)];
    // the one that is counted is the 13th, which is being marked; the 14th may be gone
    const newest = [nth(18, { userId: lina })];
    const counted = workspace(9, 1, 18, newest, { from: minute(18), to: null });
    expect(unread(...broken, counted)).toEqual({ count: 1, isExact: true });
    expect(unread(...broken, wish('op1', 13), counted)).toEqual({ count: 1, isExact: false });
  });

  it('leaves at least what was held before a break and is not read anew', () => {
    const known = page(2, rows(1, 9, readUntil(6)), { range: { from: null, to: minute(10) } });
    const back = [connection('waiting'), connection('open', 2)];
    // the 7th may have been deleted meanwhile
    const newest = page(12, rows(8, 9), { range: { from: minute(8), to: null } });
    expect(unread(known, ...back, newest)).toEqual({ count: 3, isExact: false });
    const older = page(13, [nth(6), nth(8)], { range: { from: minute(5), to: minute(8) + 1 } });
    expect(unread(known, ...back, newest, older)).toEqual({ count: 2, isExact: true });
    const counted = workspace(3, 3, 9, rows(7, 9), { from: minute(7), to: minute(10) });
    expect(unread(counted, ...back, newest)).toEqual({ count: 3, isExact: false });
  });

  it('elsewhere shows in the next count, where what is held says otherwise', () => {
    expect(unread(...start, workspace(8, 1, 9))).toEqual({ count: 1, isExact: true });
    expect(unread(...start, workspace(8, 1, 9), heard(9, deleted('m8')))).toEqual({
      ...{ count: 1, isExact: true },
    });
    expect(unread(...start, workspace(8, 1, 9), heard(9, deleted('m9')))).toEqual({
      ...{ count: 0, isExact: false },
    });
  });

  it('elsewhere, and deletions since, leave at least what cannot be among them', () => {
    const marked = workspace(2, 4, 9, rows(5, 9, readUntil(5)), { from: minute(5), to: null });
    const gone = heard(9, deleted('m6'), deleted('m8'));
    expect(unread(marked, gone)).toEqual({ count: 2, isExact: true });
    expect(unread(marked, workspace(8, 3, 9), gone)).toEqual({ count: 1, isExact: false });
  });

  it('counts against a count that may be older, even up to where a page shows it already', () => {
    const past = page(2, rows(5, 9, readUntil(9)), { range: { from: minute(5), to: minute(9) } });
    expect(unread(past, workspace(3, 1, 12))).toEqual({ count: 1, isExact: true });
    expect(unread(past, workspace(3, 1, 12), wish('op', 9))).toEqual({ count: 0, isExact: false });
  });

  it('in one channel leaves all others alone', () => {
    const both = snapshot(3, {
      channels: [channelOf(general, { unreadCount: 2 }), channelOf(design, { unreadCount: 4 })],
    });
    const root = fold(both, wish('op', 9));
    expect(select.selectUnread(root, general)?.count).toBe(0);
    expect(select.selectUnread(root, design)?.count).toBe(4);
    expect(select.selectUnread(after(root, acknowledged('op', 9, 9)), design)?.count).toBe(4);
  });

  it('is not done by writing: what others wrote before stays unread, as the server counts it', () => {
    const send = sendRequested({
      ...{ opId: 'op', channelId: general, at: 1, parentId: null, content: 'x' },
      ...{ messageType: 'text', uploadIds: [] },
    });
    expect(unread(...start, send, heard(6, told(10, { userId: lina })))).toEqual({
      ...{ count: 3, isExact: true },
    });
  });
});

describe('selectUnreadTotal', () => {
  const counts = (general_: number | undefined, design_: number) =>
    snapshot(3, {
      channels: [
        channelOf(general, general_ === undefined ? {} : { unreadCount: general_ }),
        channelOf(design, { unreadCount: design_ }),
      ],
      page: page(3, []).payload,
    });

  it('is the sum, exact if every part of it is', () => {
    expect(select.selectUnreadTotal(fold(counts(0, 0)))).toEqual({ count: 0, isExact: true });
    expect(select.selectUnreadTotal(fold(counts(2, 4)))).toEqual({ count: 6, isExact: false });
    const { unreadCount: _, ...bare } = channelOf(general);
    const partly = snapshot(3, { channels: [bare, channelOf(design)], page: page(3, []).payload });
    expect(select.selectUnreadTotal(fold(partly))).toEqual({ count: 0, isExact: false });
    expect(select.selectUnreadTotal(fold(snapshot(3, { channels: [bare] })))).toBeNull();
    expect(select.selectUnreadTotal(fold())).toBeNull();
  });

  it('is the same object while it is the same', () => {
    const root = fold(counts(0, 0));
    const next = after(root, heard(9, told(1, { userId: lina })));
    expect(select.selectUnreadTotal(next)).toBe(select.selectUnreadTotal(root));
    expect(select.selectUnread(next, general)).toBe(select.selectUnread(root, general));
  });

  it('is one object per number, so that what is remembered does not grow with the channels', () => {
    const ids = Array.from({ length: 600 }, (_unused, i) => `c${i}`);
    const channels = ids.map((id) => channelOf(id, { unreadCount: 7 }));
    const own = createSelectors();
    const root = fold(snapshot(3, { channels }));
    expect(new Set(ids.map((id) => own.selectUnread(root, id)))).toHaveProperty('size', 1);
    // of many numbers the one that was asked for long ago is not remembered
    const seven = own.selectUnread(root, 'c0');
    const various = ids.map((id, i) => channelOf(id, { unreadCount: 1_000 + i }));
    const other = fold(snapshot(3, { channels: various }));
    for (const id of ids) own.selectUnread(other, id);
    const next = own.selectUnread(fold(snapshot(4, { channels })), 'c0');
    expect(next).toEqual(seven);
    expect(next).not.toBe(seven);
  });
});

describe('the first unread message', () => {
  const marked = workspace(2, 3, 9, rows(5, 9, readUntil(6)), { from: minute(5), to: null });
  const spot = (...actions: readonly UnknownAction[]) =>
    select.selectUnreadSpot(fold(...actions), general);

  it('is the first one after the mark that somebody else wrote', () => {
    expect(spot(marked)).toEqual({ messageId: 'm7', isReached: true });
    expect(select.selectFirstUnreadAt(fold(marked), general)).toBe(minute(7));
    expect(spot(marked, heard(5, deleted('m7')))).toEqual({ messageId: 'm8', isReached: true });
  });

  it('is as far back as the server counts where there is no mark', () => {
    expect(spot(workspace(2, 2, 9, rows(5, 9)))).toEqual({ messageId: 'm8', isReached: true });
  });

  it('is not reached where it may stand before what is held', () => {
    const short = workspace(2, 8, 9, rows(5, 9), { from: minute(5), to: null });
    expect(spot(short)).toEqual({ messageId: null, isReached: false });
    expect(select.selectFirstUnreadAt(fold(short), general)).toBe(minute(5));
    const old = page(2, rows(1, 4, readUntil(2)), { range: { from: null, to: minute(4) } });
    const gap = page(3, rows(20, 22), { range: { from: minute(20), to: null } });
    expect(spot(old, gap)).toEqual({ messageId: 'm3', isReached: false });
    const read = page(2, rows(1, 2, readUntil(2)), { range: { from: null, to: minute(2) } });
    expect(spot(read, gap)).toEqual({ messageId: 'm20', isReached: false });
  });

  it('is reached by a page that is not live too', () => {
    const past = page(2, rows(5, 9, readUntil(6)), { range: { from: minute(5), to: minute(9) } });
    expect(spot(past)).toEqual({ messageId: 'm7', isReached: true });
    const counted = workspace(2, 2, 9, rows(5, 9), { from: minute(5), to: minute(9) });
    expect(spot(counted)).toEqual({ messageId: 'm8', isReached: true });
  });

  it('is none where nothing is unread, and unknown where nothing is known', () => {
    expect(spot(workspace(2, 0, 9, rows(5, 9)))).toEqual({ messageId: null, isReached: true });
    expect(select.selectFirstUnreadAt(fold(workspace(2, 0, 9, rows(5, 9))), general)).toBeNull();
    expect(spot(page(2, rows(5, 9)))).toBeNull();
    const nobody = { hudhud: reduce(undefined, { type: 'start' }) };
    expect(select.selectUnreadSpot(nobody, general)).toBeNull();
    expect(select.selectFirstUnreadAt(nobody, general)).toBeNull();
  });

  it('stays where the line was put', () => {
    const root = fold(marked, readsAnchored({ channelId: general, messageId: 'm7' }));
    expect(select.selectUnreadAnchor(root, general)).toBe('m7');
    expect(select.selectUnreadAnchor(after(root, wish('op', 9)), general)).toBe('m7');
    expect(select.selectUnreadAnchor(root, design)).toBeNull();
  });
});

describe('selectReadWish', () => {
  const marked = workspace(2, 3, 9, rows(5, 9, readUntil(6)), { from: minute(5), to: null });
  const wishOf = (root: Root, messageId?: string) =>
    select.selectReadWish(root, general, messageId);

  it('names what is unread, up to the newest message or the one that is given', () => {
    const root = fold(marked);
    expect(wishOf(root)).toEqual({
      ...{ target: 'm9', upTo: minute(9), messageIds: ['m7', 'm8', 'm9'] },
    });
    expect(wishOf(root, 'm8')).toMatchObject({ target: 'm8', messageIds: ['m7', 'm8'] });
    const own = after(root, heard(5, told(10, { userId: lina })));
    expect(wishOf(own, 'm10')).toMatchObject({ target: 'm9' });
    expect(wishOf(after(root, wish('op', 8)))).toMatchObject({ messageIds: ['m9'] });
  });

  it('is null where nothing is unread, nothing is held, or the message is not known', () => {
    expect(wishOf(after(fold(marked), wish('op', 9)))).toBeNull();
    expect(wishOf(fold(marked), 'm6')).toBeNull();
    expect(wishOf(fold(marked), 'm99')).toBeNull();
    expect(wishOf(fold(workspace(2, 3, 9)))).toBeNull();
    expect(wishOf(fold(workspace(2, 0, 9, rows(5, 9))))).toBeNull();
    expect(wishOf({ hudhud: reduce(undefined, { type: 'start' }) })).toBeNull();
  });

  it('names the newest 200 at most', () => {
    const many = workspace(2, 300, 300, rows(1, 300));
    const wished = wishOf(fold(many));
    expect(wished?.messageIds).toHaveLength(200);
    expect(wished?.messageIds.at(0)).toBe('m101');
    expect(wished?.target).toBe('m300');
    expect(wishOf(fold(page(2, rows(1, 3))))?.messageIds).toEqual(['m1', 'm2', 'm3']);
  });

  it('is the same for the same state', () => {
    const root = fold(marked);
    expect(wishOf({ ...root })).toBe(wishOf(root));
  });
});
