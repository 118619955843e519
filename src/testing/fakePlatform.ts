import type { FetchLike } from '../platform/fetchLike';
import type { Platform } from '../platform/platform';
import type { Cancel } from '../platform/timers';
import type { UploadLike } from '../platform/upload';
import { createFetchUpload } from '../platform/upload';
import { createFakeOrigin } from './fakeOrigin';
import type { OpenSocket } from '../platform/webSocket';
import { createSeededRandom } from './seededRandom';
import type { VirtualTime } from './virtualTime';
import { createVirtualTime } from './virtualTime';

/** How a fake platform starts. @public */
export interface FakePlatformOptions {
  /** Seed of chance. Default 1. */
  readonly seed?: number;
  /** Time of day at the start, in ms since 1970. Default: a day in September 2025. */
  readonly now?: number;
  /** Time that it shares with other platforms; `now` is its own to say then. Default: a time of its own. */
  readonly time?: VirtualTime;
  /** Who answers requests. Default: nobody, as without a network. */
  readonly fetch?: FetchLike;
  /** Who takes files. Default: `fetch`. */
  readonly upload?: UploadLike;
  /** Who answers WebSockets. Default: there are none. */
  readonly openSocket?: OpenSocket;
  /** `'time'`: a frame comes after 16 ms. `'manual'`: only `flushFrames` brings one. Default `'time'`. */
  readonly frames?: 'time' | 'manual';
  /** What it shares with other tabs: a `FakeTab`'s. Default: a browser of its own. */
  readonly storage?: Platform['storage'];
  readonly locks?: Platform['locks'];
  readonly broadcast?: Platform['broadcast'];
}

/** One line that was logged. @public */
export interface LogLine {
  readonly at: number;
  readonly event: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** What is still held; all zero after everything was stopped (L18). @public */
export interface PendingWork {
  readonly timers: number;
  readonly frames: number;
  readonly listeners: number;
}

/** A world under control of a test. @public */
export interface FakePlatform extends Platform {
  advance(ms: number): Promise<void>;
  settle(): Promise<void>;
  jumpClock(ms: number): void;
  setOnline(online: boolean): void;
  setVisible(visible: boolean): void;
  /** Puts the page into the back/forward cache, or takes it from there. */
  setCached(cached: boolean): void;
  /** Runs what waits for the next frame. */
  flushFrames(): void;
  pending(): PendingWork;
  readonly logged: readonly LogLine[];
}

function createSwitch(initial = true) {
  let value = initial;
  const listeners = new Set<(value: boolean) => void>();
  return {
    get: () => value,
    set: (next: boolean) => {
      if (next === value) return;
      value = next;
      for (const listener of [...listeners]) if (listeners.has(listener)) listener(next);
    },
    subscribe: (listener: (value: boolean) => void): Cancel => {
      // Wrapped, so that one function subscribed twice counts twice.
      const entry = (now: boolean) => {
        listener(now);
      };
      listeners.add(entry);
      return () => {
        listeners.delete(entry);
      };
    },
    count: () => listeners.size,
  };
}

const noNetwork: FetchLike = () => Promise.reject(new TypeError('no network in this test'));

/**
 * Makes a platform whose time, chance, network state and visibility a test decides.
 *
 * @public
 * @example
 * ```ts
 * const platform = createFakePlatform({ fetch: server.fetch });
 * connection.start();
 * await platform.advance(30_000);
 * connection.stop();
 * expect(platform.pending()).toEqual({ timers: 0, frames: 0, listeners: 0 });
 * ```
 */
export function createFakePlatform(options: FakePlatformOptions = {}): FakePlatform {
  const time = options.time ?? createVirtualTime(options.now);
  const online = createSwitch();
  const visible = createSwitch();
  const cached = createSwitch(false);
  const frames = new Set<() => void>();
  const logged: LogLine[] = [];
  const fetch = options.fetch ?? noNetwork;
  const tab = createFakeOrigin().tab();

  return {
    ...time,
    random: createSeededRandom(options.seed ?? 1),
    fetch,
    upload: options.upload ?? createFetchUpload(fetch),
    openSocket: options.openSocket ?? (() => null),
    online: { isOnline: online.get, subscribe: online.subscribe },
    visibility: { isVisible: visible.get, subscribe: visible.subscribe },
    pageCache: {
      subscribe: (listener) =>
        cached.subscribe((isCached) => {
          listener(isCached ? 'put' : 'taken');
        }),
    },
    scheduler: {
      nextFrame(run) {
        const frame = () => {
          cancel();
          run();
        };
        const cancelTimer = options.frames === 'manual' ? null : time.timers.after(16, frame);
        const cancel = () => {
          frames.delete(frame);
          cancelTimer?.();
        };
        frames.add(frame);
        return cancel;
      },
      afterFrame: queueMicrotask,
    },
    logger: {
      debug(event, data = {}) {
        logged.push({ at: time.clock.now(), event, data });
      },
    },
    storage: options.storage ?? tab.storage,
    // a tab that knows no others has nothing to share with them
    locks: options.locks ?? { ...tab.locks, isSupported: () => false },
    broadcast: options.broadcast ?? tab.broadcast,
    setOnline: online.set,
    setVisible: visible.set,
    setCached: cached.set,
    flushFrames() {
      for (const frame of [...frames]) if (frames.has(frame)) frame();
    },
    pending: () => ({
      timers: time.pendingTimers(),
      frames: frames.size,
      listeners: online.count() + visible.count() + cached.count(),
    }),
    logged,
  };
}
