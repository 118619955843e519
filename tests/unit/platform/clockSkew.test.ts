import { describe, expect, it } from '@jest/globals';
import { createClockSkew } from '../../../src/platform/clockSkew';

/** A server whose clock is ahead, and whose answers take their time. */
function world(aheadMs: number) {
  let now = 1_000_000_000_000;
  const skew = createClockSkew({ now: () => now });
  const fetch = skew.watch(() => {
    now += 40;
    const date = new Date(now + aheadMs).toUTCString();
    now += 40;
    return Promise.resolve(new Response(null, { headers: { date } }));
  });
  return {
    skew,
    pass: (ms: number) => {
      now += ms;
    },
    ask: () => fetch('https://chat.test/'),
    /** A message that the server made just now, and that comes later. */
    arrive: (afterMs: number) => {
      const madeAt = now + aheadMs;
      now += afterMs;
      skew.arrived(madeAt, now);
    },
  };
}

describe('the difference of two clocks', () => {
  it('is not known before anything was seen', () => {
    expect(world(5_000).skew.read()).toBeNull();
  });

  it.each([5_000, -73_210, 0])(
    'of %i ms is found by answers, the closer the more',
    async (ahead) => {
      const { skew, ask, pass } = world(ahead);
      await ask();
      expect(Math.abs((skew.read() ?? NaN) - ahead)).toBeLessThanOrEqual(540);
      for (let i = 0; i < 20; i++) {
        pass(1_070);
        await ask();
      }
      expect(Math.abs((skew.read() ?? NaN) - ahead)).toBeLessThanOrEqual(80);
    },
  );

  it('without answers, the fastest message came at once', () => {
    const { skew, arrive } = world(5_000);
    arrive(300);
    arrive(90);
    arrive(200);
    expect(skew.read()).toBe(5_000 - 90);
  });

  it('begins anew where a clock was set', async () => {
    const { skew, ask, pass } = world(5_000);
    await ask();
    pass(-3_600_000);
    skew.arrived(1_000_000_000_000 + 8_600_000, 1_000_000_000_000);
    expect(skew.read()).toBe(8_600_000);
  });

  it('an answer without a date says nothing, and one that fails fails', async () => {
    const skew = createClockSkew({ now: () => 0 });
    await skew.watch(() => Promise.resolve(new Response(null)))('/');
    await expect(skew.watch(() => Promise.reject(new TypeError('gone')))('/')).rejects.toThrow();
    expect(skew.read()).toBeNull();
  });
});
