import { describe, expect, it } from '@jest/globals';
import type { UnknownAction } from '@reduxjs/toolkit';

import {
  deleteRequested,
  editRequested,
  operationFailed,
  operationStarted,
  operationUncertain,
  reactRequested,
  sendRequested,
} from '../../../src/actions/outbox';
import { sessionStarted } from '../../../src/actions/session';
import { createSelectors } from '../../../src/selectors/createSelectors';
import {
  connection,
  created,
  deleted,
  general,
  heard,
  lina,
  messageOf,
  minute,
  omar,
  page,
  reacted,
  reply,
  snapshot,
} from '../../support/exampleData';
import { rootOf } from '../../support/roots';

const select = createSelectors('hudhud', { dayOf: (at) => Math.floor(at / 86_400_000) });
const signedIn = [
  connection('open'),
  sessionStarted({ user: { id: lina, username: 'lina' } }),
  snapshot(1),
];
const mine = { userId: lina, username: 'lina' };

/** A wish with its id, at a minute of the morning. */
const wish = (opId: string, n: number) => ({ opId, channelId: general, at: minute(n) });
function send(opId: string, n: number, content = 'On my way', parentId: string | null = null) {
  return sendRequested({ ...wish(opId, n), parentId, content, messageType: 'text', uploadIds: [] });
}
function started(opId: string, ordinal: number) {
  const since = { at: 0, ids: [] };
  return operationStarted({ opId, ordinal, viewerId: lina, since, mayMatch: false });
}
const failed = (opId: string) => operationFailed({ opId, code: 'FORBIDDEN', retryAt: null });
const rows = (root: ReturnType<typeof rootOf>, parentId: string | null = null) =>
  select.selectTimeline(root, general, parentId);

describe('a row of a confirmed message', () => {
  it('shows the record, its author, and what the viewer may do with it', () => {
    const root = rootOf(...signedIn, heard(5, created('m1', { threadCount: 2 })));
    expect(rows(root)).toEqual([
      {
        ...{ key: 'm1', id: 'm1', clientId: null, channelId: general, parentId: null },
        isCached: false,
        ...{ type: 'text', content: 'The build is green', files: [], metadata: {} },
        ...{ fromAgent: null, authorId: omar, isOwn: false, createdAt: minute(1) },
        author: expect.objectContaining({ id: omar, fullName: 'عمر حداد' }),
        ...{ status: 'confirmed', pending: null, isEdited: false, editedAt: null },
        ...{ isDeleted: false, deletedAt: null, threadCount: 2, reactions: [], uploads: [] },
        ...{ canEdit: false, canDelete: false, canReact: true, canReply: true },
        ...{ startsDay: true, isGrouped: false, gapBefore: null, isFirstUnread: false },
      },
    ]);
    expect(select.selectRow(root, general, 'm1')).toBe(rows(root)[0]);
  });

  it('is missing when it was deleted, unless a thread hangs on it', () => {
    const root = rootOf(
      ...signedIn,
      heard(5, created('m1'), created('m2', { threadCount: 1, createdAt: minute(2) })),
      heard(9, deleted('m1'), deleted('m2')),
    );
    expect(rows(root)).toMatchObject([{ id: 'm2', isDeleted: true, content: '', canReply: false }]);
    expect(select.selectRow(root, general, 'm1')).toBeNull();
  });

  it('tells from the list of people or from the server that a reaction is the viewers own', () => {
    const users = (...ids: string[]) => ids.map((userId) => ({ userId, username: null, at: null }));
    const reactions = [
      { emoji: '👍', count: 1, users: users(lina) },
      { emoji: '🎉', count: 9, users: users(omar), mine: true },
      { emoji: '👀', count: 1, users: users(omar) },
    ];
    const root = rootOf(...signedIn, page(5, [messageOf('m1', { reactions })]));
    expect(rows(root)[0]?.reactions).toMatchObject([
      { emoji: '👍', isMine: true, isPending: false },
      { emoji: '🎉', isMine: true },
      { emoji: '👀', isMine: false },
    ]);
  });
});

