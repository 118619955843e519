import { describe, expect, it } from '@jest/globals';
import type { UnknownAction } from '@reduxjs/toolkit';

import type { MessagesState } from '../../../src/state/messagesState';
import { messagesReducer } from '../../../src/state/messages';
import { findLog } from '../../../src/state/messagesState';
import type { Window } from '../../../src/state/windows';
import {
  connection,
  created,
  deleted,
  design,
  edited,
  general,
  heard,
  messageOf,
  minute,
  page,
  reacted,
  reply,
  salma,
} from '../../support/exampleData';
import { frozen } from '../../support/frozen';
import { rowsOf } from '../../support/visible';

const fold = (...actions: readonly UnknownAction[]): MessagesState =>
  actions.reduce<MessagesState>(
    (state, action) => frozen(messagesReducer(state, action)),
    messagesReducer(undefined, { type: 'start' }),
  );
const shown = (state: MessagesState, parentId: string | null = null): string[] =>
  rowsOf(state, general, parentId).flatMap((row) => (row.isDeleted ? [] : [row.content]));
const windows = (state: MessagesState): readonly Window[] =>
  findLog(state, general)?.timelines[0]?.windows ?? [];
const row = (id: string, n: number, content = id) =>
  messageOf(id, { createdAt: minute(n), content });

describe('a page', () => {
  it('wins over what the stream said before it was asked for, and loses to what it said after', () => {
    const live = heard(1, created('m1'), edited('m1', { content: 'at 2' }));
    expect(shown(fold(live, page(3, [row('m1', 1, 'at 3')])))).toEqual(['at 3']);
    const later = heard(4, edited('m1', { content: 'at 4' }));
    expect(shown(fold(live, later, page(3, [row('m1', 1, 'at 3')])))).toEqual(['at 4']);
  });

  it('loses to the same word said again after it was asked for', () => {
    const state = fold(
      heard(1, created('m1'), edited('m1', { content: 'tea', threadCount: 1 })),
      heard(5, edited('m1', { content: 'tea', threadCount: 1 })),
      page(4, [messageOf('m1', { content: 'coffee', threadCount: 2 })]),
    );
    expect(rowsOf(state, general, null)[0]).toMatchObject({ content: 'tea', threadCount: 1 });
  });

  it('changes nothing when it says what is known already', () => {
    const state = fold(page(1, [row('m1', 1), row('m2', 2)]));
    expect(messagesReducer(state, page(5, [row('m1', 1), row('m2', 2)]))).toBe(state);
  });

  it('that is read again while an older one is under way is the later word (L1)', () => {
    const state = fold(
      heard(1, created('m1', { content: 'tea' })),
      page(3, [row('m1', 1, 'tea')], { oldestInFlight: 2, range: { from: minute(1), to: null } }),
      page(2, [row('m1', 1, 'coffee')], { range: { from: minute(1), to: null } }),
    );
    expect(shown(state)).toEqual(['tea']);
  });

  it('takes a row that is listed twice once, and rows of other channels not at all', () => {
    const foreign = messageOf('m2', { channelId: design });
    const state = fold(page(1, [row('m1', 1, 'first'), foreign, row('m1', 1, 'last')]));
    expect(shown(state)).toEqual(['last']);
    expect(findLog(state, design)).toBeUndefined();
  });

  it('cannot place a row without a time, unless the message is known', () => {
    const { createdAt: _, ...timeless } = messageOf('m1', { content: 'said without a time' });
    expect(shown(fold(page(1, [timeless])))).toEqual([]);
    expect(shown(fold(heard(1, created('m1')), page(2, [timeless])))).toEqual([timeless.content]);
  });

  it('of a thread fills the thread; replies that a channel’s page lists go there too', () => {
    const answer = messageOf('r1', { parentId: 'm1', createdAt: minute(2), content: 'تمام' });
    const state = fold(page(1, [row('m1', 1), answer]));
    expect(shown(state)).toEqual(['m1']);
    expect(shown(state, 'm1')).toEqual(['تمام']);
    expect(shown(fold(page(1, [answer], { parentId: 'm1' })), 'm1')).toEqual(['تمام']);
  });
});

