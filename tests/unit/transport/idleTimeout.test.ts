import { describe, expect, it } from '@jest/globals';

import { createIdleTimeout } from '../../../src/transport/idleTimeout';

/** Pings of one stream, by the time since the one before. */
function hear(startMs: number, ...distances: readonly number[]) {
  const idle = createIdleTimeout(startMs);
  idle.begin();
  let now = 1_000;
  idle.ping(now);
  for (const distance of distances) {
    now += distance;
    idle.ping(now);
  }
  return idle;
}

describe('the longest silence that counts as normal', () => {
  it('is a guess until two distances between pings are known', () => {
    expect(createIdleTimeout(75_000).current()).toBe(75_000);
    expect(hear(75_000, 60_000).current()).toBe(75_000);
    expect(hear(75_000, 60_000, 60_000).current()).toBe(150_000);
  });

  it('follows the pings both ways, within bounds', () => {
    expect(hear(75_000, 8_000, 8_000).current()).toBe(20_000);
    expect(hear(75_000, 1_000, 1_000).current()).toBe(10_000);
    expect(hear(75_000, 500_000, 500_000).current()).toBe(600_000);
  });

  it('is not moved by one ping that was held up', () => {
    expect(hear(75_000, 30_000, 30_000, 58_000, 2_000, 30_000).current()).toBe(75_000);
    expect(hear(75_000, 58_000, 2_000).current()).toBeGreaterThanOrEqual(75_000);
  });

  it('follows a server that pings otherwise from now on', () => {
    const idle = hear(75_000, 30_000, 30_000, 30_000, 60_000, 60_000, 60_000);
    expect(idle.current()).toBe(150_000);
  });

  it('takes no distance from one stream to the next', () => {
    const idle = createIdleTimeout(75_000);
    for (const now of [0, 3_600_000, 7_200_000]) {
      idle.begin();
      idle.ping(now);
    }
    expect(idle.current()).toBe(75_000);
  });

  it('doubles each time a stream without a ping is given up, up to ten minutes', () => {
    const idle = createIdleTimeout(75_000);
    const seen = [1, 2, 3, 4].map(() => {
      idle.begin();
      idle.expired();
      return idle.current();
    });
    expect(seen).toEqual([150_000, 300_000, 600_000, 600_000]);
  });

  it('does not double for a stream that had pings: its silence says something', () => {
    const idle = hear(75_000, 30_000);
    idle.expired();
    expect(idle.current()).toBe(75_000);
  });

  it('doubles what was learned where pings come no more, and learns anew', () => {
    const idle = hear(75_000, 10_000, 10_000);
    expect(idle.current()).toBe(25_000);
    idle.begin();
    idle.expired();
    expect(idle.current()).toBe(50_000);
    idle.begin();
    for (const now of [0, 40_000, 80_000]) idle.ping(now);
    expect(idle.current()).toBe(100_000);
  });

  it('waits for ever, or longer than ten minutes, where a host says so', () => {
    expect(hear(Infinity, 1_000, 1_000).current()).toBe(Infinity);
    const long = createIdleTimeout(1_200_000);
    long.begin();
    long.expired();
    expect(long.current()).toBe(1_200_000);
  });
});
