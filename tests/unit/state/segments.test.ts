import { describe, expect, it } from '@jest/globals';
import type { MessageRecord } from '../../../src/state/messageRecord';
import { countSince, rowBack } from '../../../src/state/segments';

const at = (createdAt: number) => ({ id: `m${createdAt}`, createdAt }) as MessageRecord;

describe('rows since a moment', () => {
  const segments = [
    [at(1), at(3)],
    [at(5), at(7), at(9)],
  ];

  it.each([
    [0, 5],
    [1, 5],
    [3, 4],
    [4, 3],
    [5, 3],
    [8, 1],
    [9, 1],
    [10, 0],
  ])('counts from %d on %d', (from, count) => {
    expect(countSince(segments, from)).toBe(count);
    expect(
      countSince(
        segments.flat().map((row) => [row]),
        from,
      ),
    ).toBe(count);
  });

  it('counts none where there are none', () => {
    expect(countSince([], 1)).toBe(0);
  });
});

describe('a row so many back from a moment', () => {
  const rows = [1, 3, 5, 7, 9].map(at);
  const cut = [[rows.slice(0, 2), rows.slice(2)], [rows], rows.map((row) => [row])];

  it.each([
    [9, 1, 9],
    [8, 1, 7],
    [8, 2, 5],
    [8, 3, 3],
    [8, 4, 1],
    [8, 5, undefined],
    [Infinity, 5, 1],
    [0, 1, undefined],
  ])('until %d, the %dth: %d', (until, count, createdAt) => {
    for (const segments of cut) expect(rowBack(segments, until, count)?.createdAt).toBe(createdAt);
  });

  it('is none where there are none', () => {
    expect(rowBack([], 1, 1)).toBeUndefined();
  });
});
