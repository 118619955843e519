import { describe, expect, it, jest } from '@jest/globals';

import { createBoundedSelector, memoByReference } from '../../../src/selectors/memo';

describe('memoByReference', () => {
  it('computes once per object, results that are undefined too', () => {
    const compute = jest.fn((input: { readonly n: number }) =>
      input.n > 1 ? [input.n] : undefined,
    );
    const memo = memoByReference(compute);
    const [one, two] = [{ n: 1 }, { n: 2 }];
    expect(memo(two)).toBe(memo(two));
    expect([memo(one), memo(one)]).toEqual([undefined, undefined]);
    expect(compute).toHaveBeenCalledTimes(2);
  });
});

describe('createBoundedSelector', () => {
  it('computes once per argument, and keeps no more results than a bound', () => {
    const rows = { list: [1] };
    const select = createBoundedSelector(
      [(state: typeof rows) => state.list, (_: typeof rows, id: number) => id],
      (list, id) => [...list, id],
    );
    expect(select(rows, 7)).toBe(select(rows, 7));
    expect(select.recomputations()).toBe(1);
    for (let id = 0; id < 5000; id++) select(rows, id);
    const counted = select.recomputations();
    select(rows, 0);
    expect(select.recomputations()).toBe(counted + 1);
  });
});