describe('a send', () => {
  it('is shown at the end in the same dispatch, in the order of wishing', () => {
    const root = rootOf(
      ...signedIn,
      heard(5, created('m1', { createdAt: minute(9) })),
      send('s1', 3),
      send('s2', 2, 'Second'),
    );
    expect(rows(root)).toMatchObject([
      { key: 'm1' },
      {
        ...{ key: 's1', id: null, clientId: 's1', content: 'On my way', createdAt: minute(3) },
        ...{ authorId: lina, author: { username: 'lina' }, isOwn: true, status: 'queued' },
        pending: { opId: 's1', kind: 'send', status: 'queued', code: null, notBefore: null },
        ...{ canEdit: true, canDelete: true, canReact: false, canReply: false },
      },
      { key: 's2', isGrouped: true },
    ]);
    expect(select.selectRow(root, general, 's2')).toBe(rows(root)[2]);
  });

  it('keeps its key when it is confirmed (L11)', () => {
    const before = rootOf(...signedIn, send('s1', 3), started('s1', 10));
    const echo = created('m1', { ...mine, content: 'On my way', metadata: { client_id: 's1' } });
    const after = rootOf(...signedIn, send('s1', 3), started('s1', 10), heard(11, echo));
    expect(rows(before)).toMatchObject([{ key: 's1', status: 'sending', canEdit: true }]);
    expect(rows(after)).toMatchObject([
      { key: 's1', id: 'm1', clientId: 's1', status: 'confirmed', canEdit: true },
    ]);
    expect(select.selectRow(after, general, 's1')).toBe(rows(after)[0]);
    expect(select.selectRow(after, general, 'm1')).toBe(rows(after)[0]);
  });

  it('is one row with a message that may be it, at the place of that message', () => {
    const root = rootOf(
      ...signedIn,
      send('s1', 3),
      send('s2', 4),
      started('s1', 10),
      heard(11, created('m1', { ...mine, content: 'On my way', createdAt: minute(3) })),
      heard(12, created('m2', { createdAt: minute(4) })),
      operationUncertain({ opId: 's1', code: 'TIMEOUT' }),
    );
    expect(rows(root)).toMatchObject([
      { key: 's1', id: 'm1', clientId: 's1', status: 'uncertain', canEdit: true },
      { key: 'm2' },
      { key: 's2', status: 'queued' },
    ]);
    expect(select.selectRow(root, general, 's1')).toBe(rows(root)[0]);
    expect(select.selectRow(root, general, 'm1')).toBe(rows(root)[0]);
  });

  it('is shown in its thread only', () => {
    const root = rootOf(...signedIn, heard(5, created('m1')), send('s1', 3, 'Yes', 'm1'));
    expect(rows(root)).toMatchObject([{ key: 'm1' }]);
    expect(rows(root, 'm1')).toMatchObject([{ key: 's1', parentId: 'm1' }]);
    expect(select.selectRow(root, general, 's1')).toBe(rows(root, 'm1')[0]);
  });

  it('is shown where nothing else is held', () => {
    const root = rootOf(send('s1', 3));
    expect(rows(root)).toMatchObject([{ key: 's1', authorId: null, author: null, canEdit: false }]);
    expect(rows(root)).toBe(rows(root));
    expect(rows(rootOf())).toBe(select.selectTimeline(rootOf(), 'nowhere'));
  });
});

