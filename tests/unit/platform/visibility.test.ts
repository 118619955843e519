import { afterEach, describe, expect, it } from '@jest/globals';

import { systemVisibility } from '../../../src/platform/visibility';
import { FakeBrowser, noop, withGlobals } from '../../support/browserGlobals';

describe('systemVisibility', () => {
  let restore: () => void = noop;
  afterEach(() => {
    restore();
  });

  it('is visible where there is no page', () => {
    const cancel = systemVisibility.subscribe(() => undefined);
    expect(systemVisibility.isVisible()).toBe(true);
    cancel();
  });

  it('tells of each change, and leaves no listener behind', () => {
    const browser = new FakeBrowser();
    restore = withGlobals(browser.globals());
    const heard: boolean[] = [];
    const cancel = systemVisibility.subscribe((visible) => heard.push(visible));

    browser.document.visibilityState = 'hidden';
    browser.document.dispatchEvent(new Event('visibilitychange'));
    browser.document.visibilityState = 'visible';
    browser.document.dispatchEvent(new Event('visibilitychange'));
    cancel();
    browser.document.dispatchEvent(new Event('visibilitychange'));

    expect(heard).toEqual([false, true]);
    expect(browser.listeners()).toBe(0);
  });
});
