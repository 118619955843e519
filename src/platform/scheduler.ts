import type { Cancel, Timers } from './timers';
import type { Visibility } from './visibility';

/** When work for the screen is done, as a port. @public */
export interface Scheduler {
  /** Calls `run` once before the next picture is drawn, or soon, where nothing is drawn. */
  nextFrame(run: () => void): Cancel;
}

/** How long a visible page may owe us a frame; a window covered by another one is "visible" and gets none. */
const frameDeadlineMs = 100;

interface FrameScope {
  readonly requestAnimationFrame?: (run: () => void) => number;
  readonly cancelAnimationFrame?: (handle: number) => void;
}

/**
 * The browser's frames; a timer where the page is hidden or there is no page.
 *
 * @public
 */
export function createScheduler(ports: {
  readonly timers: Timers;
  readonly visibility: Visibility;
}): Scheduler {
  return {
    nextFrame(run) {
      const scope = globalThis as FrameScope;
      if (scope.requestAnimationFrame === undefined || !ports.visibility.isVisible()) {
        return ports.timers.after(0, run);
      }
      const cancel = () => {
        scope.cancelAnimationFrame?.(frame);
        cancelTimer();
      };
      const once = () => {
        cancel();
        run();
      };
      const frame = scope.requestAnimationFrame(once);
      const cancelTimer = ports.timers.after(frameDeadlineMs, once);
      return cancel;
    },
  };
}
