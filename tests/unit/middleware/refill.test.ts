import { describe, expect, it } from '@jest/globals';
import { configureStore } from '@reduxjs/toolkit';

import { loadDone, loadFailed, loadStarted } from '../../../src/actions/load';
import type { HudhudErrorCode } from '../../../src/errors';
import type { RefillStep } from '../../../src/middleware/refill';
import { createRefill } from '../../../src/middleware/refill';
import { createSelectors } from '../../../src/selectors/createSelectors';
import { createRootReducer } from '../../../src/state/rootReducer';
import { createFakePlatform } from '../../../src/testing';
import { budgetDefaults, createRateBudget } from '../../../src/transport/rateBudget';
import { connection } from '../../support/exampleData';
import { nothingPending } from '../../support/connectionSetup';

function setUp() {
  const platform = createFakePlatform();
  const budget = createRateBudget(budgetDefaults, platform.clock);
  const store = configureStore({ reducer: { hudhud: createRootReducer('hudhud') } });
  const refill = createRefill({ platform, budget, selectors: createSelectors() }, store);
  /** Keys of what was read, in order, and what has not answered. */
  const read: string[] = [];
  const answers: (() => void)[] = [];
  const fates: Record<string, HudhudErrorCode | 'held' | 'unwanted'> = {};
  const step = (key: string): RefillStep => ({
    key,
    isWanted: () => fates[key] !== 'unwanted',
    run: () =>
      new Promise((resolve) => {
        read.push(key);
        store.dispatch(loadStarted({ key }));
        const answer = () => {
          const fate = fates[key];
          const code = fate === 'held' || fate === 'unwanted' ? undefined : fate;
          store.dispatch(code === undefined ? loadDone({ key }) : loadFailed({ key, code }));
          resolve(code === undefined);
        };
        if (fates[key] === 'held') answers.push(answer);
        else answer();
      }),
  });
  const add = (...keys: readonly string[]) => {
    const told: { is?: boolean } = {};
    void refill.add(keys.map(step)).then((is) => {
      told.is = is;
    });
    return told;
  };
  const answer = async () => {
    for (const run of answers.splice(0)) run();
    await platform.settle();
  };
  /** Something else has read it, and failed. */
  const again = (key: string, code: HudhudErrorCode) => {
    store.dispatch(loadFailed({ key, code }));
    refill.again(step(key));
  };
  return { platform, store, budget, refill, read, fates, add, again, answer };
}

