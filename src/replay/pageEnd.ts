import type { Cancel } from '../platform/timers';

type Listenable = Partial<Pick<EventTarget, 'addEventListener' | 'removeEventListener'>>;

/** A page that is hidden may never be shown again; after an error the log is what is asked for. */
const events = ['pagehide', 'error', 'unhandledrejection'];

/**
 * Calls back when what is held should be written now; returns how to stop. Where there is no page, nothing ends it.
 *
 * @internal
 */
export function onPageEnd(run: () => void): Cancel {
  const scope = globalThis as Listenable;
  for (const event of events) scope.addEventListener?.(event, run);
  return () => {
    for (const event of events) scope.removeEventListener?.(event, run);
  };
}
