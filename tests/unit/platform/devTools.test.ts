import { describe, expect, it } from '@jest/globals';
import { hasDevTools } from '../../../src/platform/devTools';
import { withGlobals } from '../../support/browserGlobals';

describe('hasDevTools', () => {
  it('asks when it is asked, not when the page loads', () => {
    expect(hasDevTools()).toBe(false);
    const restore = withGlobals({ __REDUX_DEVTOOLS_EXTENSION__: () => undefined });
    expect(hasDevTools()).toBe(true);
    restore();
    expect(hasDevTools()).toBe(false);
  });
});
