import { afterEach, describe, expect, it } from '@jest/globals';

import { systemPageCache } from '../../../src/platform/pageCache';
import { FakeBrowser, noop, withGlobals } from '../../support/browserGlobals';

const move = (type: string, persisted: boolean) => Object.assign(new Event(type), { persisted });

describe('systemPageCache', () => {
  let restore: () => void = noop;
  afterEach(() => {
    restore();
  });

  it('says nothing where there is no page', () => {
    const cancel = systemPageCache.subscribe(() => undefined);
    cancel();
  });

  it('tells when the page is put there and taken from there, and leaves no listener behind', () => {
    const browser = new FakeBrowser();
    restore = withGlobals(browser.globals());
    const heard: string[] = [];
    const cancel = systemPageCache.subscribe((event) => heard.push(event));
    browser.window.dispatchEvent(move('pagehide', true));
    browser.window.dispatchEvent(move('pageshow', true));
    cancel();
    browser.window.dispatchEvent(move('pagehide', true));
    expect(heard).toEqual(['put', 'taken']);
    expect(browser.listeners()).toBe(0);
  });

  it('says nothing of a page that is loaded, or left for good', () => {
    const browser = new FakeBrowser();
    restore = withGlobals(browser.globals());
    const heard: string[] = [];
    const cancel = systemPageCache.subscribe((event) => heard.push(event));
    browser.window.dispatchEvent(move('pageshow', false));
    browser.window.dispatchEvent(move('pagehide', false));
    browser.window.dispatchEvent(new Event('pageshow'));
    expect(heard).toEqual([]);
    cancel();
  });
});
