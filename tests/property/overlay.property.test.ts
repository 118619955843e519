import { describe, expect, it } from '@jest/globals';
import type { UnknownAction } from '@reduxjs/toolkit';
import fc from 'fast-check';

import {
  deleteRequested,
  discardRequested,
  editRequested,
  operationAcknowledged,
  operationFailed,
  operationStarted,
  operationUncertain,
  reactRequested,
  sendRequested,
} from '../../src/actions/outbox';
import { sessionStarted } from '../../src/actions/session';
import type { MessageFact } from '../../src/protocol/models';
import type { Operation } from '../../src/protocol/operations';
import { createSelectors } from '../../src/selectors/createSelectors';
import type { HudhudSelectors } from '../../src/selectors/createSelectors';
import type { MessageRow } from '../../src/selectors/row';
import type { OutboxState } from '../../src/state/outboxState';
import {
  asked,
  channelsHeard,
  connection,
  created,
  deleted,
  edited,
  general,
  heard,
  lina,
  messageOf,
  minute,
  omar,
  page,
  presenceHeard,
  presenceOf,
  reacted,
  snapshot,
} from '../support/exampleData';
import { naiveRows } from '../support/naiveRows';
import { expectEqual, expectSame } from '../support/quickExpect';
import type { Root } from '../support/roots';
import { after, rootOf } from '../support/roots';

const day = 600_000;
const makeSelectors = (): HudhudSelectors =>
  createSelectors('hudhud', { dayOf: (at) => Math.floor(at / day) });

const messageId = fc.nat({ max: 7 }).map((n) => `m${n}`);
const sendId = fc.nat({ max: 3 }).map((n) => `s${n}`);
const emoji = fc.constantFrom('👍', '🎉');
const text = fc.constantFrom('good morning', 'صباح الخير', '<b>hi</b>');
const parents = [null, 'm0'] as const;
const parentId = fc.constantFrom(...parents);

// ids that no message and no send has, and that objects inherit, are looked for like any other
const target = fc.oneof(messageId, messageId, sendId, fc.constantFrom('a0', 'a1', '__proto__'));

const reaction = fc.record({
  emoji,
  ids: fc.subarray([lina, omar]),
  unlisted: fc.nat({ max: 1 }),
  mine: fc.boolean(),
});
const fact: fc.Arbitrary<Partial<MessageFact>> = fc.record({
  userId: fc.constantFrom(lina, omar, null),
  createdAt: fc.nat({ max: 12 }).map(minute),
  type: fc.constantFrom('text', 'text', 'system'),
  threadCount: fc.constantFrom(0, 0, 1),
  parentId: fc.constantFrom(null, null, 'm0'),
  content: text,
  deletedAt: fc.constantFrom(null, null, null, minute(13)),
  reactions: fc.uniqueArray(reaction, { selector: (one) => one.emoji, maxLength: 2 }).map((all) =>
    all.map(({ emoji: name, ids, unlisted, mine }) => ({
      ...{ emoji: name, count: Math.max(1, ids.length + unlisted) },
      users: ids.map((userId) => ({ userId, username: null, at: null })),
      ...(mine ? { mine } : {}),
    })),
  ),
});

/** A channel: some messages that operations are about, many that they are not, and perhaps a gap in between. */
const confirmed = fc
  .record({
    facts: fc.array(fact, { maxLength: 8, size: 'max' }),
    others: fc.constantFrom(0, 0, 0, 70),
    hasGap: fc.boolean(),
    role: fc.constantFrom(undefined, 'member', 'moderator'),
  })
  .map(({ facts, others, hasGap, role }): Root => {
    const rows = facts.map((one, i) => messageOf(`m${i}`, one));
    const many = Array.from({ length: others }, (_, i) =>
      messageOf(`other ${i}`, { createdAt: minute(5) + i }),
    );
    const own = rows.filter((row) => row.parentId === null);
    const at = (row: MessageFact) => row.createdAt ?? 0;
    const members = role === undefined ? [] : [{ userId: lina, role }];
    const ranges = hasGap
      ? [
          { from: null, to: minute(6) },
          { from: minute(9), to: null },
        ]
      : [{ from: null, to: null }];
    return rootOf(
      connection('open'),
      sessionStarted({ user: { id: lina, username: 'lina' } }),
      snapshot(1, { members }),
      ...ranges.map((range, i) => {
        const isIn = (row: MessageFact): boolean =>
          at(row) >= (range.from ?? 0) && at(row) <= (range.to ?? Infinity);
        return page(2 + i, [...own, ...many].filter(isIn), { range });
      }),
      page(
        9,
        rows.filter((row) => row.parentId === 'm0'),
        { parentId: 'm0' },
      ),
    );
  });

