import { describe, expect, it } from '@jest/globals';
import type { MessageRecord } from '../../../src/state/messageRecord';
import { countSince } from '../../../src/state/segments';

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
