import { describe, expect, it } from '@jest/globals';

import { changedAliases } from '../../../src/selectors/aliases';
import { indexIn, keptPieces, segmentAt, shownOf } from '../../../src/selectors/pieces';
import { createViews } from '../../../src/selectors/views';
import { createChannelLog } from '../../../src/state/channelLog';
import { createRecord } from '../../../src/state/mergeMessage';

const said = { rank: 'create', o: 1, renews: false, at: 0 } as const;
const row = (createdAt: number, more = {}) =>
  createRecord('general', { id: `m${createdAt}`, createdAt, ...more }, said);
const segments = [[row(1), row(2)], [row(3)], [row(4), row(5)]];
const [a = [], b = [], c = []] = segments;

describe('keptPieces', () => {
  const last = { segments, pieces: ['a', 'b', 'c'] };

  it('finds what was made of segments that are still there, from either end', () => {
    const x = [row(9)];
    expect(keptPieces(undefined, segments)).toEqual([undefined, undefined, undefined]);
    expect(keptPieces(last, segments)).toEqual(['a', 'b', 'c']);
    expect(keptPieces(last, [a, x, c])).toEqual(['a', undefined, 'c']);
    expect(keptPieces(last, [x, a, b, c])).toEqual([undefined, 'a', 'b', 'c']);
    expect(keptPieces(last, [a, x, b, c])).toEqual(['a', undefined, 'b', 'c']);
    expect(keptPieces(last, [b, c])).toEqual(['b', 'c']);
    expect(keptPieces(last, [a])).toEqual(['a']);
    expect(keptPieces(last, [])).toEqual([]);
  });
});

describe('shownOf', () => {
  it('leaves out what was deleted, unless a thread hangs on it', () => {
    const gone = row(2, { deletedAt: 5 });
    const head = row(3, { deletedAt: 5, threadCount: 1 });
    expect(shownOf(a)).toBe(a);
    expect(shownOf([row(1), gone, head]).map(({ id }) => id)).toEqual(['m1', 'm3']);
  });
});

describe('segmentAt and indexIn', () => {
  it('find where a message stands', () => {
    const at = (createdAt: number) => segmentAt(segments, row(createdAt));
    expect([0, 1, 2, 3, 5, 9].map(at)).toEqual([-1, 0, 0, 1, 2, 2]);
    expect(segmentAt([], row(1))).toBe(-1);
    const all = segments.flat();
    expect(all.map((one) => indexIn(all, one))).toEqual([0, 1, 2, 3, 4]);
    expect(indexIn(all, row(9))).toBe(-1);
    expect(indexIn(all, { createdAt: 3, id: 'm0' })).toBe(-1);
    expect(indexIn([...all, { createdAt: 1, id: null }], row(5), 5)).toBe(4);
  });
});

describe('changedAliases', () => {
  const alias = (n: number) => ({ messageId: `m${n}`, clientId: `s${n}` });
  const held = [1, 2, 3].map(alias);

  it('are those that came at the end or went at the start', () => {
    expect(changedAliases(held, held)).toEqual([]);
    expect(changedAliases([], held)).toEqual(['m1', 'm2', 'm3']);
    expect(changedAliases(held, [...held, alias(4)])).toEqual(['m4']);
    expect(changedAliases(held, [...held.slice(2), alias(4)])).toEqual(['m4', 'm1', 'm2']);
    expect(changedAliases(held, [])).toEqual(['m1', 'm2', 'm3']);
    expect(changedAliases(held, [alias(9)])).toEqual(['m9', 'm1', 'm2', 'm3']);
  });
});

describe('createViews', () => {
  it('keeps the results of the timelines that changed last', () => {
    const views = createViews<number>();
    const log = createChannelLog('general', 0);
    views.put(log, 'general', null, 0);
    for (let i = 1; i <= 40; i++) {
      views.put(log, 'general', `m${i}`, i);
      views.put(log, 'general', null, i);
    }
    expect(views.get(log, 'general', null)).toBe(40);
    expect(views.get(log, 'general', 'm40')).toBe(40);
    expect(views.get(log, 'general', 'm1')).toBeUndefined();
    expect(views.get(createChannelLog('general', 0), 'general', null)).toBeUndefined();
  });

  it('keeps few of the channels that nothing is held of', () => {
    const views = createViews<number>();
    for (let i = 0; i < 40; i++) views.put(undefined, `channel ${i}`, null, i);
    expect(views.get(undefined, 'channel 0', null)).toBeUndefined();
    expect(views.get(undefined, 'channel 39', null)).toBe(39);
    views.forgetStray('channel 39');
    expect(views.get(undefined, 'channel 39', null)).toBeUndefined();
  });
});
