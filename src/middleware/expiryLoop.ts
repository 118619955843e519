import { typingExpired } from '../actions/expiry';
import type { Cancel } from '../platform/timers';
import type { Runtime, StoreApi } from './runtime';

/**
 * Ends typing indicators in time: one timer for the next deadline, and an action that carries the moment (L13).
 *
 * @internal
 */
export interface ExpiryLoop {
  /** Looks when the next deadline is; called after what may have moved it. */
  arm(): void;
  stop(): void;
}

/** @internal */
export function createExpiryLoop(runtime: Runtime, store: StoreApi): ExpiryLoop {
  const { clock, timers } = runtime.platform;
  let cancel: Cancel | null = null;
  let armedFor: number | null = null;

  const stop = () => {
    cancel?.();
    cancel = null;
    armedFor = null;
  };
  const arm = () => {
    const due = runtime.selectors.selectNextTypingDeadline(store.getState());
    if (due === armedFor) return;
    stop();
    if (due === null) return;
    armedFor = due;
    cancel = timers.after(Math.max(0, due - clock.now()), () => {
      stop();
      store.dispatch(typingExpired({ now: Math.max(due, clock.now()) }, runtime.instance));
      arm();
    });
  };
  return { arm, stop };
}
