import { describe, expect, it } from '@jest/globals';

import { startRequested, stopRequested } from '../../../src/actions/command';
import { defaultInstance, isOfInstance, isType } from '../../../src/actions/define';
import { pageKey } from '../../../src/actions/load';

describe('an action', () => {
  it('carries the instance that it belongs to', () => {
    expect(startRequested(null)).toEqual({
      ...{ type: 'command/startRequested', payload: null, meta: { hudhud: defaultInstance } },
    });
    expect(startRequested(null, 'support').meta.hudhud).toBe('support');
  });

  it('is told from those of other instances and of the host, whatever these look like', () => {
    expect(isOfInstance(startRequested(null, 'support'), 'support')).toBe(true);
    expect(isOfInstance(startRequested(null), 'support')).toBe(false);
    for (const meta of [undefined, null, 7, 'hudhud', {}, { hudhud: null }]) {
      expect(isOfInstance({ type: 'x', meta }, 'hudhud')).toBe(false);
    }
  });

  it('is told by its creator', () => {
    expect(isType(startRequested(null), startRequested)).toBe(true);
    expect(isType(startRequested(null), stopRequested)).toBe(false);
  });
});

describe('pageKey', () => {
  it('tells timelines and sides apart', () => {
    const keys = [
      pageKey('c', null, 'newest'),
      pageKey('c', null, 'older'),
      pageKey('c', null, 'older', 10),
      pageKey('c', null, 'newer', 10),
      pageKey('c', null, 'newer', 11),
      pageKey('c', null, 'around', 10),
      pageKey('c', 'm', 'newest'),
      pageKey('d', null, 'newest'),
    ];
    expect(new Set(keys).size).toBe(keys.length);
  });
});
