import type { Page } from 'playwright-core';

/** How a page stood while it worked; in ms. */
export interface Watched {
  /** From the first look to the last. */
  readonly durationMs: number;
  readonly frames: number;
  /** The longest time between two frames. */
  readonly longestGapMs: number;
}

/** Watches the page's frames from now on; what it gives back ends that. */
export async function watchFrames(page: Page): Promise<() => Promise<Watched>> {
  const watch = await page.evaluateHandle(() => {
    const begun = performance.now();
    const seen = { begun, last: begun, frames: 0, longestGapMs: 0 };
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
    watch.evaluate(({ begun, frames, longestGapMs }) => ({
      ...{ durationMs: performance.now() - begun, frames, longestGapMs },
    }));
}
