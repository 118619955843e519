import type { LiftedStore } from '@redux-devtools/instrument';
import { ActionCreators, instrument } from '@redux-devtools/instrument';
import type { UnknownAction } from '@reduxjs/toolkit';
import type { HudhudOptions, HudhudState } from '../../src';
import type { OutboxWorld } from './outboxWorld';
import { createOutboxWorld } from './outboxWorld';

type Lifted = LiftedStore<unknown, UnknownAction, null>;

/** A client whose store the Redux DevTools have in hand. */
export interface TravelWorld extends OutboxWorld {
  readonly lifted: Lifted;
  /** Number of the newest state. */
  readonly newest: () => number;
  /** Shows an earlier state; no number: the newest one again. */
  readonly jump: (to?: number) => void;
  /** Actions that the DevTools know. */
  readonly logged: () => number;
  readonly hudhudState: () => HudhudState;
}

/** Longer than the way back takes to be noticed. */
export const noticeMs = 250;

export async function createTravelWorld(
  options: Partial<HudhudOptions> = {},
): Promise<TravelWorld> {
  const world = await createOutboxWorld(options, 2, instrument());
  const { liftedStore: lifted } = world.store as unknown as { readonly liftedStore: Lifted };
  const newest = () => lifted.getState().computedStates.length - 1;
  return Object.assign(world, {
    lifted,
    newest,
    jump(to = newest()) {
      lifted.dispatch(ActionCreators.jumpToState(to));
    },
    logged: () => lifted.getState().stagedActionIds.length,
    hudhudState: () => world.hudhud.selectors.selectHudhud(world.store.getState()),
  });
}
