import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { equalJson } from '../../../src/state/equalJson';

describe('equalJson', () => {
  it('is true for copies, whatever they hold', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(equalJson(value, JSON.parse(JSON.stringify(value)))).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('tells different values apart as their texts do', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 1 }), fc.jsonValue({ maxDepth: 1 }), (a, b) => {
        if (JSON.stringify(a) === JSON.stringify(b)) return;
        // the order of keys is no difference: one key at most settles it
        fc.pre(![a, b].some((value) => Object.keys(Object(value) as object).length > 1));
        expect(equalJson(a, b)).toBe(false);
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    [{ a: 1 }, { a: 1, b: 2 }],
    [{ a: 1 }, { b: 1 }],
    [{ a: undefined }, { b: undefined }],
    [[1], [1, 2]],
    [[], {}],
    [null, {}],
    [{ toString: 1 }, {}],
    // what an object inherits is not what it says
    [JSON.parse('{"__proto__":{}}'), { a: {} }],
    ['1', 1],
  ])('%j is not %j', (a, b) => {
    expect(equalJson(a, b)).toBe(false);
    expect(equalJson(b, a)).toBe(false);
  });
});
