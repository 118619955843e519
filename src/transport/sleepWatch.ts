import type { Platform } from '../platform/platform';
import type { Cancel } from '../platform/timers';

/** How often it looks. */
const tickMs = 15_000;

/** A tick that is later than this was slept through. */
const lateMs = 20_000;

/** Timers of hidden pages are held back to one a minute: that is no sleep yet. */
const lateWhenHiddenMs = 90_000;

/**
 * Notices that the machine slept, or that the page was frozen: no event tells of it, but the clock went on while a timer
 * stood still.
 *
 * @internal
 * @returns How to stop.
 */
export function watchForSleep(
  ports: Pick<Platform, 'clock' | 'timers' | 'visibility'>,
  onWake: () => void,
): Cancel {
  const { clock, timers, visibility } = ports;
  let wasHidden = !visibility.isVisible();
  const stopVisibility = visibility.subscribe((isVisible) => {
    wasHidden ||= !isVisible;
  });
  let cancel: Cancel;
  const arm = () => {
    const due = clock.now() + tickMs;
    cancel = timers.after(tickMs, () => {
      const late = clock.now() - due;
      const isSleep = late > (wasHidden ? lateWhenHiddenMs : lateMs);
      wasHidden = !visibility.isVisible();
      arm();
      if (isSleep) onWake();
    });
  };
  arm();
  return () => {
    stopVisibility();
    cancel();
  };
}
