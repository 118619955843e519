import { afterAll, afterEach, beforeAll } from '@jest/globals';
import type { Browser, BrowserContextOptions } from 'playwright-core';
import type { Window } from './browser';
import { connectBrowser, openWindow } from './browser';
import { signInOn } from './chatPage';
import type { Demo } from './demo';
import { builtDemo, startDemo } from './demo';
import type { Emulator } from './emulator';
import { startEmulator } from './emulator';

/** The built demo with a backend that can be told to fail, and windows that people have open on it. */
export interface Chat {
  readonly emulator: Emulator;
  /** Opens a window and signs in. */
  open(username: string, options?: BrowserContextOptions): Promise<Window>;
}

/** Sets it up for the tests of a suite; windows and faults end with each test. */
export function useChat(): Chat {
  let emulator: Emulator | undefined;
  let demo: Demo | undefined;
  let browser: Browser | undefined;
  let windows: Window[] = [];
  const must = <T>(part: T | undefined): T => {
    if (part === undefined) throw new Error('The suite has not begun.');
    return part;
  };

  beforeAll(async () => {
    emulator = await startEmulator();
    [demo, browser] = await Promise.all([
      startDemo(['--dist', builtDemo, '--backend', emulator.url]),
      connectBrowser(),
    ]);
  });
  afterEach(async () => {
    await emulator?.setFaults();
    await Promise.all(windows.map((window) => window.close()));
    windows = [];
  });
  afterAll(async () => {
    await browser?.close();
    await demo?.stop();
    await emulator?.stop();
  });

  return {
    get emulator() {
      return must(emulator);
    },
    async open(username, options) {
      const window = await openWindow(must(browser), must(demo).url, options);
      windows.push(window);
      await signInOn(window.page, username);
      return window;
    },
  };
}
