import { createSelectorCreator, weakMapMemoize } from 'reselect';

/** Results kept per selector with an argument; the oldest half goes when a new generation starts. */
const maxSize = 500;

/**
 * `createSelector` for selectors that take an id: bounded, since by default every id ever asked for is kept for ever.
 *
 * @internal
 */
export const createBoundedSelector: ReturnType<
  typeof createSelectorCreator<typeof weakMapMemoize, typeof weakMapMemoize>
> = createSelectorCreator({
  memoize: weakMapMemoize,
  memoizeOptions: { maxSize },
  argsMemoize: weakMapMemoize,
  argsMemoizeOptions: { maxSize },
});

/**
 * Remembers one result per input object for as long as the object lives. Right where the input's identity is its
 * version, which holds for everything in the state.
 *
 * @internal
 */
export function memoByReference<I extends object, O>(compute: (input: I) => O): (input: I) => O {
  const results = new WeakMap<I, { readonly value: O }>();
  return (input) => {
    let known = results.get(input);
    if (known === undefined) {
      known = { value: compute(input) };
      results.set(input, known);
    }
    return known.value;
  };
}
