import { afterEach, describe, expect, it, jest } from '@jest/globals';

import { clampDelay, holdingTimers, maxDelay, systemTimers } from '../../../src/platform/timers';

describe('clampDelay', () => {
  it.each([
    [5, 5],
    [0, 0],
    [-1, 0],
    [0.4, 1],
    [Number.NaN, 0],
    [maxDelay + 1, maxDelay],
    [99_999_999_999, maxDelay],
    [Infinity, maxDelay],
  ])('makes %p a delay of %p', (asked, given) => {
    expect(clampDelay(asked)).toBe(given);
  });
});

describe.each([
  ['systemTimers', systemTimers, false],
  ['holdingTimers', holdingTimers, true],
])('%s', (_name, timers, isHolding) => {
  afterEach(() => {
    jest.useRealTimers();
  });

  it('calls back once, after the delay', () => {
    jest.useFakeTimers();
    const run = jest.fn();
    timers.after(50, run);
    jest.advanceTimersByTime(49);
    expect(run).not.toHaveBeenCalled();
    jest.advanceTimersByTime(1_000);
    expect(run).toHaveBeenCalledTimes(1);
  });

  it('does not call back after it was called off', () => {
    jest.useFakeTimers();
    const run = jest.fn();
    const cancel = timers.after(50, run);
    cancel();
    cancel();
    jest.advanceTimersByTime(1_000);
    expect(run).not.toHaveBeenCalled();
    expect(jest.getTimerCount()).toBe(0);
  });

  it('does not fire at once for a delay that a timer cannot hold', () => {
    const setTimeout = jest.spyOn(globalThis, 'setTimeout');
    timers.after(99_999_999_999, () => undefined)();
    expect(setTimeout.mock.calls[0]?.[1]).toBe(maxDelay);
  });

  it(`${isHolding ? 'keeps' : 'does not keep'} a Node process alive`, () => {
    const setTimeout = jest.spyOn(globalThis, 'setTimeout');
    const cancel = timers.after(60_000, () => undefined);
    const handle = setTimeout.mock.results[0]?.value as NodeJS.Timeout;
    expect(handle.hasRef()).toBe(isHolding);
    cancel();
  });
});
