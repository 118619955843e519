import { describe, expect, it } from '@jest/globals';
import type { UnknownAction } from '@reduxjs/toolkit';
import fc from 'fast-check';
import type { MessageFact } from '../../../src/protocol/models';
import type { SendOperation } from '../../../src/protocol/operations';
import { operationsOf } from '../../../src/state/outboxState';
import type { HudhudState } from '../../../src/state/rootReducer';
import { createRootReducer } from '../../../src/state/rootReducer';
import { correlateByMetadata } from '../../../src/state/settle';
import {
  asked,
  connection,
  created,
  deleted,
  design,
  edited,
  general,
  heard,
  lina,
  minute,
  omar,
  page,
  reacted,
  reply,
  snapshot,
} from '../../support/exampleData';
import { frozen } from '../../support/frozen';
import { recordsOf } from '../../support/visible';
import {
  acked,
  began,
  deleteWished,
  doubted,
  editWished,
  lookEnded,
  failedBy,
  foldOutbox,
  opIdsOf,
  own,
  ownOf,
  pendingAfter,
  reactWished,
  readWished,
  retried,
  sendWished,
} from '../../support/wishes';

const reduce = createRootReducer('hudhud');
const fold = (actions: readonly UnknownAction[], from?: HudhudState): HudhudState =>
  actions.reduce<HudhudState>(
    (state, action) => frozen(reduce(state, action)),
    from ?? reduce(undefined, { type: 'start' }),
  );
const rangeOfAll = { from: null, to: null };
const snapshotOf = (asOf: number, messages: readonly MessageFact[]) =>
  snapshot(asOf, {
    page: { ...asked(asOf), channelId: general, parentId: null, messages, range: rangeOfAll },
  });

describe('the nonce of a message', () => {
  it('is what its metadata gives back', () => {
    expect(correlateByMetadata(ownOf('s1', 'm1'))).toBe('s1');
    expect(correlateByMetadata({ id: 'm1' })).toBeNull();
    expect(correlateByMetadata(own('m1', { metadata: { client_id: 7 } }))).toBeNull();
    expect(correlateByMetadata(own('m1', { metadata: { client_id: null } }))).toBeNull();
  });
});

