import { afterAll, beforeAll } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import type { Window } from './browser';
import { connectBrowser, openWindow } from './browser';
import { builtDemo } from './demo';
import type { Pages } from './pageServer';
import { servePages } from './pageServer';

/** Parts of the drawing that say something. */
export const shapes =
  '.inspector-drawing .density, .inspector-drawing .phase, .inspector-drawing .mark';

interface InspectorPage {
  /** Opens the page, with no log on it. */
  readonly open: () => Promise<Window>;
  /** Opens it, and a log on it. */
  readonly show: (
    file: Parameters<ReturnType<Page['locator']>['setInputFiles']>[0],
  ) => Promise<Window>;
}

/** Sets the inspector up for the tests of a suite; nobody is asked: the page reads a file. */
export function useInspector(): InspectorPage {
  let pages: Pages | undefined;
  let browser: Browser | undefined;
  beforeAll(async () => {
    pages = await servePages(builtDemo, 'http://127.0.0.1:9');
    browser = await connectBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await pages?.stop();
  });
  const open = () => {
    if (pages === undefined || browser === undefined) throw new Error('The suite has not begun.');
    return openWindow(browser, `${pages.url}/inspector.html`);
  };
  return {
    open,
    async show(file) {
      const window = await open();
      await window.page.getByLabel('Open a log').setInputFiles(file);
      return window;
    },
  };
}
