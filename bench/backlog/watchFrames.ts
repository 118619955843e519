import type { Page } from 'playwright-core';

/** How a page stood while it worked; in ms. */
export interface Watched {
  /** From the first look to the last. */
  readonly durationMs: number;
  readonly frames: number;
  /** The longest time between two frames. */
  readonly longestGapMs: number;
  /** Tasks of the main thread that took over 50 ms, which is what the browser calls long. */
  readonly longTasks: readonly Task[];
}

interface Task {
  readonly atMs: number;
  readonly ms: number;
}

/** Watches the page's frames from now on; what it gives back ends that. */
export async function watchFrames(page: Page): Promise<() => Promise<Watched>> {
  const watch = await page.evaluateHandle(() => {
    const begun = performance.now();
    const seen = { begun, last: begun, frames: 0, longestGapMs: 0, longTasks: [] as Task[] };
    const observer = new PerformanceObserver((list) => {
      for (const { startTime, duration } of list.getEntries()) {
        seen.longTasks.push({ atMs: startTime - begun, ms: duration });
      }
    });
    observer.observe({ type: 'longtask' });
    const look = (now: number) => {
      seen.longestGapMs = Math.max(seen.longestGapMs, now - seen.last);
      seen.last = now;
      seen.frames += 1;
      requestAnimationFrame(look);
    };
    requestAnimationFrame((now) => {
      seen.last = now;
      look(now);
    });
    return seen;
  });
  return () =>
    watch.evaluate(({ begun, frames, longestGapMs, longTasks }) => ({
      ...{ durationMs: performance.now() - begun, frames, longestGapMs, longTasks },
    }));
}
