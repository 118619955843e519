import { describe, expect, it } from '@jest/globals';

import { newestForeign, walkBack } from '../../../src/selectors/unreadRows';
import type { MessageRecord } from '../../../src/state/messageRecord';
import { createRecord } from '../../../src/state/mergeMessage';
import type { Segment } from '../../../src/state/segments';
import { general, lina, messageOf, omar } from '../../support/exampleData';
import { frozen } from '../../support/frozen';

/** The message of the n-th moment. */
const rowAt = (n: number, more: Partial<MessageRecord> = {}): MessageRecord => {
  const said = { rank: 'row', o: 1, renews: false, at: n } as const;
  return { ...createRecord(general, messageOf(`m${n}`, { createdAt: n }), said), ...more };
};
const segment = (
  from: number,
  to: number,
  more: (n: number) => Partial<MessageRecord> = () => ({}),
) => frozen(Array.from({ length: to - from + 1 }, (_, i) => rowAt(from + i, more(from + i))));
const everything = { after: -Infinity, upTo: Infinity, most: Infinity };
const counting = { viewerId: lina, mayCount: () => true };

/** Fails when it is looked into. */
const untouchable: Segment = new Proxy([], {
  get(target, key) {
    if (key === 'length') return 1;
    if (key === '0' || key === 'at') return Reflect.get([rowAt(1)], key) as unknown;
    throw new Error(`looked at ${String(key)}`);
  },
});

describe('walkBack', () => {
  const segments = [segment(1, 4), segment(5, 8), segment(9, 12)];

  it('counts what others wrote and did not delete', () => {
    expect(walkBack(segments, everything, counting)).toEqual({ alive: 12, gone: 0, last: null });
    const mixed = segment(1, 6, (n) => ({
      ...(n === 2 ? { userId: lina } : {}),
      ...(n === 3 ? { userId: null } : {}),
      ...(n >= 5 ? { isDeleted: true } : {}),
    }));
    const odd = { viewerId: lina, mayCount: ({ id }: MessageRecord) => id === 'm5' };
    for (const stretch of [everything, { ...everything, after: 0.5 }, { ...everything, upTo: 9 }]) {
      expect(walkBack([mixed], stretch, odd)).toEqual({ alive: 2, gone: 1, last: null });
    }
    expect(walkBack([mixed], { ...everything, upTo: 5 }, odd)).toMatchObject({ alive: 2, gone: 1 });
  });

  it('counts the same for whole segments and row by row, wherever it begins and ends', () => {
    const rows = segments.flat();
    for (let after = 0; after <= 13; after++) {
      for (let upTo = 0; upTo <= 13; upTo++) {
        for (const most of [1, 2, 4, 5, 8, 12, 13, Infinity]) {
          const inside = rows.filter((row) => row.createdAt > after && row.createdAt <= upTo);
          const alive = Math.min(inside.length, most);
          const last = inside.length >= most ? (inside.at(-most) ?? null) : null;
          const stretch = { after, upTo, most };
          expect(walkBack(segments, stretch, counting)).toEqual({ alive, gone: 0, last });
          const newest = inside.reverse().slice(0, most);
          expect(newestForeign(segments, stretch, lina)).toEqual(newest);
        }
      }
    }
  });

  it('looks for nothing where nothing is wanted', () => {
    expect(walkBack(segments, { ...everything, most: 0 }, counting)).toEqual({
      ...{ alive: 0, gone: 0, last: null },
    });
  });

  it('does not look at what lies beyond, however much is held', () => {
    const held = [...Array.from({ length: 100 }, () => untouchable), ...segments];
    expect(walkBack(held, { ...everything, after: 4 }, counting).alive).toBe(8);
    expect(walkBack(held, { ...everything, most: 6 }, counting).alive).toBe(6);
    expect(newestForeign(held, { ...everything, after: 4 }, lina)).toHaveLength(8);
    expect(() => walkBack(held, everything, counting)).toThrow('looked at');
  });

  it('remembers a segment for one viewer at a time', () => {
    const own = [segment(1, 4, (n) => ({ userId: n === 1 ? lina : omar }))];
    expect(walkBack(own, everything, counting).alive).toBe(3);
    expect(walkBack(own, everything, { ...counting, viewerId: omar }).alive).toBe(1);
    expect(walkBack(own, everything, counting).alive).toBe(3);
  });
});
