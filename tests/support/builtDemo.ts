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
import type { Pages } from './pageServer';
import { servePages } from './pageServer';

/** The demo's production build in front of an emulator, and a browser to visit it with. */
export interface Site {
  readonly emulator: Emulator;
  readonly url: string;
  /** Opens a window of somebody's own on it, on its first page unless a path is named. */
  visit(options?: BrowserContextOptions, path?: string): Promise<Window>;
}

/**
 * Sets it up for the tests of a suite. With `keepsData` the emulator's data outlives a crash of it; with `isStarted` the
 * build is served by what `npm start -- --dist` runs.
 */
export function useBuiltDemo({ keepsData = false, isStarted = false } = {}): Site {
  let folder: string | undefined;
  let emulator: Emulator | undefined;
  let pages: Pages | Demo | undefined;
  let browser: Browser | undefined;
  const must = <T>(part: T | undefined): T => {
    if (part === undefined) throw new Error('The suite has not begun.');
    return part;
  };

  beforeAll(async () => {
    if (keepsData) folder = await mkdtemp(join(tmpdir(), 'hudhud-demo-'));
    emulator = await startEmulator(folder === undefined ? [] : ['--data', folder]);
    const { url } = emulator;
    [pages, browser] = await Promise.all([
      isStarted ? startDemo(['--dist', builtDemo, '--backend', url]) : servePages(builtDemo, url),
      connectBrowser(),
    ]);
  });
  afterAll(async () => {
    await browser?.close();
    await pages?.stop();
    await emulator?.stop();
    if (folder !== undefined) await rm(folder, { recursive: true, force: true });
  });

  return {
    get emulator() {
      return must(emulator);
    },
    get url() {
      return must(pages).url;
    },
    visit: (options, path = '/') => openWindow(must(browser), must(pages).url + path, options),
  };
}
