import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isSameSpan, spanOf } from '../../../../src/middleware/patch/rowReach';
import type { MessageRow } from '../../../../src';

/** A row as far as it stands somewhere. */
const rowAt = (at: number, id: string | null) => ({ createdAt: at, id }) as MessageRow;
const at = fc.nat(5);
const place = fc.record({ at, id: fc.constantFrom<string[]>('a', 'b', 'c') });
type Place = typeof place extends fc.Arbitrary<infer T> ? T : never;

const order = (a: Place, b: Place): number =>
  a.at - b.at || (a.id < b.id ? -1 : Number(a.id > b.id));
const timeline = fc
  .tuple(fc.uniqueArray(place, { comparator: (a, b) => order(a, b) === 0 }), fc.nat(2))
  .map(([held, pending]) => [
    ...held.sort(order).map((one) => rowAt(one.at, one.id)),
    ...Array.from({ length: pending }, () => rowAt(0, null)),
  ]);

describe('the span that a list reaches over', () => {
  it('is that of the rows between its ends', () => {
    fc.assert(
      fc.property(timeline, fc.option(place), place, (rows, first, end) => {
        const stands = ({ createdAt, id }: MessageRow): Place => ({ at: createdAt, id: id ?? '' });
        const cut = (isIn: (one: Place) => boolean) =>
          rows.filter(
            (row) =>
              row.id !== null &&
              (first === null || order(stands(row), first) >= 0) &&
              isIn(stands(row)),
          );
        const last = rows.slice(...spanOf(rows, first, { last: end }));
        expect(last).toEqual(cut((one) => order(one, end) <= 0));
        const until = rows.slice(...spanOf(rows, first, { until: end }));
        expect(until).toEqual(cut((one) => order(one, end) < 0));
        const now = rows.slice(...spanOf(rows, first, 'now'));
        expect(now).toEqual([...cut(() => true), ...rows.filter(({ id }) => id === null)]);
      }),
    );
  });

  it('is the same while its rows are', () => {
    const rows = [1, 2, 3].map((n) => rowAt(n, 'a'));
    const span = [1, 3] as const;
    expect(isSameSpan(rows.slice(1), rows, span)).toBe(true);
    expect(isSameSpan(rows.slice(1), [...rows, rowAt(4, 'a')], span)).toBe(true);
    expect(isSameSpan(rows.slice(1), rows.slice(0, 2), [1, 2])).toBe(false);
    expect(isSameSpan(rows.slice(1), [...rows.slice(0, 2), rowAt(3, 'a')], span)).toBe(false);
  });
});