describe('a message that a page does not list', () => {
  const known = heard(1, created('m1'), created('m2', { createdAt: minute(2) }));

  it('is gone if it lies inside the page’s range and was seen before', () => {
    expect(shown(fold(known, page(5, [row('m2', 2)])))).toEqual(['m2']);
  });

  it.each([
    ['at the edge of its range', { range: { from: minute(1), to: null } }],
    ['outside of its range', { range: { from: minute(2), to: null } }],
    ['seen too lately for a slow read to list it', { absentBefore: 1 }],
  ])('stays when it is %s', (_name, more) => {
    expect(shown(fold(known, page(5, [row('m2', 2)], more)))).toHaveLength(2);
  });

  it('stays when an edit was heard after the page was asked for', () => {
    const state = fold(known, heard(6, edited('m1', { content: 'still here' })), page(5, []));
    expect(shown(state)).toEqual(['still here']);
  });

  it('comes back if a later page lists it, with what the stream said meanwhile', () => {
    const absent = fold(known, page(5, [row('m2', 2)]));
    const meanwhile = fold(
      ...[known, page(5, [row('m2', 2)])],
      heard(9, edited('m1', { content: 'edited meanwhile' }), reacted('m1', salma)),
    );
    const again = page(7, [row('m1', 1, 'listed again'), row('m2', 2)]);
    expect(shown(messagesReducer(absent, again))[0]).toBe('listed again');
    const back = messagesReducer(meanwhile, again);
    expect(shown(back)[0]).toBe('edited meanwhile');
    expect(rowsOf(back, general, null)[0]?.reactions).toHaveLength(1);
  });

  describe('and that headed a thread', () => {
    const head = heard(
      1,
      created('m1', { threadCount: 2 }),
      created('m2', { createdAt: minute(2) }),
    );
    const count = (state: MessagesState) => rowsOf(state, general, null)[0]?.threadCount;
    const without = page(5, [row('m2', 2)]);

    it('has no replies any more, whether its deletion was told or not', () => {
      expect(count(fold(head, without))).toBe(0);
      expect(count(fold(head, heard(4, deleted('m1')), without))).toBe(0);
      expect(count(fold(head, without, heard(6, deleted('m1'))))).toBe(0);
    });

    it('keeps them where the page may have been read before it was deleted', () => {
      expect(count(fold(head, heard(6, deleted('m1')), without))).toBe(2);
      expect(count(fold(head, heard(4, deleted('m1')), page(5, [], { absentBefore: 3 })))).toBe(2);
    });

    it('has those that are told later, and not those of an answer that was asked for before', () => {
      const told = heard(6, edited('m1', { threadCount: 1 }));
      expect(count(fold(head, without, told))).toBe(1);
      const late = page(3, [messageOf('m1', { threadCount: 4 }), row('m2', 2)]);
      const missed = page(5, [row('m2', 2)], { oldestInFlight: 3 });
      expect(count(fold(head, missed, late))).toBe(0);
      // also where there were none by then
      const empty = heard(2, edited('m1', { threadCount: 0 }), deleted('m1'));
      expect(count(fold(head, empty, missed, late))).toBe(0);
    });

    it('is no news the second time', () => {
      const state = fold(head, heard(4, deleted('m1')), without);
      expect(messagesReducer(state, page(7, [row('m2', 2)]))).toBe(state);
    });
  });

  it('comes back to its thread even if the row does not say which', () => {
    const { parentId: _, ...bare } = messageOf('r1', { createdAt: minute(2), content: 'back' });
    const state = fold(
      heard(1, created('r1', { parentId: 'm1', createdAt: minute(2) })),
      page(5, [], { parentId: 'm1' }),
      reply(6, bare),
    );
    expect(shown(state, 'm1')).toEqual(['back']);
    expect(shown(state)).toEqual([]);
  });

  it('does not come back by an older page, nor once it was deleted by name', () => {
    const state = fold(known, page(5, [row('m2', 2)]));
    expect(shown(messagesReducer(state, page(4, [row('m1', 1)])))).toHaveLength(1);
    const final = messagesReducer(state, heard(6, deleted('m1')));
    expect(shown(messagesReducer(final, page(9, [row('m1', 1), row('m2', 2)])))).toHaveLength(1);
  });
});

describe('pages that overlap in time', () => {
  it('leave out what a newer one has already left out', () => {
    const state = fold(page(5, [row('m2', 2)], { oldestInFlight: 4 }), page(4, [row('m1', 1)]));
    expect(shown(state)).toEqual(['m2']);
  });

  it('forget what they said once nothing older is under way', () => {
    const state = fold(
      page(5, [row('m2', 2)], { oldestInFlight: 4 }),
      page(4, [row('m1', 1)], { absentBefore: 0 }),
      page(6, [row('m2', 2)]),
    );
    expect(findLog(state, general)?.timelines[0]?.reads).toEqual([]);
  });

  it('change nothing when they are told twice, though a newer one came between and nothing is under way', () => {
    const late = page(4, [row('m1', 1)]);
    const state = fold(page(5, [row('m2', 2)], { oldestInFlight: 4 }), late);
    expect(messagesReducer(state, late)).toBe(state);
  });

  it('say nothing of what came after the stream broke (L6)', () => {
    const state = fold(
      page(5, [row('m1', 1)], { oldestInFlight: 4 }),
      connection('waiting'),
      page(4, [row('m1', 1), row('m2', 2)], { range: { from: null, to: minute(2) } }),
    );
    expect(shown(state)).toEqual(['m1', 'm2']);
    expect(windows(state)).toEqual([{ from: null, to: minute(2) }]);
  });
});

describe('coverage', () => {
  it('ends with what the stream told when it breaks, even if a page was ahead of it (L6)', () => {
    const state = fold(
      heard(1, created('m1')),
      page(2, [row('m3', 3)], { range: { from: minute(3), to: null } }),
      connection('waiting'),
    );
    expect(windows(state)).toEqual([
      { from: minute(1), to: minute(1) },
      { from: minute(3), to: minute(3) },
    ]);
  });

  it('does not rest on times that are only guessed', () => {
    const { createdAt: _, ...timeless } = messageOf('m1');
    const event = { type: 'message', op: 'create', message: timeless } as const;
    const at = minute(2);
    expect(windows(fold(heard(1, event)))).toEqual([{ from: at, to: at }]);
    const live = fold(page(1, [row('m0', 0)]), heard(2, event), connection('waiting'));
    expect(windows(live)).toEqual([
      { from: null, to: minute(0) },
      { from: at, to: at },
    ]);
  });

  it('has a gap after a reconnect, which a page that reaches across closes', () => {
    const state = fold(
      page(1, [row('m1', 1)]),
      connection('waiting'),
      connection('open', 2),
      heard(9, created('m5', { createdAt: minute(5) })),
    );
    expect(windows(state)).toEqual([
      { from: null, to: minute(1) },
      { from: minute(5), to: null },
    ]);
    const healed = messagesReducer(
      state,
      page(10, [row('m4', 4), row('m5', 5)], { range: { from: null, to: null } }),
    );
    expect(windows(healed)).toEqual([{ from: null, to: null }]);
  });
});
