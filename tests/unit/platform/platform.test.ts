import { describe, expect, it, jest } from '@jest/globals';

import { silentLogger } from '../../../src/platform/logger';
import { createBrowserPlatform } from '../../../src/platform/platform';
import { createFakePlatform } from '../../../src/testing';

describe('createBrowserPlatform', () => {
  it('works on a server', () => {
    const platform = createBrowserPlatform();
    expect(platform.clock.now()).toBeGreaterThan(1_600_000_000_000);
    expect(platform.random.next()).toBeLessThan(1);
    expect(platform.online.isOnline()).toBe(true);
    expect(platform.visibility.isVisible()).toBe(true);
    expect(platform.logger).toBe(silentLogger);
  });

  it('looks the global fetch up at each call', async () => {
    const platform = createBrowserPlatform();
    const answer = new Response('later');
    const later = jest.spyOn(globalThis, 'fetch').mockResolvedValue(answer);
    expect(await platform.fetch('/x', { method: 'GET' })).toBe(answer);
    expect(later).toHaveBeenCalledWith('/x', { method: 'GET' });
  });

  it('takes parts from its caller, and builds the scheduler on them', async () => {
    const fake = createFakePlatform();
    const platform = createBrowserPlatform({ timers: fake.timers, clock: fake.clock });
    const run = jest.fn();
    platform.scheduler.nextFrame(run);
    expect(fake.pending().timers).toBe(1);
    await fake.advance(0);
    expect(run).toHaveBeenCalledTimes(1);
    expect(platform.clock).toBe(fake.clock);
  });
});
