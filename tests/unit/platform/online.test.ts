import { afterEach, describe, expect, it } from '@jest/globals';

import { systemOnline } from '../../../src/platform/online';
import { FakeBrowser, noop, withGlobals } from '../../support/browserGlobals';

describe('systemOnline', () => {
  let restore: () => void = noop;
  afterEach(() => {
    restore();
  });

  it('is online on a server, and has nothing to say there', () => {
    restore = withGlobals({ navigator: undefined });
    const cancel = systemOnline.subscribe(() => undefined);
    expect(systemOnline.isOnline()).toBe(true);
    cancel();
  });

  it('takes a navigator that says nothing as online', () => {
    restore = withGlobals({ navigator: {} });
    expect(systemOnline.isOnline()).toBe(true);
  });

  it('tells of each change, and leaves no listener behind', () => {
    const browser = new FakeBrowser();
    restore = withGlobals(browser.globals());
    const heard: boolean[] = [];
    const cancel = systemOnline.subscribe((online) => heard.push(online));

    browser.navigator.onLine = false;
    browser.window.dispatchEvent(new Event('offline'));
    expect(systemOnline.isOnline()).toBe(false);
    browser.window.dispatchEvent(new Event('online'));
    cancel();
    browser.window.dispatchEvent(new Event('offline'));

    expect(heard).toEqual([false, true]);
    expect(browser.listeners()).toBe(0);
  });
});
