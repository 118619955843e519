import { describe, expect, it } from '@jest/globals';

import type { MessageFact } from '../../../src/protocol/models';
import type { Said } from '../../../src/state/mergeMessage';
import {
  createRecord,
  deleteRecord,
  markAbsent,
  mergeMessage,
} from '../../../src/state/mergeMessage';
import { messageOf, minute, omar, salma } from '../../support/exampleData';
import { frozen } from '../../support/frozen';

const create: Said = { rank: 'create', o: 1, renews: false, at: 0 };
const edit = (o: number): Said => ({ rank: 'edit', o, renews: true, at: 0 });
const row = (o: number, renews = false): Said => ({ rank: 'row', o, renews, at: 0 });
const held = frozen(createRecord('c', messageOf('m1'), create));
const fact = (what: Partial<MessageFact>): MessageFact => frozen({ id: 'm1', ...what });

describe('createRecord', () => {
  it('fills what was not said with what "nothing" looks like', () => {
    expect(createRecord('c', { id: 'm1' }, { ...create, at: 42 })).toMatchObject({
      ...{ channelId: 'c', parentId: null, userId: null, type: 'text', content: '' },
      ...{ createdAt: 42, timeGuessed: true, isRead: null, reactions: [], files: [] },
    });
  });

  it('of a row that is deleted already keeps nothing of what was written', () => {
    const dead = messageOf('m1', { deletedAt: minute(3), content: 'secret', metadata: { a: 1 } });
    expect(createRecord('c', dead, row(2))).toMatchObject({
      ...{ isDeleted: true, deletedAt: minute(3), content: '', metadata: {} },
    });
  });
});

describe('mergeMessage', () => {
  it('gives back the same record for what is known, and for what is older', () => {
    expect(mergeMessage(held, messageOf('m1'), { ...create, o: 9 })).toBe(held);
    const edited = mergeMessage(held, fact({ content: 'b', updatedAt: minute(5) }), edit(2));
    expect(mergeMessage(edited, fact({ content: 'a', updatedAt: minute(4) }), edit(3))).toBe(
      edited,
    );
  });

  it('advances only the version of what a fact carries', () => {
    const counted = mergeMessage(held, fact({ threadCount: 3, updatedAt: minute(9) }), edit(2));
    const edited = mergeMessage(counted, fact({ content: 'b', updatedAt: minute(5) }), edit(3));
    expect(edited).toMatchObject({ threadCount: 3, content: 'b', editedAt: minute(5) });
  });

  it('takes a repeated word without a time as a later one, and one with a time as a repetition', () => {
    const first = mergeMessage(held, fact({ content: 'b' }), edit(2));
    expect(mergeMessage(first, fact({ content: 'b' }), edit(5)).stamps?.text?.o).toBe(5);
    const timed = mergeMessage(held, fact({ content: 'b', updatedAt: minute(5) }), edit(2));
    expect(mergeMessage(timed, fact({ content: 'b', updatedAt: minute(5) }), edit(5))).toBe(timed);
  });

  it('stamps a row that says the same only while an older request is under way', () => {
    expect(mergeMessage(held, messageOf('m1'), row(5))).toBe(held);
    expect(mergeMessage(held, messageOf('m1'), row(5, true)).stamps?.text?.o).toBe(5);
  });

  it('says "edited" for an edit, not for a change of something else that carries the text along', () => {
    expect(mergeMessage(held, fact({ content: 'b' }), edit(2)).isEdited).toBe(true);
    const along = { content: 'The build is green', editedAt: null, threadCount: 1 };
    const counted = mergeMessage(held, fact({ ...along, updatedAt: minute(5) }), edit(2));
    expect(counted).toMatchObject({ isEdited: false, editedAt: null, threadCount: 1 });
  });

  it('says "edited" even if a newer row, which does not say, has the last word on the text', () => {
    const read = frozen(createRecord('c', messageOf('m1', { content: 'c' }), row(7)));
    expect(mergeMessage(read, fact({ content: 'b' }), edit(5))).toMatchObject({
      ...{ content: 'c', isEdited: true },
    });
  });

  it('fills in who wrote it and where it belongs, whichever fact says so', () => {
    const bare = createRecord('c', { id: 'm1' }, { ...create, at: minute(9) });
    const known = mergeMessage(bare, messageOf('m1', { parentId: 'm0' }), edit(2));
    expect(known).toMatchObject({ userId: omar, parentId: 'm0', createdAt: minute(1) });
    expect(known.timeGuessed).toBeUndefined();
    expect(mergeMessage(known, fact({ userId: salma, parentId: 'm9' }), edit(3))).toBe(known);
  });

  it('takes the earlier of two times of creation, in either order', () => {
    const later = createRecord('c', messageOf('m1', { createdAt: minute(8) }), create);
    expect(mergeMessage(later, messageOf('m1'), row(2)).createdAt).toBe(minute(1));
    const early = fact({ createdAt: minute(8) });
    expect(mergeMessage(held, early, row(2)).createdAt).toBe(minute(1));
  });

  it('leaves a tombstone alone but for its replies', () => {
    const dead = deleteRecord(held, minute(3));
    const later = fact({ content: 'b', threadCount: 4, updatedAt: minute(9) });
    expect(mergeMessage(dead, later, edit(5))).toMatchObject({
      ...{ isDeleted: true, content: '', threadCount: 4 },
    });
  });
});

describe('deleteRecord', () => {
  it('keeps the latest time of deletion, and is no news the second time', () => {
    const dead = deleteRecord(held, null);
    expect(dead.deletedAt).toBeNull();
    expect(deleteRecord(dead, null)).toBe(dead);
    expect(deleteRecord(deleteRecord(dead, 5), 3).deletedAt).toBe(5);
  });

  it('makes an absence final', () => {
    const absent = markAbsent(held, { asOf: 7, renews: false });
    expect(absent).toMatchObject({ isDeleted: true, content: '', absentAsOf: 7 });
    expect(deleteRecord(absent, null).absentAsOf).toBeUndefined();
    const final = deleteRecord(held, 5);
    expect(markAbsent(final, { asOf: 7, renews: false })).toBe(final);
  });
});
