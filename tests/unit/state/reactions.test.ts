import { describe, expect, it } from '@jest/globals';

import type { Reaction } from '../../../src/protocol/models';
import { createRecord } from '../../../src/state/mergeMessage';
import type { MessageRecord, ReactionOp } from '../../../src/state/messageRecord';
import { mergeReactionOp, mergeReactionSet } from '../../../src/state/reactions';
import { lina, messageOf, omar, salma } from '../../support/exampleData';
import { frozen } from '../../support/frozen';

const op = (userId: string, o: number, more: Partial<ReactionOp> = {}): ReactionOp =>
  frozen({ userId, username: null, emoji: '👍', on: true, own: false, v: null, o, ...more });
const set = (count: number, ...users: readonly string[]): readonly Reaction[] =>
  frozen([
    { emoji: '👍', count, users: users.map((userId) => ({ userId, username: null, at: null })) },
  ]);
const start = frozen(
  createRecord('c', messageOf('m1'), { rank: 'create', o: 1, renews: false, at: 0 }),
);
const fold = (...ops: readonly ReactionOp[]): MessageRecord =>
  ops.reduce((record, one) => frozen(mergeReactionOp(record, one)), start);
const users = (record: MessageRecord): (readonly [string, number, ...string[]])[] =>
  record.reactions.map(({ emoji, count, users: who }) => [
    emoji,
    count,
    ...who.map(({ userId }) => userId).sort(),
  ]);

describe('mergeReactionOp', () => {
  it('counts each person once per emoji, however often it is said', () => {
    expect(users(fold(op(omar, 2), op(omar, 3), op(salma, 4)))).toEqual([['👍', 2, salma, omar]]);
  });

  it('takes the last word of each person, by server time where there is one', () => {
    expect(users(fold(op(omar, 2), op(omar, 3, { on: false })))).toEqual([]);
    const late = op(omar, 3, { v: 10 });
    expect(users(fold(op(omar, 2, { v: 20, on: false }), late))).toEqual([]);
  });

  it('does not depend on the order of facts with times', () => {
    const [a, b, c] = [op(omar, 2, { v: 20 }), op(salma, 3, { v: 10 }), op(lina, 4, { v: 15 })];
    expect(fold(c, b, a).reactions).toEqual(fold(a, b, c).reactions);
  });

  it('takes someone off the count whom the server counted but did not list', () => {
    const record = mergeReactionSet(start, set(5, omar), null, 2, false);
    expect(users(mergeReactionOp(record, op(salma, 3, { on: false })))).toEqual([['👍', 4, omar]]);
  });

  it('ignores who takes back what a whole list does not have', () => {
    const record = mergeReactionSet(start, set(1, omar), null, 2, false);
    expect(users(mergeReactionOp(record, op(salma, 3, { on: false })))).toEqual([['👍', 1, omar]]);
  });

  it('remembers the viewer’s own (L4)', () => {
    expect(fold(op(lina, 2, { own: true })).reactions[0]?.mine).toBe(true);
    const both = fold(
      op(lina, 2, { own: true }),
      op(omar, 3),
      op(lina, 4, { own: true, on: false }),
    );
    expect(both.reactions[0]?.mine).not.toBe(true);
  });
});

describe('mergeReactionSet', () => {
  it('replaces what was said before it and keeps what was said after', () => {
    const record = mergeReactionSet(fold(op(omar, 2), op(salma, 9)), set(1, lina), null, 5, false);
    expect(users(record)).toEqual([['👍', 2, salma, lina]]);
  });

  it('loses to an older one with a later time', () => {
    const newer = mergeReactionSet(start, set(1, omar), 2_000_000_000_000, 5, false);
    expect(mergeReactionSet(newer, set(1, salma), 1_900_000_000_000, 9, false)).toBe(newer);
  });

  it('is no news when it says what is shown', () => {
    const record = mergeReactionSet(start, set(1, omar), null, 5, false);
    expect(mergeReactionSet(record, set(1, omar), null, 9, false)).toBe(record);
  });
});
