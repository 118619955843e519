import { describe, expect, it } from '@jest/globals';

import { limitsOf } from '../../../src/transport/limitHeaders';

const now = Date.parse('2025-09-01T08:00:00Z');
const read = (headers: Record<string, string>, status = 200) =>
  limitsOf({ status, headers: new Headers(headers) }, now);
const head = (reset: string, more: Record<string, string> = {}) => ({
  'X-RateLimit-Limit': '100',
  'X-RateLimit-Remaining': '42',
  'X-RateLimit-Reset': reset,
  ...more,
});

describe('what a head says of limits', () => {
  it('is nothing where it says nothing, or not enough', () => {
    expect(read({})).toEqual({ status: 200, quota: null, retryAfterMs: null });
    expect(read({ 'X-RateLimit-Remaining': '42' }).quota).toBeNull();
    expect(read(head('soon')).quota).toBeNull();
    expect(read(head('-5')).quota).toBeNull();
  });

  it.each([
    ['a moment', String(now / 1_000 + 90), {}, 90_000],
    ['a span', '90', {}, 90_000],
    [
      'a moment by a clock that is an hour ahead, which the answer shows',
      String(now / 1_000 + 3_690),
      { Date: 'Mon, 01 Sep 2025 09:00:00 GMT' },
      90_000,
    ],
    ['a moment that is over', String(now / 1_000 - 90), {}, 0],
    ['a moment of another century', '99999999999', {}, 86_400_000],
  ])('may have its end as %s', (_name, reset, more, forMs) => {
    expect(read(head(reset, more)).quota).toEqual({ limit: 100, remaining: 42, forMs });
  });

  it('goes without the limit itself', () => {
    const quota = { limit: null, remaining: 1, forMs: 9_000 };
    expect(read({ 'X-RateLimit-Remaining': '1', 'X-RateLimit-Reset': '9' }).quota).toEqual(quota);
  });

  it('has the wait after a refusal', () => {
    expect(read({ 'Retry-After': '7' }, 429)).toEqual({
      ...{ status: 429, quota: null, retryAfterMs: 7_000 },
    });
  });
});