describe('what is wished of a message', () => {
  const held = [...signedIn, heard(5, created('m1', mine), created('m2'), reacted('m1', omar))];

  it('an edit is shown as if it were done, and stays when it failed', () => {
    const edit = editRequested({ ...wish('e1', 3), target: 'm1', content: 'New' });
    const shown = { content: 'New', isEdited: true, editedAt: null };
    expect(rows(rootOf(...held, edit))[0]).toMatchObject({ ...shown, status: 'queued' });
    const root = rootOf(...held, edit, started('e1', 9), failed('e1'));
    expect(rows(root)[0]).toMatchObject({
      ...{ ...shown, status: 'failed', canEdit: true },
      pending: { opId: 'e1', kind: 'edit', code: 'FORBIDDEN' },
    });
  });

  it('a delete leaves a placeholder until it is confirmed, and nothing of it when it failed', () => {
    const wished = deleteRequested({ ...wish('d1', 3), target: 'm1', notBefore: minute(4) });
    expect(rows(rootOf(...held, wished))[0]).toMatchObject({
      ...{ key: 'm1', isDeleted: true, content: '', reactions: [], status: 'queued' },
      ...{ canEdit: false, canDelete: false, canReact: false, canReply: false },
      pending: { opId: 'd1', kind: 'delete', notBefore: minute(4) },
    });
    const root = rootOf(...held, wished, started('d1', 9), failed('d1'));
    expect(rows(root)[0]).toMatchObject({
      ...{ content: 'The build is green', isDeleted: false, status: 'failed', canDelete: true },
      reactions: [{ emoji: '👍', count: 1 }],
    });
  });

  it('a delete is what its row speaks of, whatever else is pending on it', () => {
    const edit = editRequested({ ...wish('e1', 3), target: 'm1', content: 'New' });
    const wished = deleteRequested({ ...wish('d1', 3), target: 'm1', notBefore: minute(4) });
    const root = rootOf(...held, edit, started('e1', 9), failed('e1'), wished);
    expect(rows(root)[0]).toMatchObject({ content: '', pending: { opId: 'd1', kind: 'delete' } });
  });

  it('a reaction counts once, and can be taken back', () => {
    const react = (opId: string, on: boolean, emoji = '👍') =>
      reactRequested({ ...wish(opId, 3), target: 'm1', emoji, on });
    const thumbs = (...actions: readonly UnknownAction[]) =>
      rows(rootOf(...held, ...actions))[0]?.reactions;
    expect(thumbs(react('r1', true))).toEqual([
      {
        ...{ emoji: '👍', count: 2, isMine: true, isPending: true },
        users: [
          { userId: omar, username: null, at: null },
          { userId: lina, username: 'lina', at: minute(3) },
        ],
      },
    ]);
    const own = heard(7, reacted('m1', lina));
    expect(thumbs(own, react('r1', true))).toMatchObject([{ count: 2, isMine: true }]);
    expect(thumbs(own, react('r1', false))).toMatchObject([
      { count: 1, isMine: false, users: [{ userId: omar }] },
    ]);
    expect(thumbs(react('r1', false))).toMatchObject([{ count: 1, isMine: false }]);
    expect(thumbs(react('r1', true, '🎉'))).toMatchObject([{ emoji: '👍' }, { emoji: '🎉' }]);
    const alone = heard(7, reacted('m1', lina, { emoji: '🎉' }));
    expect(thumbs(alone, react('r1', false, '🎉'))).toMatchObject([{ emoji: '👍' }]);
  });

  it('is shown on a message that is still on its way', () => {
    const edit = editRequested({ ...wish('e1', 3), target: 's1', content: 'New' });
    const root = rootOf(
      ...[...held, send('s1', 3), started('s1', 9)],
      ...[operationUncertain({ opId: 's1', code: 'TIMEOUT' }), edit],
    );
    expect(rows(root).at(-1)).toMatchObject({
      ...{ key: 's1', content: 'New', isEdited: true, status: 'uncertain' },
      pending: { opId: 's1' },
    });
  });

  it('is shown on the message that a send became, whichever of its ids was meant', () => {
    const echo = messageOf('m9', { ...mine, metadata: { client_id: 's1' } });
    const edit = editRequested({ ...wish('e1', 3), target: 's1', content: 'New' });
    const root = rootOf(...signedIn, send('s1', 3), started('s1', 9), reply(10, echo), edit);
    expect(rows(root)).toMatchObject([{ id: 'm9', key: 's1', content: 'New', status: 'queued' }]);
  });

  it('is shown nowhere when its message is not held', () => {
    const edit = editRequested({ ...wish('e1', 3), target: 'm7', content: 'New' });
    expect(rows(rootOf(...held, edit))).toMatchObject([{ key: 'm1' }, { key: 'm2' }]);
    expect(select.selectRow(rootOf(...held, edit), general, 'm7')).toBeNull();
  });
});
