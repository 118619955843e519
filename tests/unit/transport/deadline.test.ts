import { describe, expect, it, jest } from '@jest/globals';

import { createVirtualTime } from '../../../src/testing';
import { withDeadline } from '../../../src/transport/deadline';

const never = () => new Promise<never>(() => undefined);
const errorOf = (reason: string) => new Error(reason);

function setUp() {
  const time = createVirtualTime();
  const controller = new AbortController();
  const removed = jest.spyOn(controller.signal, 'removeEventListener');
  const limits = { timeoutMs: 100, timers: time.timers, signal: controller.signal };
  return { time, controller, removed, limits };
}

describe('withDeadline', () => {
  it('passes on what the work gives, and leaves no timer or listener', async () => {
    const { time, removed, limits } = setUp();
    expect(await withDeadline(() => Promise.resolve(5), limits, errorOf)).toBe(5);
    await expect(
      withDeadline(() => Promise.reject(new Error('own')), limits, errorOf),
    ).rejects.toThrow('own');
    expect(time.pendingTimers()).toBe(0);
    expect(removed).toHaveBeenCalledTimes(2);
  });

  it('starts anew each time the work gets on, but not once it is over', async () => {
    const { time, limits } = setUp();
    let getOn: () => void = () => undefined;
    const result = withDeadline(
      (_signal, restart) => {
        getOn = restart;
        return never();
      },
      limits,
      errorOf,
    );
    const seen = expect(result).rejects.toThrow('TIMEOUT');
    for (let i = 0; i < 3; i += 1) {
      await time.advance(99);
      getOn();
      expect(time.pendingTimers()).toBe(1);
    }
    await time.advance(100);
    await seen;
    getOn();
    expect(time.pendingTimers()).toBe(0);
  });

  it('gives up in time, and tells the work', async () => {
    const { time, limits } = setUp();
    let told: AbortSignal | undefined;
    const result = withDeadline(
      (signal) => {
        told = signal;
        return never();
      },
      limits,
      errorOf,
    );
    const seen = expect(result).rejects.toThrow('TIMEOUT');
    await time.advance(100);
    await seen;
    expect(told?.aborted).toBe(true);
  });

  it('stops at once when called off', async () => {
    const { time, controller, removed, limits } = setUp();
    const seen = expect(withDeadline(never, limits, errorOf)).rejects.toThrow('ABORTED');
    controller.abort();
    await seen;
    expect(time.pendingTimers()).toBe(0);
    expect(removed).toHaveBeenCalledTimes(1);
  });

  it('does not start what was called off before', async () => {
    const { controller, limits } = setUp();
    controller.abort();
    const work = jest.fn(never);
    await expect(withDeadline(work, limits, errorOf)).rejects.toThrow('ABORTED');
    expect(work).not.toHaveBeenCalled();
  });
});
