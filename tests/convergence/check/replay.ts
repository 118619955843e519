import type { UnknownAction } from '@reduxjs/toolkit';
import { createRootReducer } from '../../../src/state/rootReducer';
import type { NoticeCode } from '../../../src/state/notices';
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

/** What became of wishes is told to the person: that is no fact of the server's. */
const ofWishes: ReadonlySet<NoticeCode> = new Set(['OPERATION_FAILED', 'UPLOAD_FAILED']);

function confirmedOf(state: HudhudState): Record<string, unknown> {
  const { outbox: _outbox, loads: _loads, notices, ...confirmed } = state;
  const told = notices.list.filter(({ code }) => !ofWishes.has(code));
  return { ...confirmed, notices: { ...notices, list: told } };
}

/** L7: what is confirmed does not depend on what is wished. */
export function checkIndependence(world: ChatWorld): void {
  const facts = world.actions.filter(({ type }) => !wishesAndSteps.test(type));
  const live = confirmedOf(world.state());
  for (const [slice, value] of Object.entries(confirmedOf(fold(world, facts)))) {
    if (JSON.stringify(value) !== JSON.stringify(live[slice])) {
      throw new Error(`L7: ${slice} would differ if nothing had been wished`);
    }
  }
}