describe('a send with a nonce (L8)', () => {
  const row = ownOf('s1', 'm1');
  const started = fold([connection('open'), sendWished('s1'), began('s1', 1)]);
  const sources: Readonly<Record<string, UnknownAction>> = {
    echo: heard(10, created('m1', row)),
    reply: acked('s1', 1, 20, { message: row }),
    page: page(30, [row]),
    'look-up': reply(40, row),
    snapshot: snapshotOf(50, [row]),
    doubt: doubted('s1'),
    refusal: failedBy('s1', 'RATE_LIMITED', minute(5)),
  };
  const settling = ['echo', 'reply', 'page', 'look-up', 'snapshot'];
  const anyOrder = fc.array(fc.constantFrom(...Object.keys(sources)), { maxLength: 8 });

  it('is one message and nothing pending after echo, reply, page and snapshot in any order, subset and repetition', () => {
    fc.assert(
      fc.property(anyOrder, (names) => {
        let state = started;
        let isSettled = false;
        for (const name of names) {
          const action = sources[name];
          if (action === undefined) continue;
          state = fold([action], state);
          isSettled ||= settling.includes(name);
          // in the very action that brings the message: never two, never none
          expect(opIdsOf(operationsOf(state.outbox, general))).toEqual(isSettled ? [] : ['s1']);
          expect(recordsOf(state.messages, general).map(({ id }) => id)).toEqual(
            isSettled ? ['m1'] : [],
          );
        }
        expect(state.outbox.aliases).toEqual(
          isSettled ? [{ messageId: 'm1', clientId: 's1' }] : [],
        );
      }),
      { numRuns: 500 },
    );
  });

  it('leaves the confirmed state as it would be without an outbox (L7)', () => {
    fc.assert(
      fc.property(anyOrder, (names) => {
        const facts = names.flatMap((name) => sources[name] ?? []);
        const { outbox: _with, ...withWish } = fold(facts, started);
        const { outbox: _without, ...without } = fold(facts, fold([connection('open')]));
        expect(withWish).toEqual(without);
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    ['before it was tried', [sendWished('s1')]],
    ['while it is uncertain', [sendWished('s1'), began('s1', 1), doubted('s1')]],
    ['after it failed', [sendWished('s1'), began('s1', 1), failedBy('s1')]],
    ['after its retry', [sendWished('s1'), began('s1', 1), failedBy('s1'), retried('s1')]],
  ])('is settled by its echo %s', (_name, before) => {
    expect(pendingAfter(...before, heard(10, created('m1', row)))).toEqual([]);
  });

  it('is not settled by a message of somebody else that carries its nonce', () => {
    const stolen = heard(10, created('m1', { ...row, userId: omar }));
    const state = foldOutbox([sendWished('s1'), began('s1', 1), stolen]);
    expect(operationsOf(state, general)).toMatchObject([{ opId: 's1', candidates: [] }]);
    expect(state.aliases).toEqual([]);
  });

  it('is not settled by a message of another channel', () => {
    const elsewhere = heard(10, created('m1', { ...row, channelId: design }));
    expect(opIdsOf(pendingAfter(sendWished('s1'), began('s1', 1), elsewhere))).toEqual(['s1']);
  });

  it('is settled by a tombstone that carries its nonce: it was made and deleted', () => {
    const gone = page(10, [{ ...row, deletedAt: minute(5) }]);
    const state = foldOutbox([sendWished('s1'), editWished('e1', 's1', 'x'), began('s1', 1)]);
    const waiting = foldOutbox([reactWished('r1', 's1')], state);
    expect(operationsOf(foldOutbox([gone], waiting), general)).toEqual([]);
  });

  it('tells that the backend gives nonces back; a reply without one tells the opposite', () => {
    const before = [sendWished('s1'), began('s1', 1)];
    const told = (...actions: readonly UnknownAction[]) =>
      foldOutbox([...before, ...actions]).returnsNonce;
    expect(told()).toBe('unknown');
    expect(told(heard(10, created('m1', row)))).toBe('yes');
    expect(told(acked('s1', 1, 9, { message: row }))).toBe('yes');
    expect(told(acked('s1', 1, 9, { message: own('m1') }))).toBe('no');
  });

  it('on a backend that gives nonces back, never takes a message without one for itself, but notes it', () => {
    const pending = pendingAfter(
      ...[sendWished('s0'), began('s0', 1), acked('s0', 1, 2, { message: ownOf('s0', 'm0') })],
      ...[sendWished('s1'), began('s1', 5), doubted('s1'), heard(10, created('m1', own('m1')))],
    );
    expect(pending).toMatchObject([{ opId: 's1', status: 'uncertain', candidates: ['m1'] }]);
  });

  it('remembers what became of the last 1,024 sends', () => {
    const all = Array.from({ length: 1_030 }, (_unused, i) => [
      sendWished(`s${i}`),
      began(`s${i}`, i * 3),
      acked(`s${i}`, i * 3, i * 3 + 1, { message: ownOf(`s${i}`, `m${i}`) }),
    ]).flat();
    const { aliases } = foldOutbox(all);
    expect(aliases).toHaveLength(1_024);
    expect(aliases.at(-1)).toEqual({ messageId: 'm1029', clientId: 's1029' });
  });
});

describe('a send without a nonce', () => {
  const since = { at: minute(3), ids: ['m0'] };
  const started = [sendWished('s1'), began('s1', 5, { since })];
  const only = (...actions: readonly UnknownAction[]): SendOperation => {
    const [operation, ...others] = pendingAfter(...started, ...actions);
    if (operation?.kind !== 'send' || others.length > 0) throw new Error('not one send');
    return operation;
  };

  it('is shadowed by an own message that looks like it, and settled by the reply that names it', () => {
    const echo = heard(10, created('m1', own('m1')));
    expect(only(echo).candidates).toEqual(['m1']);
    expect(pendingAfter(...started, echo, acked('s1', 5, 11, { message: own('m1') }))).toEqual([]);
  });

  it('is settled by a reply that names another message than the one that looked like it', () => {
    const other = heard(10, created('m2', own('m2')));
    const state = foldOutbox([...started, other, acked('s1', 5, 11, { message: own('m1') })]);
    expect(state.channels).toEqual([]);
    expect(state.aliases).toEqual([{ messageId: 'm1', clientId: 's1' }]);
  });

  it('that is in doubt is the only message that looks like it, whichever comes first', () => {
    const echo = heard(10, created('m1', own('m1')));
    expect(pendingAfter(...started, echo, doubted('s1'))).toEqual([]);
    expect(pendingAfter(...started, doubted('s1'), echo)).toEqual([]);
    expect(pendingAfter(...started, doubted('s1'), page(10, [own('m1')]))).toEqual([]);
  });

  it('that is in doubt is none of two that look like it', () => {
    const both = heard(10, created('m1', own('m1')), created('m2', own('m2')));
    expect(only(both, doubted('s1'))).toMatchObject({
      ...{ status: 'uncertain', candidates: ['m1', 'm2'] },
    });
  });

  it('that is in doubt is none of two that come together', () => {
    const two = page(10, [own('m1'), own('m2')]);
    expect(only(doubted('s1'), two)).toMatchObject({
      ...{ status: 'uncertain', candidates: ['m1', 'm2'] },
    });
  });

  it('that has just been sent is likelier to be it than one with the same words that is only asked about', () => {
    const asked = [...started, doubted('s1'), lookEnded('s1', null)];
    const later = [sendWished('s2', 'hello'), began('s2', 8, { since })];
    const echo = heard(10, created('m1', own('m1')));
    expect(pendingAfter(...asked, echo)).toMatchObject([{ opId: 's1', candidates: ['m1'] }]);
    expect(pendingAfter(...asked, ...later, echo)).toMatchObject([
      { opId: 's1', status: 'failed', candidates: [] },
      { opId: 's2', candidates: ['m1'] },
    ]);
    const again = page(12, [own('m1')]);
    expect(pendingAfter(...asked, ...later, echo, again)).toMatchObject([
      { opId: 's1', candidates: [] },
      { opId: 's2', candidates: ['m1'] },
    ]);
  });

  describe('that turns out to be another message than the one that looked like it', () => {
    const before = { at: minute(2), ids: [] };
    const named = [began('s2', 8, { since }), heard(10, created('m1', own('m1')))];
    const reply = acked('s2', 8, 12, { message: own('m2') });
    const left = (...first: readonly UnknownAction[]) =>
      pendingAfter(sendWished('s1'), ...first, sendWished('s2'), ...named, reply);
    const asked = [doubted('s1'), lookEnded('s1', null)];

    it('leaves that to an earlier one with the same words that is in doubt', () => {
      const first = [began('s1', 5, { since: before }), ...asked];
      expect(left(...first)).toMatchObject([{ opId: 's1', candidates: ['m1'] }]);
    });

    it('does not leave it to one that cannot have made it', () => {
      const none = [{ opId: 's1', candidates: [] }];
      const knew = { at: minute(2), ids: ['m1'] };
      expect(left(began('s1', 5, { since: knew }), ...asked)).toMatchObject(none);
      const after = { at: minute(4), ids: [] };
      expect(left(began('s1', 5, { since: after }), ...asked)).toMatchObject(none);
      expect(left(began('s1', 5, { since: before }), failedBy('s1'))).toMatchObject(none);
    });
  });

  it("that is in doubt stays so where 'ask' leaves it to the person", () => {
    const asking = [sendWished('s1'), began('s1', 5, { since, mayMatch: false }), doubted('s1')];
    const pending = pendingAfter(...asking, heard(10, created('m1', own('m1'))));
    expect(pending).toMatchObject([{ status: 'uncertain', candidates: ['m1'] }]);
  });

  const echoOf = (more: Partial<MessageFact>) => heard(10, created('m1', own('m1', more)));
  it.each<readonly [string, UnknownAction]>([
    ['somebody else', echoOf({ userId: omar })],
    ['nobody', echoOf({ userId: null })],
    ['another text', echoOf({ content: 'hello!' })],
    ['another thread', echoOf({ parentId: 'p1' })],
    ['another type', echoOf({ type: 'image' })],
    ['another nonce', echoOf({ metadata: { client_id: 's9' } })],
    ['an earlier time', echoOf({ createdAt: minute(2) })],
    ['a message that was there', heard(10, created('m0', own('m0')))],
    ['an edit that makes it look like it', heard(10, edited('m1', own('m1')))],
    ['an event from before it was started', heard(4, created('m1', own('m1')))],
  ])('is not taken for a message of %s', (_name, action) => {
    expect(only(action).candidates).toEqual([]);
    expect(only(doubted('s1'), action).status).toBe('uncertain');
  });

  it('takes a text that the server trimmed for its own', () => {
    expect(only(echoOf({ content: 'hello' })).candidates).toEqual(['m1']);
    const padded = [sendWished('s1', ' hello\n'), began('s1', 5, { since })];
    expect(pendingAfter(...padded, echoOf({}))).toMatchObject([{ candidates: ['m1'] }]);
  });

  it('takes rows of pages only where it is known what was there before', () => {
    const blind = [sendWished('s1'), began('s1', 5)];
    expect(pendingAfter(...blind, page(10, [own('m1')]))).toMatchObject([{ candidates: [] }]);
    expect(pendingAfter(...blind, heard(10, created('m1', own('m1'))))).toMatchObject([
      { candidates: ['m1'] },
    ]);
  });

  it('looks anew after it was refused: what looked like it is a message of its own', () => {
    const echo = heard(10, created('m1', own('m1')));
    expect(only(echo, failedBy('s1', 'RATE_LIMITED', minute(5))).candidates).toEqual([]);
    expect(only(echo, failedBy('s1'), retried('s1')).candidates).toEqual([]);
  });

  it('is not the message of an earlier send: two equal texts stay two', () => {
    const state = foldOutbox([
      ...[sendWished('s1'), sendWished('s2')],
      ...[began('s1', 5, { since }), heard(10, created('m1', own('m1'))), doubted('s1')],
      ...[began('s2', 20, { since }), page(21, [own('m1')]), doubted('s2')],
    ]);
    expect(operationsOf(state, general)).toMatchObject([
      { opId: 's2', status: 'uncertain', candidates: [] },
    ]);
    const later = foldOutbox([heard(30, created('m2', own('m2')))], state);
    expect(later.channels).toEqual([]);
    expect(later.aliases).toEqual([
      { messageId: 'm1', clientId: 's1' },
      { messageId: 'm2', clientId: 's2' },
    ]);
  });
});

describe('what was wished of a message that has no id yet', () => {
  it('is wished of the message as soon as it has one', () => {
    const pending = pendingAfter(
      ...[sendWished('s1'), began('s1', 1)],
      ...[editWished('e1', 's1', 'new'), reactWished('r1', 's1'), deleteWished('d1', 's1')],
      ...[editWished('e2', 'm9', 'of another'), acked('s1', 1, 2, { message: own('m1') })],
    );
    expect(pending.map(({ opId, ...held }) => [opId, 'target' in held && held.target])).toEqual([
      ...[['e1', 'm1'], ['r1', 'm1'], ['d1', 'm1']], // prettier-ignore
      ['e2', 'm9'],
    ]);
  });

  it('is wished of the message too where its row was looked at before it had one', () => {
    const settled = [sendWished('s1'), began('s1', 1), acked('s1', 1, 2, { message: own('m1') })];
    const pending = pendingAfter(
      ...settled,
      ...[editWished('e1', 's1', 'new'), reactWished('r1', 's1'), deleteWished('d1', 's1')],
    );
    expect(pending).toMatchObject([{ target: 'm1' }, { target: 'm1' }, { target: 'm1' }]);
  });
});

describe('an edit', () => {
  const wished = [editWished('e1', 'm1', 'new'), began('e1', 5)];
  const shown = { content: 'new', updatedAt: minute(6) };

  it('ends when the stream, a page or a look-up shows its text', () => {
    expect(pendingAfter(...wished, heard(6, edited('m1', shown)))).toEqual([]);
    expect(pendingAfter(...wished, page(6, [own('m1', { content: 'new' })]))).toEqual([]);
    expect(pendingAfter(...wished, reply(6, own('m1', { content: ' new ' })))).toEqual([]);
  });

  it('does not end by what was said before it, by another text, or by no text', () => {
    expect(pendingAfter(...wished, heard(4, edited('m1', shown)))).toHaveLength(1);
    expect(pendingAfter(...wished, heard(6, edited('m1', { content: 'old' })))).toHaveLength(1);
    expect(pendingAfter(...wished, heard(6, edited('m1', { threadCount: 2 })))).toHaveLength(1);
    expect(pendingAfter(...wished, heard(6, edited('m2', shown)))).toHaveLength(1);
    const unsent = [editWished('e1', 'm1', 'new'), heard(6, edited('m1', shown))];
    expect(pendingAfter(...unsent)).toHaveLength(1);
  });

  it('that worked ends by whatever a later read shows: that is the truth then', () => {
    const worked = [...wished, acked('e1', 5, 6)];
    expect(pendingAfter(...worked, page(5, [own('m1', { content: 'other' })]))).toHaveLength(1);
    expect(pendingAfter(...worked, page(7, [own('m1', { content: 'other' })]))).toEqual([]);
  });

  it('ends with those that worked before it: the stream keeps their order', () => {
    const two = [
      ...[editWished('e1', 'm1', 'one'), began('e1', 5), acked('e1', 5, 6)],
      ...[editWished('e2', 'm1', 'two'), began('e2', 7)],
    ];
    expect(opIdsOf(pendingAfter(...two, heard(8, edited('m1', { content: 'one' }))))).toEqual([
      'e2',
    ]);
    expect(pendingAfter(...two, heard(8, edited('m1', { content: 'two' })))).toEqual([]);
  });

  it('that is under way outlives a later one that is shown', () => {
    const two = [...wished, editWished('e2', 'm1', 'two'), began('e2', 7)];
    const pending = pendingAfter(...two, heard(8, edited('m1', { content: 'two' })));
    expect(opIdsOf(pending)).toEqual(['e1']);
  });
});

describe('a reaction', () => {
  const wished = [reactWished('r1', 'm1'), began('r1', 5)];
  const rowWith = (...users: readonly string[]) =>
    own('m1', {
      reactions: [
        {
          ...{ emoji: '👍', count: users.length },
          users: users.map((userId) => ({ userId, username: null, at: null })),
        },
      ],
    });

  it('ends when the stream says it', () => {
    expect(pendingAfter(...wished, heard(6, reacted('m1', lina)))).toEqual([]);
  });

  it.each<readonly [string, UnknownAction]>([
    ['of somebody else', heard(6, reacted('m1', omar))],
    ['on another message', heard(6, reacted('m2', lina))],
    ['with another emoji', heard(6, reacted('m1', lina, { emoji: '🎉' }))],
    ['that is taken back', heard(6, reacted('m1', lina, { op: 'remove' }))],
    ['from before it was started', heard(4, reacted('m1', lina))],
    ['in a row while its request is under way', page(6, [rowWith(lina)])],
  ])('does not end by one %s', (_name, action) => {
    expect(opIdsOf(pendingAfter(...wished, action))).toEqual(['r1']);
  });

  it('that worked ends by a row that shows it, and by any later read', () => {
    const worked = [...wished, acked('r1', 5, 6)];
    expect(pendingAfter(...worked, heard(7, edited('m1', rowWith(lina))))).toEqual([]);
    expect(pendingAfter(...worked, heard(7, edited('m1', rowWith(omar))))).toHaveLength(1);
    expect(pendingAfter(...worked, page(5, [rowWith(lina)]))).toHaveLength(1);
    expect(pendingAfter(...worked, page(7, [rowWith(omar)]))).toEqual([]);
  });

  it('added and taken back ends in order', () => {
    const both = [
      ...[...wished, acked('r1', 5, 6)],
      ...[reactWished('r2', 'm1', false), began('r2', 7)],
    ];
    const added = heard(8, reacted('m1', lina));
    const removed = heard(9, reacted('m1', lina, { op: 'remove' }));
    expect(opIdsOf(pendingAfter(...both, added))).toEqual(['r2']);
    expect(pendingAfter(...both, added, removed)).toEqual([]);
    // the first echo was lost
    expect(pendingAfter(...both, removed)).toEqual([]);
  });
});

describe('a deleted message (L2)', () => {
  const wished = [
    ...[editWished('e1', 'm1', 'new'), reactWished('r1', 'm1'), deleteWished('d1', 'm1')],
    ...[readWished('k1', 'm1', minute(1)), editWished('e2', 'm2', 'of another')],
  ];

  it.each<readonly [string, UnknownAction]>([
    ['the stream', heard(6, deleted('m1'))],
    ['the stream, without a channel', heard(6, { ...deleted('m1'), message: { id: 'm1' } })],
    ['a page', page(6, [own('m1', { deletedAt: minute(6) })])],
    ['a row of the stream', heard(6, edited('m1', { deletedAt: minute(6) }))],
  ])(
    'of which %s tells takes along what was wished of it, but for the read mark',
    (_name, told) => {
      expect(opIdsOf(pendingAfter(...wished, told))).toEqual(['k1', 'e2']);
    },
  );
});

describe('a send that was looked for and not found', () => {
  const since = { at: minute(3), ids: [] };
  const absent = [
    ...[sendWished('s1'), began('s1', 5, { since }), doubted('s1')],
    lookEnded('s1', minute(9)),
  ];

  it('is settled by the stream, should that bring it before it is sent again', () => {
    expect(pendingAfter(...absent)).toMatchObject([{ status: 'queued' }]);
    expect(pendingAfter(...absent, heard(10, created('m1', own('m1'))))).toEqual([]);
  });

  it('is no message that was made with other words, whatever it says later', () => {
    const other = heard(8, created('m1', own('m1', { content: 'other words' })));
    const edited = page(10, [own('m1')]);
    const pending = pendingAfter(...absent.slice(0, 3), other, edited);
    expect(pending).toMatchObject([{ status: 'uncertain', candidates: [] }]);
  });
});
