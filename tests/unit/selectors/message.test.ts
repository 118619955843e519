import { describe, expect, it } from '@jest/globals';
import type { UnknownAction } from '@reduxjs/toolkit';

import { createSelectors } from '../../../src/selectors/createSelectors';
import type { HudhudState } from '../../../src/state/rootReducer';
import { createRootReducer } from '../../../src/state/rootReducer';
import {
  connection,
  created,
  deleted,
  edited,
  general,
  heard,
  messageOf,
  minute,
  page,
} from '../../support/exampleData';
import { frozen } from '../../support/frozen';

const reduce = createRootReducer('hudhud');
const fold = (...actions: readonly UnknownAction[]): { readonly hudhud: HudhudState } => ({
  hudhud: frozen(actions.reduce(reduce, reduce(undefined, { type: 'start' }))),
});
const select = createSelectors();
const open = connection('open');
const ids = (rows: readonly { readonly id: string }[]): string[] => rows.map(({ id }) => id);

describe('selectMessages and selectReplies', () => {
  it('list what is shown in order: no replies, no deleted ones', () => {
    const root = fold(
      open,
      heard(
        1,
        created('m2', { createdAt: minute(2) }),
        created('m1'),
        created('r1', { parentId: 'm2', content: 'موافق' }),
        created('m3', { createdAt: minute(3) }),
        deleted('m3'),
      ),
    );
    expect(ids(select.selectMessages(root, general))).toEqual(['m1', 'm2']);
    expect(ids(select.selectReplies(root, general, 'm2'))).toEqual(['r1']);
  });

  it('keep the place of a deleted message that a thread hangs on', () => {
    const root = fold(open, heard(1, created('m1', { threadCount: 2 }), deleted('m1')));
    expect(select.selectMessages(root, general)).toMatchObject([{ id: 'm1', isDeleted: true }]);
  });

  it('are the same empty list for whatever is not known', () => {
    const root = fold();
    expect(select.selectMessages(root, general)).toEqual([]);
    expect(select.selectMessages(root, general)).toBe(select.selectReplies(root, 'toString', 'm1'));
  });

  it('are right after every change of many segments, each way round', () => {
    const many = Array.from({ length: 200 }, (_, i) =>
      created(`m${i}`, { createdAt: minute(i), content: `message ${i}` }),
    );
    const before = fold(open, heard(1, ...many));
    const after = {
      hudhud: reduce(before.hudhud, heard(300, deleted('m70'), edited('m150', { content: '!' }))),
    };
    expect(select.selectMessages(before, general)).toHaveLength(200);
    expect(ids(select.selectMessages(after, general))).not.toContain('m70');
    expect(select.selectMessages(after, general)[149]?.content).toBe('!');
    expect(select.selectMessages(before, general)[150]?.content).toBe('message 150');
  });
});

describe('selectMessage', () => {
  it('finds a message or a reply by id', () => {
    const root = fold(open, heard(1, created('m1'), created('r1', { parentId: 'm1' })));
    expect(select.selectMessage(root, general, 'r1')?.parentId).toBe('m1');
    expect(select.selectMessage(root, general, 'm9')).toBeNull();
    expect(select.selectMessage(root, 'nowhere', 'm1')).toBeNull();
  });
});

describe('selectTimelineInfo', () => {
  it('tells "not loaded" from "empty"', () => {
    const nothing = { isKnown: false, isLive: false, hasOlder: true, hasNewer: true, gaps: [] };
    expect(select.selectTimelineInfo(fold(), general)).toEqual(nothing);
    const empty = { isKnown: true, isLive: true, hasOlder: false, hasNewer: false, gaps: [] };
    expect(select.selectTimelineInfo(fold(page(1, [])), general)).toEqual(empty);
  });

  it('shows a gap where messages may be missing (L6)', () => {
    const root = fold(
      open,
      page(1, [messageOf('m1')], { range: { from: minute(0), to: null } }),
      connection('waiting'),
      connection('open', 2),
      page(9, [messageOf('m5', { createdAt: minute(5) })], {
        range: { from: minute(5), to: null },
      }),
    );
    expect(select.selectTimelineInfo(root, general)).toEqual({
      ...{ isKnown: true, isLive: true, hasOlder: true, hasNewer: false },
      gaps: [{ after: minute(1), before: minute(5) }],
    });
    expect(select.selectHeldTimeline(root, general, null)?.windows.at(-1)).toEqual({
      from: minute(5),
      to: null,
    });
  });

  it('knows threads apart from their channel', () => {
    const root = fold(page(1, [], { parentId: 'm1' }));
    expect(select.selectTimelineInfo(root, general, 'm1').isKnown).toBe(true);
    expect(select.selectTimelineInfo(root, general).isKnown).toBe(false);
    expect(select.selectHeldTimeline(root, general, 'm2')).toBeNull();
  });
});

describe('selectTrustedFrom', () => {
  it('is the ordinal from which pages are taken, whatever had to be let go', () => {
    expect(select.selectTrustedFrom(fold(), general)).toBe(0);
    const many = Array.from({ length: 257 }, (_, i) => edited(`old ${i}`, { content: '?' }));
    expect(select.selectTrustedFrom(fold(open, heard(5, ...many)), general)).toBe(6);
    const homeless = many.map((event) => ({ ...event, message: { id: event.message.id } }));
    expect(select.selectTrustedFrom(fold(open, heard(5, ...homeless)), general)).toBe(6);
  });
});
