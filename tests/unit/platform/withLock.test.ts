import { describe, expect, it } from '@jest/globals';
import { withLock } from '../../../src/platform/withLock';
import { createFakeOrigin, createVirtualTime } from '../../../src/testing';

function setUp() {
  const time = createVirtualTime();
  const origin = createFakeOrigin();
  const order: string[] = [];
  const tab = () => {
    const one = origin.tab();
    const run = (word: string, ms: number) =>
      withLock({ locks: one.locks, timers: time.timers }, 'refresh', 1_000, async () => {
        order.push(`${word} begins`);
        await new Promise<void>((resolve) => time.timers.after(ms, resolve));
        order.push(`${word} ends`);
        return word;
      });
    return { ...one, run };
  };
  return { time, order, tab };
}

describe('withLock', () => {
  it('lets one tab at a time', async () => {
    const { time, order, tab } = setUp();
    const [one, two] = [tab(), tab()];
    const both = Promise.all([one.run('one', 100), two.run('two', 100)]);
    await time.advance(300);
    expect(await both).toEqual(['one', 'two']);
    expect(order).toEqual(['one begins', 'one ends', 'two begins', 'two ends']);
    expect([one.held().locks, two.held().locks, time.pendingTimers()]).toEqual([0, 0, 0]);
  });

  it('does not wait for ever, and not at all where there are no locks', async () => {
    const { time, order, tab } = setUp();
    const [one, two] = [tab(), tab()];
    const both = Promise.all([one.run('one', 5_000), two.run('two', 100)]);
    await time.advance(1_200);
    expect(order).toEqual(['one begins', 'two begins', 'two ends']);
    await time.advance(5_000);
    await both;
    const locks = { ...two.locks, isSupported: () => false };
    const ports = { locks, timers: time.timers };
    expect(await withLock(ports, 'refresh', 1_000, () => Promise.resolve(7))).toBe(7);
    expect(time.pendingTimers()).toBe(0);
  });

  it('frees it where what was done failed', async () => {
    const { time, tab } = setUp();
    const one = tab();
    const ports = { locks: one.locks, timers: time.timers };
    const failing = withLock(ports, 'refresh', 1_000, () => Promise.reject(new Error('no')));
    await expect(failing).rejects.toThrow('no');
    expect(one.held().locks).toBe(0);
  });
});
