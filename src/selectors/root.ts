import { HudhudError } from '../errors';
import type { HudhudState } from '../state/rootReducer';

/**
 * The host's state, as far as this package looks at it: its own part, under a key that the host chooses.
 *
 * @public
 */
export type HudhudRootState = Readonly<Record<string, unknown>>;

/** Finds this package's part of the host's state. @internal */
export type StateSelector = (root: HudhudRootState) => HudhudState;

/**
 * Whether something is mounted under a key. A host may do so long after its store was made.
 *
 * @internal
 */
export function isMounted(root: unknown, reducerPath: string): root is HudhudRootState {
  return typeof root === 'object' && root !== null && reducerPath in root;
}

/**
 * Makes the selector that all others start from.
 *
 * @internal
 */
export function createStateSelector(reducerPath: string): StateSelector {
  return (root) => {
    const state = root[reducerPath];
    if (state === undefined) {
      throw new HudhudError(
        'NOT_MOUNTED',
        `The state has no "${reducerPath}". Mount the reducer: configureStore({ reducer: { ${reducerPath}: hudhud.reducer, … } }).`,
        { field: reducerPath },
      );
    }
    // what stands under our own key was made by our own reducer
    return state as HudhudState;
  };
}
