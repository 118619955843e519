import { isAction } from '@reduxjs/toolkit';
import { isOfInstance } from '../actions/define';
import type { HudhudRootState } from '../selectors/root';
import { isMounted } from '../selectors/root';
import { equalJson } from '../state/equalJson';
import type { HudhudState } from '../state/rootReducer';
import type { Runtime, StoreApi } from './runtime';

/**
 * Sees whether the store shows another state than the one that its actions came to: somebody looks at the past in the
 * Redux DevTools, leaves actions out or has imported a state. It needs to know nothing of them: each action that passes
 * leaves a state behind, and another one that is found later came without an action. That costs one comparison.
 *
 * @internal
 */
export interface TimeTravel {
  isAway(): boolean;
  /** Lets an action through to the rest of the middleware. */
  readonly pass: (action: unknown, handle: (action: unknown) => unknown) => unknown;
  /**
   * What comes now cannot wait for the way back: until then `view` gives the newest state, whatever the store shows. What
   * is dispatched goes behind the newest action.
   */
  insist(): void;
  isInsisting(): boolean;
  readonly view: (root: HudhudRootState) => HudhudRootState;
  /** Whether the store was taken at its word: it shows another state, but follows actions. */
  isAdopted(): boolean;
  clearAdopted(): void;
}

/** @internal */
export function createTimeTravel(
  { instance, reduce }: Pick<Runtime, 'instance' | 'reduce'>,
  { getState }: Pick<StoreApi, 'getState'>,
): TimeTravel {
  const shown = (): HudhudState | undefined => {
    const root = getState();
    // what stands under our own key was made by our own reducer; it may be mounted later
    return isMounted(root, instance) ? (root[instance] as HudhudState | undefined) : undefined;
  };
  /** What the actions that passed came to. */
  let newest = shown();
  /** What was found to be another state. */
  let other: HudhudState | undefined;
  /** Actions that are on their way, one inside the other. */
  let depth = 0;
  /** Whether the outermost of them found the store away. */
  let wasAway = false;
  let isInsisting = false;
  let isAdopted = false;

  const look = (): boolean => {
    const state = shown();
    if (state === newest) {
      isInsisting = false;
      return false;
    }
    if (state !== undefined && newest !== undefined) {
      if (state === other) return true;
      // the DevTools compute states anew, also where that changes nothing
      if (!equalJson(state, newest)) {
        other = state;
        return true;
      }
    }
    newest = state;
    isInsisting = false;
    return false;
  };
  const isAway = () => (depth > 0 ? wasAway : look());
  /** Whoever looks at the past does not see what an action does: it goes behind the newest one. */
  const adoptIfFollowed = (before: HudhudRootState) => {
    if (!wasAway || getState() === before) return;
    wasAway = isInsisting = false;
    isAdopted = true;
    newest = shown();
  };

  return {
    isAway,
    pass(action, handle) {
      if (depth === 0) wasAway = look();
      const before = getState();
      if (wasAway && newest !== undefined && isAction(action) && isOfInstance(action, instance)) {
        newest = reduce(newest, action);
      }
      depth += 1;
      try {
        return handle(action);
      } finally {
        depth -= 1;
        if (wasAway) adoptIfFollowed(before);
        else newest = shown();
      }
    },
    insist() {
      isInsisting = true;
    },
    isInsisting: () => isInsisting,
    view: (root) => (isInsisting && newest !== undefined ? { ...root, [instance]: newest } : root),
    isAdopted: () => isAdopted,
    clearAdopted() {
      isAdopted = false;
    },
  };
}
