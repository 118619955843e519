import { afterAll, beforeAll } from '@jest/globals';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import type { Window } from './browser';
import { connectBrowser, openWindow } from './browser';
import type { Demo } from './demo';
import { builtDemo, startDemo } from './demo';

/** Parts of the drawing that say something. */
export const shapes =
  '.inspector-drawing .density, .inspector-drawing .phase, .inspector-drawing .mark';

interface InspectorPage {
  /** Opens the page, with no log on it. */
  readonly open: (options?: BrowserContextOptions) => Promise<Window>;
  /** Opens it, and a log on it. */
  readonly show: (
    file: Parameters<ReturnType<Page['locator']>['setInputFiles']>[0],
    options?: BrowserContextOptions,
  ) => Promise<Window>;
}

/** Sets the inspector up for the tests of a suite; nobody is asked: the page reads a file. */
export function useInspector(): InspectorPage {
  let demo: Demo | undefined;
  let browser: Browser | undefined;
  beforeAll(async () => {
    demo = await startDemo(['--backend', 'http://127.0.0.1:9', '--dist', builtDemo]);
    browser = await connectBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await demo?.stop();
  });
  const open = (options?: BrowserContextOptions) => {
    if (demo === undefined || browser === undefined) throw new Error('The suite has not begun.');
    return openWindow(browser, `${demo.url}/inspector.html`, options);
  };
  return {
    open,
    async show(file, options) {
      const window = await open(options);
      await window.page.getByLabel('Open a log').setInputFiles(file);
      return window;
    },
  };
}
