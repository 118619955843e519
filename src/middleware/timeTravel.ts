import { isAction } from '@reduxjs/toolkit';
import type { HudhudAction } from '../actions/define';
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
  /** What the store shows. */
  readonly shown: () => HudhudState | undefined;
  /** Looks, after an action of this instance was reduced, whether the store followed; `before` is what it showed. */
  readonly noteReduced: (action: HudhudAction, before: HudhudState | undefined) => void;
  /**
   * What comes now cannot wait for the way back: until then `view` gives the newest state, whatever the store shows. What
   * is dispatched goes behind the newest action.
   */
  insist(): void;
  isInsisting(): boolean;
  readonly view: (all: HudhudRootState) => HudhudRootState;
  /** Whether the store was taken at its word: it shows another state, but follows actions. */
  isAdopted(): boolean;
  clearAdopted(): void;
}

/** @internal */
export function createTimeTravel(
  { instance, reduce }: Pick<Runtime, 'instance' | 'reduce'>,
  { getState }: Pick<StoreApi, 'getState'>,
  hasTools = false,
): TimeTravel {
  const shown = (): HudhudState | undefined => {
    const root = getState();
    // what stands under our own key was made by our own reducer; it may be mounted later
    return isMounted(root, instance) ? (root[instance] as HudhudState | undefined) : undefined;
  };
  /** What the actions that passed came to. */
  let newest = shown();
  /** The whole state then. */
  let root: unknown = getState();
  /** What was found to be another state. */
  let other: HudhudState | undefined;
  /** What actions came to that the store did not follow: it shows an earlier state that is the same, or a host keeps them out. */
  let unseen: HudhudState | undefined;
  /** Whether it is known to be in the hands of tools. */
  let isInHand = hasTools;
  /** Actions that are on their way, one inside the other. */
  let depth = 0;
  /** Whether the outermost of them found the store away. */
  let wasAway = false;
  let isInsisting = false;
  let isAdopted = false;

  const trustUnseen = () => {
    if (!isInHand || unseen === undefined) return;
    newest = unseen;
    unseen = undefined;
  };
  const look = (): boolean => {
    const state = shown();
    if (getState() !== root) {
      root = getState();
      isInHand = true;
      trustUnseen();
    }
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
    unseen = undefined;
  };
  const isOurs = (action: unknown): action is HudhudAction =>
    isAction(action) && isOfInstance(action, instance);
  return {
    isAway,
    shown,
    pass(action, handle) {
      if (depth === 0) wasAway = look();
      const before = getState();
      if (wasAway && newest !== undefined && isOurs(action)) newest = reduce(newest, action);
      depth += 1;
      try {
        return handle(action);
      } finally {
        depth -= 1;
        root = getState();
        if (wasAway) adoptIfFollowed(before);
        else newest = shown();
      }
    },
    noteReduced(action, before) {
      if (wasAway || before === undefined) return;
      if (shown() !== before) {
        unseen = undefined;
        return;
      }
      const known = unseen ?? before;
      const next = reduce(known, action);
      if (next === known) return;
      unseen = next;
      // what is shown is an earlier state that looks the same
      wasAway = isInHand;
      trustUnseen();
    },
    insist() {
      isInsisting = true;
    },
    isInsisting: () => isInsisting,
    view: (all) => (isInsisting && newest !== undefined ? { ...all, [instance]: newest } : all),
    isAdopted: () => isAdopted,
    clearAdopted() {
      isAdopted = false;
    },
  };
}
