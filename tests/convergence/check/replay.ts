import type { UnknownAction } from '@reduxjs/toolkit';
import { createRootReducer } from '../../../src/state/rootReducer';
import type { HudhudState } from '../../../src/state/rootReducer';
import type { ChatWorld } from '../client/chatWorld';

/** What folding what was recorded must give. */

const wishesAndSteps =
  /^outbox\/(\w+Requested|started|failed|uncertain|lookEnded|rejected)$|^upload\//;

function fold(world: Pick<ChatWorld, 'hudhud'>, actions: readonly UnknownAction[]): HudhudState {
  const reduce = createRootReducer(world.hudhud.reducerPath);
  return actions.reduce(reduce, reduce(undefined, { type: '@@start' }));
}

/** L19, I12: the same actions give the same state. */
export function checkReplay(world: Pick<ChatWorld, 'hudhud' | 'actions' | 'state'>): void {
  if (JSON.stringify(fold(world, world.actions)) !== JSON.stringify(world.state())) {
    throw new Error('L19: folding the recorded actions gives another state');
  }
}

/** L7: what is confirmed does not depend on what is wished. */
export function checkIndependence(world: ChatWorld): void {
  const facts = world.actions.filter(({ type }) => !wishesAndSteps.test(type));
  const { outbox: _outbox, loads: _loads, ...confirmed } = fold(world, facts);
  for (const [slice, value] of Object.entries(confirmed)) {
    const live = world.state()[slice as keyof HudhudState];
    if (JSON.stringify(value) !== JSON.stringify(live)) {
      throw new Error(`L7: ${slice} would differ if nothing had been wished`);
    }
  }
}
