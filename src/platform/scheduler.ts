import type { Cancel, Timers } from './timers';
import type { Visibility } from './visibility';

/** When work for the screen is done, as a port. @public */
export interface Scheduler {
  /** Calls `run` once before the next picture is drawn, or soon, where nothing is drawn. */
  nextFrame(run: () => void): Cancel;
  /**
   * Calls `run` once the next picture is drawn; where nothing is drawn, once everything else that waits for the thread has
   * had its turn. For long work that is done in pieces.
   */
  afterFrame(run: () => void): void;
}

/** How long a visible page may owe us a frame; a window covered by another one is "visible" and gets none. */
const frameDeadlineMs = 100;

interface TurnScope {
  readonly setImmediate?: (run: () => void) => unknown;
}

/** No timer: those of a nested call wait for 4 ms, and those of a hidden page for a second and more. */
function nextTurn(run: () => void): void {
  const scope = globalThis as TurnScope;
  if (scope.setImmediate !== undefined) {
    scope.setImmediate(run);
    return;
  }
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => {
    port1.close();
    run();
  };
  port2.postMessage(null);
}

interface FrameScope {
  readonly requestAnimationFrame: (run: () => void) => number;
  readonly cancelAnimationFrame: (handle: number) => void;
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
  /** The page, if anything of it is drawn. */
  const drawn = () => {
    const scope = globalThis as Partial<FrameScope>;
    if (scope.requestAnimationFrame === undefined || !ports.visibility.isVisible()) return null;
    return scope as FrameScope;
  };
  const scheduler: Scheduler = {
    nextFrame(run) {
      const scope = drawn();
      if (scope === null) return ports.timers.after(0, run);
      const cancel = () => {
        scope.cancelAnimationFrame(frame);
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
    afterFrame(run) {
      if (drawn() === null) nextTurn(run);
      else {
        scheduler.nextFrame(() => {
          nextTurn(run);
        });
      }
    },
  };
  return scheduler;
}

/** For what draws nothing. @internal */
export const undrawnScheduler: Pick<Scheduler, 'afterFrame'> = { afterFrame: nextTurn };
