import { describe, expect, it, jest } from '@jest/globals';

import { createFakePlatform, createSeededRandom, createVirtualTime } from '../../../src/testing';

describe('createVirtualTime', () => {
  it('runs timers in the order they are due, equal ones in the order they were made', async () => {
    const time = createVirtualTime(0);
    const order: string[] = [];
    time.timers.after(20, () => order.push('c'));
    time.timers.after(10, () => order.push('a'));
    time.timers.after(10, () => order.push('b'));
    await time.advance(20);
    expect(order).toEqual(['a', 'b', 'c']);
    expect(time.clock.now()).toBe(20);
  });

  it('lets promises settle between timers, and runs what they started', async () => {
    const time = createVirtualTime(0);
    const at: number[] = [];
    time.timers.after(10, () => {
      void Promise.resolve().then(() => {
        time.timers.after(5, () => at.push(time.clock.now()));
      });
    });
    await time.advance(20);
    expect(at).toEqual([15]);
    expect(time.pendingTimers()).toBe(0);
  });

  it('tells how long it was moved on, however the clock jumped', async () => {
    const time = createVirtualTime(1_000);
    time.jumpClock(60_000);
    await time.advance(20);
    expect(time.elapsed()).toBe(20);
    expect(time.clock.now()).toBe(61_020);
  });

  it('may be shared by several platforms', async () => {
    const time = createVirtualTime(0);
    const [one, two] = [createFakePlatform({ time }), createFakePlatform({ time })];
    const order: string[] = [];
    two.timers.after(10, () => order.push('two'));
    one.timers.after(20, () => order.push('one'));
    await one.advance(20);
    expect(order).toEqual(['two', 'one']);
    expect(two.clock.now()).toBe(20);
  });

  it('leaves later timers alone, and counts them', async () => {
    const time = createVirtualTime(0);
    const run = jest.fn();
    const cancel = time.timers.after(11, run);
    await time.advance(10);
    expect(run).not.toHaveBeenCalled();
    expect(time.pendingTimers()).toBe(1);
    cancel();
    expect(time.pendingTimers()).toBe(0);
  });

  it('can let the clock run ahead of the timers, as sleep does', async () => {
    const time = createVirtualTime(0);
    time.jumpClock(60_000);
    const run = jest.fn();
    time.timers.after(10, run);
    await time.advance(10);
    expect(time.clock.now()).toBe(60_010);
    expect(run).toHaveBeenCalledTimes(1);
  });
});

describe('createSeededRandom', () => {
  it('repeats for a seed and differs between seeds', () => {
    const draw = (seed: number) => {
      const random = createSeededRandom(seed);
      return Array.from({ length: 100 }, () => random.next());
    };
    expect(draw(7)).toEqual(draw(7));
    expect(draw(7)).not.toEqual(draw(8));
    expect(draw(7).every((n) => n >= 0 && n < 1)).toBe(true);
    expect(Math.abs(draw(7).reduce((a, b) => a + b, 0) / 100 - 0.5)).toBeLessThan(0.1);
  });
});

describe('createFakePlatform', () => {
  it('brings a frame with time, and at once when told to', async () => {
    const platform = createFakePlatform();
    const run = jest.fn();
    platform.scheduler.nextFrame(run);
    await platform.advance(15);
    expect(run).not.toHaveBeenCalled();
    await platform.advance(1);
    expect(run).toHaveBeenCalledTimes(1);
    platform.scheduler.nextFrame(run);
    platform.flushFrames();
    expect(run).toHaveBeenCalledTimes(2);
    expect(platform.pending()).toEqual({ timers: 0, frames: 0, listeners: 0 });
  });

  it('brings no frame by itself in manual mode', async () => {
    const platform = createFakePlatform({ frames: 'manual' });
    const run = jest.fn();
    platform.scheduler.nextFrame(run);
    await platform.advance(10_000);
    expect(run).not.toHaveBeenCalled();
    platform.flushFrames();
    expect(run).toHaveBeenCalledTimes(1);
  });

  it('tells listeners of changes only, and counts them', () => {
    const platform = createFakePlatform();
    const heard: boolean[] = [];
    const cancelOnline = platform.online.subscribe((online) => heard.push(online));
    const cancelVisible = platform.visibility.subscribe((visible) => heard.push(visible));
    expect(platform.pending().listeners).toBe(2);
    platform.setOnline(true);
    platform.setOnline(false);
    platform.setVisible(false);
    cancelOnline();
    cancelVisible();
    platform.setOnline(true);
    expect(heard).toEqual([false, false]);
    expect(platform.pending().listeners).toBe(0);
  });

  it('has no network unless one is given', async () => {
    await expect(createFakePlatform().fetch('/x')).rejects.toThrow('no network');
  });
});
