import { describe, expect, it } from '@jest/globals';

import {
  loadDone,
  loadFailed,
  loadStarted,
  pageKey,
  workspaceKey,
} from '../../../src/actions/load';
import { loadsReducer } from '../../../src/state/loads';
import { general } from '../../support/exampleData';

const start = loadsReducer(undefined, { type: 'start' });
const key = pageKey(general, null, 'newest');

describe('loads', () => {
  it('are listed while under way, with the reason once failed, and not at all when done', () => {
    const loading = loadsReducer(start, loadStarted({ key }));
    expect(loading).toEqual([{ key, status: 'loading', code: null }]);
    const failed = loadsReducer(loading, loadFailed({ key, code: 'TIMEOUT' }));
    expect(failed).toEqual([{ key, status: 'failed', code: 'TIMEOUT' }]);
    expect(loadsReducer(loadsReducer(failed, loadStarted({ key })), loadDone({ key }))).toBe(start);
  });

  it('are kept as the newest 64 that failed, beside all that are under way', () => {
    const keys = Array.from({ length: 500 }, (_unused, i) => `page:${i}`);
    const loading = keys.map((one) => loadStarted({ key: one })).reduce(loadsReducer, start);
    expect(loading).toHaveLength(500);
    const failed = keys
      .slice(0, 499)
      .map((one) => loadFailed({ key: one, code: 'NOT_FOUND' }))
      .reduce(loadsReducer, loading);
    expect(failed.map((load) => load.key)).toEqual(['page:499', ...keys.slice(435, 499)]);
    const again = loadsReducer(failed, loadFailed({ key: 'page:440', code: 'TIMEOUT' }));
    expect(again.at(-1)).toMatchObject({ key: 'page:440', code: 'TIMEOUT' });
    expect(again).toHaveLength(65);
  });

  it('do not touch each other', () => {
    const both = [key, workspaceKey]
      .map((one) => loadStarted({ key: one }))
      .reduce(loadsReducer, start);
    const one = loadsReducer(both, loadDone({ key }));
    expect(one).toEqual([both[1]]);
    expect(one[0]).toBe(both[1]);
  });

  it('stay the same for what is known', () => {
    expect(loadsReducer(start, loadDone({ key }))).toBe(start);
    const loading = loadsReducer(start, loadStarted({ key }));
    expect(loadsReducer(loading, loadStarted({ key }))).toBe(loading);
  });
});
