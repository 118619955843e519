import type { Cancel, Timers } from '../platform/timers';

/** How far one upload is, told a few times per second at most. @internal */
export interface UploadProgress {
  readonly reached: (loaded: number) => void;
  /** Tells nothing any more. */
  stop(): void;
}

const intervalMs = 200;

/**
 * Tells the first step at once, then the newest one of each interval. What is no step forward is not told: a second try
 * starts from zero, and nobody wants to see that.
 *
 * @internal
 */
export function createUploadProgress(
  timers: Timers,
  tell: (loaded: number) => void,
): UploadProgress {
  let newest = 0;
  let told = 0;
  let isStopped = false;
  let cancel: Cancel | null = null;

  const say = () => {
    if (isStopped || cancel !== null || newest <= told) return;
    told = newest;
    // before it is told: whoever hears it may stop everything
    cancel = timers.after(intervalMs, () => {
      cancel = null;
      say();
    });
    tell(told);
  };
  return {
    reached(loaded) {
      newest = Math.max(newest, loaded);
      say();
    },
    stop() {
      isStopped = true;
      cancel?.();
      cancel = null;
    },
  };
}
