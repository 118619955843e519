import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { createHistogram } from '../../../src/platform/histogram';

describe('a histogram', () => {
  it('says nothing before the first value, and takes no value that is none', () => {
    const histogram = createHistogram();
    for (const value of [-1, NaN, Infinity]) histogram.add(value);
    histogram.add(5, 0);
    expect(histogram.read()).toBeNull();
  });

  it('counts a value as often as it is told', () => {
    const histogram = createHistogram();
    histogram.add(10, 9);
    histogram.add(1_000);
    expect(histogram.read()).toMatchObject({ count: 10, mean: 109, max: 1_000 });
    expect(histogram.read()?.p50).toBeCloseTo(10, -1);
    expect(histogram.read()?.p99).toBeGreaterThan(950);
  });

  it('has quantiles that are right within 5 %, whatever was measured', () => {
    const values = fc.array(fc.double({ min: 0.01, max: 1e8, noNaN: true }), { minLength: 1 });
    fc.assert(
      fc.property(values, (measured) => {
        const histogram = createHistogram();
        for (const value of measured) histogram.add(value);
        const sorted = [...measured].sort((a, b) => a - b);
        const read = histogram.read();
        for (const [share, quantile] of [
          [0.5, read?.p50],
          [0.9, read?.p90],
          [0.99, read?.p99],
        ] as const) {
          const exact = sorted[Math.ceil(sorted.length * share) - 1] ?? NaN;
          expect(Math.abs((quantile ?? NaN) - exact) / exact).toBeLessThan(0.051);
        }
        expect(read?.max).toBe(sorted.at(-1));
      }),
    );
  });
});
