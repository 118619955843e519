import type { Platform } from '../../src/platform/platform';
import { createBrowserPlatform } from '../../src/platform/platform';
import type { Cancel } from '../../src/platform/timers';
import { systemTimers } from '../../src/platform/timers';

export interface CountedPlatform extends Platform {
  /** Timers and listeners that are held at present. */
  held(): { readonly timers: number; readonly listeners: number };
  /** Everything that was logged, as one text. */
  logText(): string;
}

/** The real world, with a count of what it was asked to hold. */
export function createCountedPlatform(overrides: Partial<Platform> = {}): CountedPlatform {
  const timers = new Set<object>();
  const listeners = new Set<object>();
  const lines: string[] = [];
  const subscribe = (): Cancel => {
    const entry = {};
    listeners.add(entry);
    return () => {
      listeners.delete(entry);
    };
  };
  const platform = createBrowserPlatform({
    timers: {
      after(delayMs, run) {
        const entry = {};
        timers.add(entry);
        const cancel = systemTimers.after(delayMs, () => {
          timers.delete(entry);
          run();
        });
        return () => {
          timers.delete(entry);
          cancel();
        };
      },
    },
    online: { isOnline: () => true, subscribe },
    visibility: { isVisible: () => true, subscribe },
    pageCache: { subscribe },
    logger: {
      debug(event, data) {
        lines.push(
          JSON.stringify([event, data], (_key, value: unknown) =>
            value instanceof Error ? { message: value.message, stack: value.stack } : value,
          ),
        );
      },
    },
    ...overrides,
  });
  return {
    ...platform,
    held: () => ({ timers: timers.size, listeners: listeners.size }),
    logText: () => lines.join('\n'),
  };
}
