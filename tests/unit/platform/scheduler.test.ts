import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';

import { createScheduler, undrawnScheduler } from '../../../src/platform/scheduler';
import { createFakePlatform } from '../../../src/testing';
import { noop, withGlobals } from '../../support/browserGlobals';

describe('createScheduler', () => {
  const frames = new Map<number, () => void>();
  let restore: () => void = noop;

  const browser = () => {
    let last = 0;
    restore = withGlobals({
      requestAnimationFrame: (run: () => void) => {
        last += 1;
        frames.set(last, run);
        return last;
      },
      cancelAnimationFrame: (handle: number) => frames.delete(handle),
    });
  };
  beforeEach(() => {
    frames.clear();
  });
  afterEach(() => {
    restore();
  });

  it('runs at the next frame, once, and takes its timer back', async () => {
    browser();
    const platform = createFakePlatform();
    const run = jest.fn();
    createScheduler(platform).nextFrame(run);
    for (const frame of [...frames.values()]) frame();
    await platform.advance(1_000);
    expect(run).toHaveBeenCalledTimes(1);
    expect(platform.pending().timers).toBe(0);
    expect(frames.size).toBe(0);
  });

  it('runs after 100 ms where a visible page gets no frame', async () => {
    browser();
    const platform = createFakePlatform();
    const run = jest.fn();
    createScheduler(platform).nextFrame(run);
    await platform.advance(99);
    expect(run).not.toHaveBeenCalled();
    await platform.advance(1);
    expect(run).toHaveBeenCalledTimes(1);
    expect(frames.size).toBe(0);
  });

  it('asks for no frame while the page is hidden', async () => {
    browser();
    const platform = createFakePlatform();
    platform.setVisible(false);
    const run = jest.fn();
    createScheduler(platform).nextFrame(run);
    expect(frames.size).toBe(0);
    await platform.advance(0);
    expect(run).toHaveBeenCalledTimes(1);
  });

  it('uses a timer where nothing is drawn', async () => {
    const platform = createFakePlatform();
    const run = jest.fn();
    createScheduler(platform).nextFrame(run);
    await platform.advance(0);
    expect(run).toHaveBeenCalledTimes(1);
  });

  it('can be called off', async () => {
    browser();
    const platform = createFakePlatform();
    const run = jest.fn();
    createScheduler(platform).nextFrame(run)();
    await platform.advance(1_000);
    expect(run).not.toHaveBeenCalled();
    expect(frames.size).toBe(0);
    expect(platform.pending().timers).toBe(0);
  });

  describe('after a frame', () => {
    const turn = () =>
      new Promise<void>((resolve) => {
        setImmediate(resolve);
      });

    it('is after the next picture, and not in its own task', async () => {
      browser();
      const run = jest.fn();
      createScheduler(createFakePlatform()).afterFrame(run);
      await turn();
      expect(run).not.toHaveBeenCalled();
      for (const frame of [...frames.values()]) frame();
      expect(run).not.toHaveBeenCalled();
      await turn();
      expect(run).toHaveBeenCalledTimes(1);
    });

    it('is the next turn in a hidden page, whose timers are slow', async () => {
      browser();
      const platform = createFakePlatform();
      platform.setVisible(false);
      const run = jest.fn();
      createScheduler(platform).afterFrame(run);
      expect(run).not.toHaveBeenCalled();
      await turn();
      expect(run).toHaveBeenCalledTimes(1);
      expect([frames.size, platform.pending().timers]).toEqual([0, 0]);
    });

    it('is the next turn where nothing is ever drawn, with or without `setImmediate`', async () => {
      const run = jest.fn();
      undrawnScheduler.afterFrame(run);
      await turn();
      expect(run).toHaveBeenCalledTimes(1);
      restore = withGlobals({ setImmediate: undefined });
      await new Promise<void>((resolve) => {
        undrawnScheduler.afterFrame(resolve);
      });
    });
  });
});