const status = fc.constantFrom<Operation['status']>(
  ...(['queued', 'sending', 'acknowledged', 'uncertain', 'failed'] as const),
);
const anyOperation = fc
  .record({
    kind: fc.constantFrom<Operation['kind']>('send', 'send', 'edit', 'delete', 'react', 'read'),
    ...{ sendId, target, parentId, status, content: text, emoji, on: fc.boolean() },
    at: fc.nat({ max: 20 }).map(minute),
    candidates: fc.array(messageId, { maxLength: 2 }),
    uploadIds: fc.subarray(['u1', 'u2']),
    userId: fc.constantFrom(null, lina),
  })
  .map(({ kind, sendId: id, candidates, uploadIds, ...one }): Operation => {
    const { at, status: now, content, userId } = one;
    const base = {
      ...{ channelId: general, at, status: now, attempts: 0, notBefore: null, code: null },
      ...{ startedAs: null, ackedAs: null },
    };
    const of = { opId: '', target: one.target };
    if (kind === 'send') {
      const known = { since: null, candidates, mayMatch: true, authorId: userId };
      const sent = { content, messageType: 'text', uploadIds, parentId: one.parentId } as const;
      return { ...base, ...known, ...sent, kind, opId: id };
    }
    if (kind === 'edit') return { ...base, ...of, kind, content };
    if (kind === 'react') return { ...base, ...of, kind, emoji: one.emoji, on: one.on, userId };
    if (kind === 'delete') return { ...base, ...of, kind };
    return { ...base, ...of, kind, upTo: at, messageIds: [] };
  });
const operations = fc
  .array(anyOperation, { maxLength: 8, size: 'max' })
  .map((all) => all.map((one, i) => (one.kind === 'send' ? one : { ...one, opId: `o${i}` })))
  .map((all) => all.filter(({ opId }, i) => all.findIndex((one) => one.opId === opId) === i));
const outbox = fc
  .record({ operations, aliased: fc.subarray([0, 1, 2]), loaded: fc.nat({ max: 9 }) })
  .map(({ operations: all, aliased, loaded }): OutboxState => {
    const file = { channelId: general, size: 10, mime: 'text/plain', code: null, file: null };
    return {
      channels: all.length === 0 ? [] : [{ channelId: general, operations: all }],
      aliases: aliased.map((n) => ({ messageId: `m${n}`, clientId: `a${n}` })),
      uploads: ['u1', 'u2'].map((uploadId) => {
        return { ...file, uploadId, name: `${uploadId}.txt`, status: 'uploading', loaded };
      }),
      returnsNonce: 'unknown',
    };
  });
const withOutbox = (root: Root, next: OutboxState): Root => ({
  hudhud: { ...root.hudhud, outbox: next },
});

function naive(selectors: HudhudSelectors, root: Root, parent: string | null) {
  const { gaps } = selectors.selectTimelineInfo(root, general, parent);
  const firstUnreadId = selectors.selectUnreadAnchor(root, general);
  return naiveRows(root.hudhud, general, parent, { day, gaps, firstUnreadId });
}

/** Something that happens to a channel. */
const fold = fc.oneof(
  ...[
    fc.tuple(messageId, fact).map(([id, one]) => created(id, one)),
    fc.tuple(messageId, text).map(([id, content]) => edited(id, { content })),
    messageId.map((id) => deleted(id)),
    fc
      .tuple(messageId, fc.constantFrom(lina, omar), emoji)
      .map(([id, user, name]) => reacted(id, user, { emoji: name })),
  ].map((event) => event.map((one) => (o: number) => heard(o, one))),
  fc.constant((o: number) => presenceHeard(o, presenceOf(omar, { username: `omar ${o % 3}` }))),
  fc.constant((o: number) => connection('waiting', o)),
  fc.constant((o: number) => connection('open', o)),
  fc.constantFrom('admin', 'member').map((role) => (o: number) => {
    const event = { type: 'channel_event', op: 'memberJoined', channelId: general } as const;
    return channelsHeard(o, { ...event, userId: lina, role });
  }),
);