describe('a refill', () => {
  it('reads one thing after another, in the order that is asked for', async () => {
    const { platform, read, fates, add, answer } = setUp();
    fates['a'] = fates['b'] = 'held';
    const told = add('a', 'b', 'c');
    await platform.settle();
    expect(read).toEqual(['a']);
    await answer();
    expect(read).toEqual(['a', 'b']);
    expect(told.is).toBeUndefined();
    await answer();
    expect(read).toEqual(['a', 'b', 'c']);
    expect(told.is).toBe(true);
    expect(platform.pending()).toEqual(nothingPending);
  });

  it('asks right before whether something is wanted still', async () => {
    const { platform, read, fates, add, answer } = setUp();
    fates['a'] = 'held';
    const told = add('a', 'b', 'c');
    await platform.settle();
    fates['b'] = 'unwanted';
    await answer();
    expect(read).toEqual(['a', 'c']);
    expect(told.is).toBe(true);
  });

  it('puts what is added first, and reads what waits under the same key once', async () => {
    const { platform, read, fates, add, answer } = setUp();
    fates['a'] = 'held';
    const first = add('a', 'b', 'c');
    await platform.settle();
    const second = add('c', 'd');
    await answer();
    expect(read).toEqual(['a', 'c', 'd', 'b']);
    expect([first.is, second.is]).toEqual([true, true]);
  });

  it('tries again what failed for a passing reason: later and later, and says after eight times that it did not come', async () => {
    const { platform, read, fates, add } = setUp();
    fates['a'] = 'NETWORK';
    const told = add('a', 'b');
    await platform.settle();
    expect(read).toEqual(['a', 'b']);
    await platform.advance(2_000);
    expect(read[2]).toBe('a');
    while (told.is === undefined) await platform.advance(1_000);
    expect(told.is).toBe(false);
    expect(read.filter((key) => key === 'a')).toHaveLength(9);
    expect(read.filter((key) => key === 'b')).toHaveLength(1);
    // also what nobody waits for any more is to be read
    delete fates['a'];
    await platform.advance(60_000);
    expect(read.filter((key) => key === 'a')).toHaveLength(10);
    expect(platform.pending()).toEqual(nothingPending);
  });

  it('is whole where what failed came after all', async () => {
    const { platform, read, fates, add } = setUp();
    fates['a'] = 'SERVER_ERROR';
    const told = add('a');
    await platform.settle();
    delete fates['a'];
    await platform.advance(2_000);
    expect(read).toEqual(['a', 'a']);
    expect(told.is).toBe(true);
  });

  it.each<HudhudErrorCode>(['FORBIDDEN', 'NOT_FOUND', 'UNAUTHORIZED', 'BAD_RESPONSE', 'ABORTED'])(
    'does not ask again for what is %s, and goes on',
    async (code) => {
      const { platform, read, fates, add } = setUp();
      fates['a'] = code;
      const told = add('a', 'b');
      await platform.advance(120_000);
      expect(read).toEqual(['a', 'b']);
      expect(told.is).toBe(false);
    },
  );

  it('does ask again for what is UNAUTHORIZED while a stream is open, which shows that the session is not over', async () => {
    const { platform, store, read, fates, add } = setUp();
    store.dispatch(connection('open'));
    fates['a'] = 'UNAUTHORIZED';
    add('a');
    await platform.settle();
    delete fates['a'];
    await platform.advance(2_000);
    expect(read).toEqual(['a', 'a']);
  });

  it('reads what is added once, also where it has failed before', async () => {
    const { platform, read, fates, add } = setUp();
    fates['a'] = 'NETWORK';
    add('a');
    await platform.settle();
    delete fates['a'];
    add('a');
    await platform.advance(120_000);
    expect(read).toEqual(['a', 'a']);
    expect(platform.pending()).toEqual(nothingPending);
  });

  it('tries nothing again before the budget has room', async () => {
    const { platform, budget, read, fates, add } = setUp();
    fates['a'] = 'RATE_LIMITED';
    budget.spend('history').answered({ status: 429, quota: null, retryAfterMs: 90_000 });
    add('a');
    await platform.advance(89_000);
    expect(read).toEqual(['a']);
    await platform.advance(2_000);
    expect(read[1]).toBe('a');
  });

  it('does not let what is new wait for what failed', async () => {
    const { platform, budget, read, fates, add } = setUp();
    fates['a'] = 'RATE_LIMITED';
    budget.spend('history').answered({ status: 429, quota: null, retryAfterMs: 90_000 });
    add('a');
    await platform.settle();
    add('b');
    await platform.settle();
    expect(read.slice(0, 3)).toEqual(['a', 'b', 'a']);
  });

  it('lets go of what was not begun, and of its pause; what is added then begins anew', async () => {
    const { platform, refill, read, fates, add, answer } = setUp();
    fates['a'] = 'held';
    const first = add('a', 'b');
    await platform.settle();
    refill.clear();
    const second = add('c');
    await platform.settle();
    expect(read).toEqual(['a', 'c']);
    expect(second.is).toBe(true);
    await answer();
    expect(read).toEqual(['a', 'c']);
    expect(first.is).toBe(false);
    fates['d'] = 'NETWORK';
    const third = add('d');
    await platform.settle();
    expect(platform.pending().timers).toBe(1);
    refill.clear();
    await platform.settle();
    expect(third.is).toBe(false);
    expect(platform.pending()).toEqual(nothingPending);
  });

  it('tries again later what failed elsewhere, once, and not where that is of no use', async () => {
    const { platform, read, again } = setUp();
    again('a', 'RATE_LIMITED');
    again('a', 'RATE_LIMITED');
    again('b', 'FORBIDDEN');
    await platform.settle();
    expect(read).toEqual([]);
    await platform.advance(60_000);
    expect(read).toEqual(['a']);
    expect(platform.pending()).toEqual(nothingPending);
  });

  it('tries what failed elsewhere along with what failed here', async () => {
    const { platform, read, fates, add, again } = setUp();
    fates['a'] = 'NETWORK';
    const told = add('a');
    await platform.settle();
    again('a', 'NETWORK');
    again('b', 'NETWORK');
    delete fates['a'];
    await platform.advance(120_000);
    expect(read).toEqual(['a', 'a', 'b']);
    expect(told.is).toBe(true);
  });

  it('tries nothing again after it was let go', async () => {
    const { platform, read, refill, again } = setUp();
    again('a', 'NETWORK');
    refill.clear();
    await platform.advance(120_000);
    expect(read).toEqual([]);
    expect(platform.pending()).toEqual(nothingPending);
  });
});
