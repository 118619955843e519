import { describe, expect, it } from '@jest/globals';

import { createSeededRandom } from '../../../src/testing';
import { backoffDelay } from '../../../src/transport/backoff';

const bounds = { initialDelayMs: 1_000, maxDelayMs: 30_000 };
const always = (value: number) => ({ next: () => value });

describe('backoffDelay', () => {
  it('doubles its bound up to the limit of the guide', () => {
    const highest = [0, 1, 2, 3, 4, 5, 6, 1_000, Infinity].map((attempt) =>
      backoffDelay(attempt, { ...bounds, random: always(1) }),
    );
    expect(highest).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000, 30_000]);
  });

  it('spreads over the whole range', () => {
    const random = createSeededRandom(3);
    const delays = Array.from({ length: 1_000 }, () => backoffDelay(3, { ...bounds, random }));
    expect(Math.min(...delays)).toBeLessThan(400);
    expect(Math.max(...delays)).toBeGreaterThan(7_600);
    expect(Math.max(...delays)).toBeLessThanOrEqual(8_000);
  });

  it('adds its jitter to what the server asked for', () => {
    const delay = (value: number) =>
      backoffDelay(0, { ...bounds, floorMs: 5_000, random: always(value) });
    expect(delay(0)).toBe(5_000);
    expect(delay(0.5)).toBe(5_500);
  });

  it('leaves out as much chance as it is told to', () => {
    const delay = (jitter: number, floorMs: number, value: number) =>
      backoffDelay(1, { ...bounds, jitter, floorMs, random: always(value) });
    expect([delay(0, 0, 0), delay(0, 0, 0.9)]).toEqual([2_000, 2_000]);
    expect([delay(0.5, 0, 0), delay(0.5, 0, 1)]).toEqual([1_000, 2_000]);
  });

  it('is without chance what the server asked for, or its own bound if that is more', () => {
    const delay = (jitter: number, floorMs: number) =>
      backoffDelay(1, { ...bounds, jitter, floorMs, random: always(0) });
    expect([delay(0, 500), delay(0, 5_000)]).toEqual([2_000, 5_000]);
    expect([delay(0.5, 500), delay(0.5, 1_500)]).toEqual([1_000, 1_500]);
  });

  it('stays below what a timer can hold', () => {
    expect(backoffDelay(0, { ...bounds, floorMs: 99_999_999_999, random: always(0) })).toBe(
      2 ** 31 - 1,
    );
  });
});
