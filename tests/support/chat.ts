import { afterEach } from '@jest/globals';
import type { BrowserContextOptions } from 'playwright-core';
import type { Window } from './browser';
import { useBuiltDemo } from './builtDemo';
import { signInOn } from './chatPage';
import type { Emulator } from './emulator';

/** The built demo with a backend that can be told to fail, and windows that people have open on it. */
export interface Chat {
  readonly emulator: Emulator;
  /** Opens a window and signs in. */
  open(username: string, options?: BrowserContextOptions): Promise<Window>;
}

/** Sets it up for the tests of a suite; windows and faults end with each test. */
export function useChat(): Chat {
  const site = useBuiltDemo();
  let windows: Window[] = [];

  afterEach(async () => {
    await site.emulator.setFaults();
    await Promise.all(windows.map((window) => window.close()));
    windows = [];
  });

  return {
    get emulator() {
      return site.emulator;
    },
    async open(username, options) {
      const window = await site.visit(options);
      windows.push(window);
      await signInOn(window.page, username);
      return window;
    },
  };
}
