import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';

import { debugLogger, silentLogger } from '../../../src/platform/logger';
import { noop, withGlobals } from '../../support/browserGlobals';

describe('debugLogger', () => {
  const debug = jest.fn<(...args: unknown[]) => void>();
  let restore: () => void = noop;
  const withStorage = (localStorage: unknown) => {
    restore = withGlobals({ localStorage, console: { debug } });
  };
  beforeEach(() => {
    debug.mockClear();
  });
  afterEach(() => {
    restore();
  });

  it('prints when the switch of the guide is on, and no secret', () => {
    withStorage({ getItem: (key: string) => (key === 'DEBUG_SSE' ? 'true' : null) });
    debugLogger.debug('connection', { phase: 'open', token: 's3cr3t' });
    debugLogger.debug('bare');
    expect(debug.mock.calls).toEqual([
      ['[hudhud] connection', { phase: 'open', token: '[redacted]' }],
      ['[hudhud] bare', {}],
    ]);
  });

  it.each([['false'], [null], ['1']])('is silent when the switch is %p', (value) => {
    withStorage({ getItem: () => value });
    debugLogger.debug('connection');
    expect(debug).not.toHaveBeenCalled();
  });

  it('is silent where there is no storage, or reading it throws', () => {
    withStorage(undefined);
    debugLogger.debug('connection');
    restore();
    withStorage({
      getItem: () => {
        throw new DOMException('denied', 'SecurityError');
      },
    });
    debugLogger.debug('connection');
    expect(debug).not.toHaveBeenCalled();
  });
});

describe('silentLogger', () => {
  it('says nothing', () => {
    const debug = jest.spyOn(console, 'debug').mockImplementation(() => undefined);
    silentLogger.debug('connection', { phase: 'open' });
    expect(debug).not.toHaveBeenCalled();
  });
});
