import type { Platform } from '../platform/platform';
import type { Cancel } from '../platform/timers';
import { watchForSleep } from './sleepWatch';

/** After which a connection may be dead without a word, or worth a try. @public */
export type WakeUp =
  /** The network came back. */
  | 'ONLINE'
  /** The page came into view. */
  | 'VISIBLE'
  /** The page was taken from the back/forward cache. */
  | 'PAGE_SHOWN'
  /** The machine slept, or the page was frozen. */
  | 'CLOCK_JUMPED';

/** What happens around the client. @public */
export type SurroundingEvent =
  | WakeUp
  /** The network is gone. */
  | 'OFFLINE'
  /** The page may be frozen from now on. */
  | 'PAGE_HIDDEN';

/** The ports that tell what happens around, as one. @public */
export interface Surroundings {
  /** Calls back at each event; returns how to stop. */
  subscribe(listener: (event: SurroundingEvent) => void): Cancel;
}

/**
 * Joins online, visibility, the back/forward cache and the watch for sleep. Holds listeners and a timer only while
 * somebody listens.
 *
 * @internal
 */
export function createSurroundings(
  platform: Pick<Platform, 'clock' | 'timers' | 'online' | 'visibility' | 'pageCache'>,
): Surroundings {
  const listeners = new Set<(event: SurroundingEvent) => void>();
  let stopListening: Cancel | null = null;

  const tell = (event: SurroundingEvent) => {
    // a listener may stop others
    for (const listener of [...listeners]) if (listeners.has(listener)) listener(event);
  };
  const listen = (): Cancel => {
    const cancels = [
      platform.online.subscribe((isOnline) => {
        tell(isOnline ? 'ONLINE' : 'OFFLINE');
      }),
      platform.visibility.subscribe((isVisible) => {
        if (isVisible) tell('VISIBLE');
      }),
      platform.pageCache.subscribe((event) => {
        tell(event === 'taken' ? 'PAGE_SHOWN' : 'PAGE_HIDDEN');
      }),
      watchForSleep(platform, () => {
        tell('CLOCK_JUMPED');
      }),
    ];
    return () => {
      for (const cancel of cancels) cancel();
    };
  };
  return {
    subscribe(listener) {
      // wrapped, so that one function subscribed twice counts twice
      const entry = (event: SurroundingEvent) => {
        listener(event);
      };
      listeners.add(entry);
      stopListening ??= listen();
      return () => {
        listeners.delete(entry);
        if (listeners.size > 0) return;
        stopListening?.();
        stopListening = null;
      };
    },
  };
}
