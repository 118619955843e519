import { isAction } from '@reduxjs/toolkit';
import { isOfInstance, isType } from '../actions/define';
import { sessionEnded, sessionStarted } from '../actions/session';
import { sessionInitialised } from '../actions/stream';
import type { Runtime, StoreApi } from './runtime';

type Parts = Pick<Runtime, 'instance' | 'selectors'>;

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
export function createSessions({ instance, selectors }: Parts): Sessions {
  /** Who was signed in last; kept when they leave. */
  let lastId: string | null = null;
  /** A store may have been made with somebody's state: then it is theirs. */
  const lastIn = (store: StoreApi) => lastId ?? selectors.selectViewerId(store.getState());
  return {
    note(store, action) {
      if (!isAction(action) || !isOfInstance(action, instance)) return;
      if (isType(action, sessionStarted)) {
        const { id } = action.payload.user;
        const last = lastIn(store);
        if (last !== null && last !== id) {
          store.dispatch(sessionEnded({ reason: 'expired' }, instance));
        }
        lastId = id;
      } else if (isType(action, sessionInitialised)) {
        const { userId: id } = action.payload;
        const last = lastIn(store);
        const isOther = last !== null && last !== id;
        // a host's token that says nothing of its owner: the stream is the first to know
        if (isOther) store.dispatch(sessionStarted({ user: { id } }, instance));
        lastId = id;
      }
    },
  };
}