describe('the view is the overlay of what is pending on what is confirmed (L7)', () => {
  it('shows what the rules say, for whatever is confirmed and pending', () => {
    fc.assert(
      fc.property(confirmed, outbox, (held, wishes) => {
        const root = withOutbox(held, wishes);
        const selectors = makeSelectors();
        for (const parent of parents) {
          const rows = selectors.selectTimeline(root, general, parent);
          expectEqual(rows, naive(selectors, root, parent));
          expectSame(selectors.selectTimeline(root, general, parent), rows);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('is the same whatever was asked for before', () => {
    const step = fc.oneof(fold, fold, outbox);
    fc.assert(
      fc.property(confirmed, fc.array(step, { maxLength: 15, size: 'max' }), (start, steps) => {
        const selectors = makeSelectors();
        let root = start;
        steps.forEach((one, i) => {
          root = typeof one === 'function' ? after(root, one(20 + i)) : withOutbox(root, one);
          for (const parent of parents) {
            const rows = selectors.selectTimeline(root, general, parent);
            expectEqual(rows, makeSelectors().selectTimeline(root, general, parent));
            expectSame(selectors.selectTimeline(root, general, parent), rows);
          }
        });
      }),
      { numRuns: 100 },
    );
  });

  it('without operations is the confirmed rows (I2)', () => {
    fc.assert(
      fc.property(confirmed, (root) => {
        const selectors = makeSelectors();
        const rows = selectors.selectTimeline(root, general);
        const records = root.hudhud.messages.channels
          .flatMap(({ timelines }) => timelines[0]?.segments.flat() ?? [])
          .filter(({ isDeleted, threadCount }) => !isDeleted || threadCount > 0);
        expectEqual(
          rows.map(({ id, content, status }) => [id, content, status]),
          records.map(({ id, content }) => [id, content, 'confirmed']),
        );
      }),
    );
  });

  it('has one row per key and per id (I3), one for every send (I4), in order (I10)', () => {
    fc.assert(
      fc.property(confirmed, outbox, parentId, (held, wishes, parent) => {
        const root = withOutbox(held, wishes);
        const selectors = makeSelectors();
        const rows = selectors.selectTimeline(root, general, parent);
        const keys = rows.map(({ key }) => key);
        const ids = rows.flatMap(({ id }) => id ?? []);
        expectSame(new Set(keys).size, rows.length);
        expectSame(new Set(ids).size, ids.length);
        const all = wishes.channels.flatMap((channel) => channel.operations);
        const sends = all.filter((one) => one.kind === 'send' && one.parentId === parent);
        for (const { opId } of sends) {
          expect(keys.filter((key) => key === opId)).toHaveLength(1);
          expectSame(selectors.selectRow(root, general, opId)?.key, opId);
        }
        const first = rows.findIndex(({ id }) => id === null);
        const [sorted, added] = first < 0 ? [rows, []] : [rows.slice(0, first), rows.slice(first)];
        const byTime = (a: MessageRow, b: MessageRow): number =>
          a.createdAt - b.createdAt || ((a.id ?? '') < (b.id ?? '') ? -1 : 1);
        expectEqual(sorted, [...sorted].sort(byTime));
        const order = sends.map(({ opId }) => opId);
        const addedKeys = added.map(({ key }) => key);
        expectEqual(
          addedKeys,
          order.filter((opId) => addedKeys.includes(opId)),
        );
        for (const row of rows) {
          expectSame(selectors.selectRow(root, general, row.id ?? row.key), row);
        }
      }),
      { numRuns: 300 },
    );
  });
});

const at = minute(30);
const sent = { parentId: null, messageType: 'text', uploadIds: [] } as const;

describe('an operation that is taken back (L9)', () => {
  const wish = fc
    .record({
      kind: fc.constantFrom('send', 'edit', 'delete', 'react'),
      ...{ target: messageId, name: emoji, on: fc.boolean() },
    })
    .map(({ kind, target: of, name, on }) => (i: number): UnknownAction => {
      const base = { opId: `w${i}`, channelId: general, at };
      if (kind === 'send') return sendRequested({ ...base, ...sent, content: `text ${i}` });
      if (kind === 'edit') return editRequested({ ...base, target: of, content: `text ${i}` });
      if (kind === 'delete') return deleteRequested({ ...base, target: of, notBefore: at });
      return reactRequested({ ...base, target: of, emoji: name, on });
    });
  const failure = fc.nat({ max: 3 }).map((n) => (i: number): UnknownAction => {
    return operationFailed({ opId: `w${i - n}`, code: 'FORBIDDEN', retryAt: null });
  });

  it('leaves the view as if it had never been wished, whatever came meanwhile', () => {
    fc.assert(
      fc.property(
        confirmed,
        fc.array(fc.oneof(fold, wish, failure), { maxLength: 10, size: 'max' }),
        fc.constantFrom('send', 'edit', 'delete', 'react'),
        fc.nat({ max: 10 }),
        (start, steps, kind, when) => {
          const base = { opId: 'x', channelId: general, at };
          // nothing else is wished of this message: what was merged into another wish cannot be taken back alone
          const wished = {
            send: sendRequested({ ...base, ...sent, content: 'x' }),
            edit: editRequested({ ...base, target: 'mine', content: 'x' }),
            delete: deleteRequested({ ...base, target: 'mine', notBefore: at }),
            react: reactRequested({ ...base, target: 'mine', emoji: '👍', on: true }),
          }[kind];
          const actions = steps.map((step, i) => step(20 + i));
          const first = heard(15, created('mine', { userId: lina, createdAt: minute(5) }));
          const without = after(start, first, ...actions);
          const until = after(start, first, ...actions.slice(0, when), wished);
          const selectors = makeSelectors();
          const shown = selectors.selectTimeline(until, general);
          expectSame(
            shown.some(({ pending }) => pending?.opId === 'x'),
            true,
          );
          const taken = after(until, ...actions.slice(when), discardRequested({ opId: 'x' }));
          expectEqual(
            selectors.selectTimeline(taken, general),
            makeSelectors().selectTimeline(without, general),
          );
          expectEqual(taken.hudhud.messages.channels, without.hudhud.messages.channels);
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('the way of a send (L8, L11)', () => {
  const content = 'On my way';
  const words = fc.shuffledSubarray(['told', 'read', 'replied', 'uncertain'] as const);

  it('is one row with one key at every step, whatever tells of it first', () => {
    fc.assert(
      fc.property(confirmed, words, fc.boolean(), fc.boolean(), (start, order, nonce, mayMatch) => {
        const metadata = nonce ? { client_id: 'mine' } : {};
        const row = messageOf('new', { userId: lina, content, metadata, createdAt: minute(20) });
        const facts = {
          told: heard(30, created('new', row)),
          read: page(31, [row], { range: { from: minute(19), to: null } }),
          replied: operationAcknowledged({
            ...asked(29, {}),
            ...{ opId: 'mine', ordinal: 32, message: row, deleted: null },
          }),
          uncertain: operationUncertain({ opId: 'mine', code: 'TIMEOUT' }),
        };
        const since = { at: minute(15), ids: [] };
        const actions = [
          sendRequested({ ...sent, opId: 'mine', channelId: general, at, content }),
          operationStarted({ opId: 'mine', ordinal: 29, viewerId: lina, since, mayMatch }),
          ...order.map((word) => facts[word]),
        ];
        const selectors = makeSelectors();
        let root = start;
        for (const action of actions) {
          root = after(root, action);
          const rows = selectors.selectTimeline(root, general);
          const own = rows.filter(({ key, id }) => key === 'mine' || id === 'new');
          expect(own).toMatchObject([{ key: 'mine', clientId: 'mine', content }]);
        }
      }),
      { numRuns: 300 },
    );
  });
});
