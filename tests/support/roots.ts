import type { UnknownAction } from '@reduxjs/toolkit';
import type { HudhudState } from '../../src/state/rootReducer';
import { createRootReducer } from '../../src/state/rootReducer';
import { frozen } from './frozen';

const reduce = createRootReducer('hudhud');

/** A host's state after some actions, frozen. */
export interface Root extends Readonly<Record<string, unknown>> {
  readonly hudhud: HudhudState;
}

/** The state after actions, from another state on. */
export function after(root: Root | undefined, ...actions: readonly UnknownAction[]): Root {
  const start = root?.hudhud ?? reduce(undefined, { type: 'start' });
  return { hudhud: frozen(actions.reduce(reduce, start)) };
}

/** The state after actions, from the beginning. */
export function rootOf(...actions: readonly UnknownAction[]): Root {
  return after(undefined, ...actions);
}
