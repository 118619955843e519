import { isAction } from '@reduxjs/toolkit';
import { isOfInstance, isType } from '../actions/define';
import { sessionEnded, sessionStarted } from '../actions/session';
import { sessionInitialised } from '../actions/stream';
import type { StoreApi } from './runtime';

/**
 * Keeps one person's data out of another's session: whoever signs in after someone else ends that one's session first,
 * however it was left, and with it what was wished while nobody was signed in.
 *
 * @internal
 */
export interface Sessions {
  /** Looks at every action before it is reduced. */
  note(store: StoreApi, action: unknown): void;
}

/** @internal */
export function createSessions(instance: string): Sessions {
  /** Who was signed in last; kept when they leave. */
  let lastId: string | null = null;
  return {
    note(store, action) {
      if (!isAction(action) || !isOfInstance(action, instance)) return;
      if (isType(action, sessionStarted)) {
        const { id } = action.payload.user;
        if (lastId !== null && lastId !== id) {
          store.dispatch(sessionEnded({ reason: 'expired' }, instance));
        }
        lastId = id;
      } else if (isType(action, sessionInitialised)) {
        const { userId: id } = action.payload;
        const isOther = lastId !== null && lastId !== id;
        // a host's token that says nothing of its owner: the stream is the first to know
        if (isOther) store.dispatch(sessionStarted({ user: { id } }, instance));
        lastId = id;
      }
    },
  };
}
