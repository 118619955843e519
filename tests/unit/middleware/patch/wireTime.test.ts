import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { wireTime } from '../../../../src/middleware/patch/wireTime';

/** The first and the last moment that a `Date` can tell. */
const [min, max] = [-8_640_000_000_000_000, 8_640_000_000_000_000];

describe('wireTime', () => {
  it('writes a time as `Date` does, whatever was written before', () => {
    const recent = fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2026, 0, 3) });
    const any = fc.double({ min, max, noNaN: true });
    fc.assert(
      fc.property(fc.array(fc.oneof(recent, any), { minLength: 1 }), (times) => {
        expect(times.map(wireTime)).toEqual(times.map((at) => new Date(at).toISOString()));
      }),
      { numRuns: 500 },
    );
  });

  it.each([0, -1, 1, 9, 10, 99, 100, 999, 1_000, 86_399_999, 86_400_000, min, max])(
    'writes the edge %d',
    (at) => {
      expect(wireTime(at)).toBe(new Date(at).toISOString());
    },
  );

  it('writes none where there is none', () => {
    expect([wireTime(null), wireTime(undefined)]).toEqual([null, null]);
  });
});
