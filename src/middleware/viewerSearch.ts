import { sessionStarted } from '../actions/session';
import type { Runtime, StoreApi } from './runtime';
import { createWaits } from './waits';

/**
 * Finds out who is signed in before anything is opened. A host with a sign-in of its own may have said so of nobody yet;
 * its token often tells whose it is. What is kept of a person, and what their tabs share, needs to know.
 *
 * @internal
 */
export interface ViewerSearch {
  /** Runs something once that is known, or cannot be known before the stream says it. */
  start(run: () => void): void;
  stop(): void;
}

/** How long a token may take. */
const patienceMs = 1_000;

/** @internal */
export function createViewerSearch(runtime: Runtime, store: StoreApi): ViewerSearch {
  const { platform, selectors, instance, persistence, sharesStream } = runtime;
  const waits = createWaits(platform.timers, patienceMs);
  const isKnown = () => selectors.selectViewerId(store.getState()) !== null;
  const search = async () => {
    const id = await runtime.owner();
    if (id !== null && !isKnown()) store.dispatch(sessionStarted({ user: { id } }, instance));
  };
  return {
    start(run) {
      const matters = persistence !== null || (sharesStream && platform.locks.isSupported());
      if (!matters || isKnown()) run();
      else waits.runAfter(search(), run);
    },
    stop() {
      waits.cancelAll();
    },
  };
}
