import { describe, expect, it } from '@jest/globals';
import { retryRequested } from '../../../src/actions/command';
import { createSafeStore } from '../../../src/middleware/safeStore';
import { createCounters } from '../../../src/platform/counters';
import { createFakePlatform } from '../../../src/testing';

describe('createSafeStore', () => {
  it('dispatches, and gives back what the store gives back', () => {
    const counters = createCounters();
    const got: unknown[] = [];
    const dispatch = <A>(action: A): A => {
      got.push(action);
      return action;
    };
    const getState = () => ({});
    const safe = createSafeStore(
      { counters, platform: createFakePlatform() },
      { dispatch, getState },
    );
    const action = retryRequested(null);
    expect(safe.dispatch(action)).toBe(action);
    expect(got).toEqual([action]);
    expect(safe.getState).toBe(getState);
    expect(counters.snapshot().handlerErrors).toBeUndefined();
  });

  it('counts what a dispatch throws, says it in the log, and goes on', () => {
    const counters = createCounters();
    const platform = createFakePlatform();
    const error = new Error('mine');
    const dispatch = () => {
      throw error;
    };
    const safe = createSafeStore({ counters, platform }, { dispatch, getState: () => ({}) });
    const action = retryRequested(null);
    expect(safe.dispatch(action)).toBe(action);
    expect(counters.snapshot().handlerErrors?.by).toEqual({ store: 1 });
    expect(platform.logged).toMatchObject([
      { event: 'the store failed', data: { type: action.type, error } },
    ]);
  });
});
