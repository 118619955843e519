import { describe, expect, it } from '@jest/globals';

import { createRecord } from '../../../src/state/mergeMessage';
import { heldStamp, stampOf, wins } from '../../../src/state/stamps';
import { messageOf, minute } from '../../support/exampleData';

describe('wins', () => {
  it.each([
    ['a larger server time, however old its observation', 6, 1, { v: 5, o: 9 }, true],
    ['a smaller server time, however new its observation', 4, 10, { v: 5, o: 9 }, false],
    ['an equal server time, observed later', 5, 10, { v: 5, o: 9 }, true],
    ['an equal server time, observed earlier', 5, 8, { v: 5, o: 9 }, false],
    ['no time, observed later', null, 10, { v: 5, o: 9 }, true],
    ['no time, observed earlier', null, 8, { v: 5, o: 9 }, false],
    [
      'a time against a value without one, observed later',
      6,
      10,
      { v: 5, o: 9, loose: true },
      true,
    ],
    [
      'a time against a value without one, observed earlier',
      6,
      8,
      { v: 5, o: 9, loose: true },
      false,
    ],
    ['a time before the last known one', 4, 10, { v: 5, o: 9, loose: true }, false],
    ['the first word on a message against any other', 5, 0, { v: 5, o: 0 }, false],
  ] as const)('%s', (_name, v, o, held, expected) => {
    expect(wins(v, o, held)).toBe(expected);
  });
});

describe('stampOf', () => {
  it('keeps the time that a value without one replaced, as a lower bound', () => {
    expect(stampOf(null, 7, { v: 5, o: 1 })).toEqual({ v: 5, o: 7, loose: true });
    expect(stampOf(6, 7, { v: 5, o: 1, loose: true })).toEqual({ v: 6, o: 7 });
  });
});

describe('heldStamp', () => {
  const said = { o: 4, renews: false, at: 99 };

  it('of a created message is its creation, which loses every tie', () => {
    const record = createRecord('c', messageOf('m1'), { ...said, rank: 'create' });
    expect(heldStamp(record, 'text')).toEqual({ v: minute(1), o: 0 });
    expect(heldStamp(record, 'files')).toEqual({ v: minute(1), o: 0 });
  });

  it('of a row without a time of change is bounded by its creation only', () => {
    const fact = messageOf('m1', { editedAt: null });
    const record = createRecord('c', fact, { ...said, rank: 'row' });
    expect(record.stamps).toBeUndefined();
    expect(heldStamp(record, 'text')).toEqual({ v: minute(1), o: 4 });
    expect(heldStamp(record, 'files')).toEqual({ v: minute(1), o: 4, loose: true });
  });

  it('of a message whose time is a guess is older than anything the server says', () => {
    const { createdAt: _, ...fact } = messageOf('m1');
    const record = createRecord('c', fact, { ...said, rank: 'create' });
    expect(heldStamp(record, 'text')).toEqual({ v: 0, o: 0 });
  });
});
