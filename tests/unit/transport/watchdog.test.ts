import { describe, expect, it, jest } from '@jest/globals';

import { createVirtualTime } from '../../../src/testing';
import { createWatchdog } from '../../../src/transport/watchdog';

function setUp() {
  const time = createVirtualTime(0);
  const bark = jest.fn();
  return { time, bark, watchdog: createWatchdog(time, bark) };
}

describe('createWatchdog', () => {
  it('barks once when nothing comes', async () => {
    const { time, bark, watchdog } = setUp();
    watchdog.arm(100);
    await time.advance(1_000);
    expect(bark).toHaveBeenCalledTimes(1);
    expect(time.pendingTimers()).toBe(0);
  });

  it('starts over each time, with one timer', async () => {
    const { time, bark, watchdog } = setUp();
    for (let i = 0; i < 10; i += 1) {
      watchdog.arm(100);
      expect(time.pendingTimers()).toBe(1);
      await time.advance(99);
    }
    expect(bark).not.toHaveBeenCalled();
  });

  it('is silent after stop', async () => {
    const { time, bark, watchdog } = setUp();
    watchdog.arm(100);
    watchdog.stop();
    watchdog.check();
    await time.advance(1_000);
    expect(bark).not.toHaveBeenCalled();
    expect(time.pendingTimers()).toBe(0);
  });

  it('knows after sleep that the time is over, before its timer does', async () => {
    const { time, bark, watchdog } = setUp();
    watchdog.arm(100);
    watchdog.check();
    expect(bark).not.toHaveBeenCalled();
    time.jumpClock(100);
    watchdog.check();
    expect(bark).toHaveBeenCalledTimes(1);
    await time.advance(1_000);
    expect(bark).toHaveBeenCalledTimes(1);
  });

  it('can be hurried, but neither put off nor woken by that', async () => {
    const { time, bark, watchdog } = setUp();
    watchdog.hurry(10);
    await time.advance(10);
    watchdog.arm(100);
    watchdog.hurry(500);
    watchdog.hurry(50);
    expect(time.pendingTimers()).toBe(1);
    await time.advance(49);
    expect(bark).not.toHaveBeenCalled();
    await time.advance(1);
    expect(bark).toHaveBeenCalledTimes(1);
  });

  it('waits for ever without a timer when told so', () => {
    const { time, watchdog } = setUp();
    watchdog.arm(Infinity);
    expect(time.pendingTimers()).toBe(0);
  });
});
