import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createSameness } from '../../../../src/middleware/patch/sameness';
import { frozen } from '../../../support/frozen';

/** As it comes from the network: text knows no -0 that was written as 0. */
const value = fc.jsonValue().map((one): unknown => JSON.parse(JSON.stringify(one)));

describe('sameness', () => {
  it.each([
    [NaN, NaN, true],
    [{ a: undefined }, {}, false],
    [{ a: undefined }, { b: undefined }, false],
    [[], {}, false],
    [[1], [1, 2], false],
    [null, {}, false],
    [{ a: [{ b: 1 }] }, { a: [{ b: 1 }] }, true],
    [{ a: [{ b: 1 }] }, { a: [{ b: 2 }] }, false],
  ])('of %j and %j: %s', (held, wanted, expected) => {
    expect(createSameness()(held, wanted)).toBe(expected);
  });

  it('is that of any two values, asked once or again', () => {
    const isSame = createSameness();
    fc.assert(
      fc.property(value, value, (a, b) => {
        const [held, wanted] = [frozen([a]), frozen([b])];
        const expected = JSON.stringify(a) === JSON.stringify(b);
        expect([isSame(held, wanted), isSame(held, wanted)]).toEqual([expected, expected]);
        expect(isSame(held, frozen(JSON.parse(JSON.stringify([a]))))).toBe(true);
      }),
    );
  });

  it('looks at a pair once', () => {
    const isSame = createSameness();
    let looks = 0;
    const counted = () =>
      new Proxy(
        { a: 1 },
        {
          ownKeys(target) {
            looks += 1;
            return Reflect.ownKeys(target);
          },
        },
      );
    const [held, wanted] = [counted(), counted()];
    expect(isSame([held], [wanted])).toBe(true);
    const after = looks;
    expect(isSame([held], [wanted])).toBe(true);
    expect(looks).toBe(after);
  });
});
