import { isAction } from '@reduxjs/toolkit';
import { isOfInstance, isType } from '../actions/define';
import { sessionEnded, sessionStarted } from '../actions/session';
import type { StoreApi } from './runtime';

/**
 * Keeps one session's data out of the next: whoever signs in over someone else's session ends that one first, however
 * it was left.
 *
 * @internal
 */
export interface Sessions {
  /** Looks at every action before it is reduced. */
  note(store: StoreApi, action: unknown): void;
}

/** @internal */
export function createSessions(instance: string): Sessions {
  let viewerId: string | null = null;
  return {
    note(store, action) {
      if (!isAction(action) || !isOfInstance(action, instance)) return;
      if (isType(action, sessionStarted)) {
        const { id } = action.payload.user;
        if (viewerId !== null && viewerId !== id) {
          store.dispatch(sessionEnded({ reason: 'expired' }, instance));
        }
        viewerId = id;
      } else if (isType(action, sessionEnded)) {
        viewerId = null;
      }
    },
  };
}
