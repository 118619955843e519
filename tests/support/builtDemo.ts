import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from '@jest/globals';
import type { Browser, BrowserContextOptions } from 'playwright-core';
import type { Window } from './browser';
import { connectBrowser, openWindow } from './browser';
import type { Demo } from './demo';
import { builtDemo, startDemo } from './demo';
import type { Emulator } from './emulator';
import { startEmulator } from './emulator';

/** The demo's production build in front of an emulator, and a browser to visit it with. */
export interface Site {
  readonly emulator: Emulator;
  readonly url: string;
  /** Opens a window of somebody's own on it, on its first page unless a path is named. */
  visit(options?: BrowserContextOptions, path?: string): Promise<Window>;
}

/** Sets it up for the tests of a suite. With `keepsData` the emulator's data outlives a crash of it. */
export function useBuiltDemo({ keepsData = false } = {}): Site {
  let folder: string | undefined;
  let emulator: Emulator | undefined;
  let demo: Demo | undefined;
  let browser: Browser | undefined;
  const must = <T>(part: T | undefined): T => {
    if (part === undefined) throw new Error('The suite has not begun.');
    return part;
  };

  beforeAll(async () => {
    if (keepsData) folder = await mkdtemp(join(tmpdir(), 'hudhud-demo-'));
    emulator = await startEmulator(folder === undefined ? [] : ['--data', folder]);
    [demo, browser] = await Promise.all([
      startDemo(['--dist', builtDemo, '--backend', emulator.url]),
      connectBrowser(),
    ]);
  });
  afterAll(async () => {
    await browser?.close();
    await demo?.stop();
    await emulator?.stop();
    if (folder !== undefined) await rm(folder, { recursive: true, force: true });
  });

  return {
    get emulator() {
      return must(emulator);
    },
    get url() {
      return must(demo).url;
    },
    visit: (options, path = '/') => openWindow(must(browser), must(demo).url + path, options),
  };
}
