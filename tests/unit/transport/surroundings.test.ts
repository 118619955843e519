import { describe, expect, it } from '@jest/globals';

import { createFakePlatform } from '../../../src/testing';
import type { SurroundingEvent } from '../../../src/transport/surroundings';
import { createSurroundings } from '../../../src/transport/surroundings';
import { nothingPending } from '../../support/connectionSetup';

function setUp() {
  const platform = createFakePlatform();
  const surroundings = createSurroundings(platform);
  const heard: SurroundingEvent[] = [];
  const stop = surroundings.subscribe((event) => heard.push(event));
  return { platform, surroundings, heard, stop };
}

describe('what happens around', () => {
  it('is told as it happens', () => {
    const { platform, heard, stop } = setUp();
    platform.setOnline(false);
    platform.setOnline(true);
    platform.setVisible(false);
    platform.setVisible(true);
    platform.setCached(true);
    platform.setCached(false);
    expect(heard).toEqual(['OFFLINE', 'ONLINE', 'VISIBLE', 'PAGE_HIDDEN', 'PAGE_SHOWN']);
    stop();
  });

  it('is listened to by nobody where nobody asks, and once however many do', () => {
    const { platform, surroundings, stop } = setUp();
    const before = platform.pending();
    const stopOther = surroundings.subscribe(() => undefined);
    expect(platform.pending()).toEqual(before);
    stop();
    stop();
    expect(platform.pending()).toEqual(before);
    stopOther();
    expect(platform.pending()).toEqual(nothingPending);
  });

  it('is not told to a listener that another one has stopped', () => {
    const { platform, surroundings, heard, stop } = setUp();
    let stopLast: () => void = () => undefined;
    surroundings.subscribe(() => {
      stopLast();
    });
    const last: string[] = [];
    stopLast = surroundings.subscribe((event) => last.push(event));
    platform.setOnline(false);
    expect([heard, last]).toEqual([['OFFLINE'], []]);
    stop();
  });
});

describe('sleep', () => {
  it('is noticed at the first tick after it', async () => {
    const { platform, heard, stop } = setUp();
    await platform.advance(20_000);
    platform.jumpClock(3_600_000);
    expect(heard).toEqual([]);
    await platform.advance(10_000);
    expect(heard).toEqual(['CLOCK_JUMPED']);
    await platform.advance(120_000);
    expect(heard).toEqual(['CLOCK_JUMPED']);
    stop();
    expect(platform.pending()).toEqual(nothingPending);
  });

  it('is not what a busy machine does, nor a clock that is set back', async () => {
    const { platform, heard, stop } = setUp();
    platform.jumpClock(15_000);
    await platform.advance(15_000);
    platform.jumpClock(-7_200_000);
    await platform.advance(60_000);
    expect(heard).toEqual([]);
    stop();
  });

  it.each([
    [60_000, 0],
    [100_000, 1],
  ])('of a page that was hidden meanwhile: %p ms late count as %p', async (late, times) => {
    const { platform, heard, stop } = setUp();
    platform.setVisible(false);
    platform.jumpClock(late);
    platform.setVisible(true);
    await platform.advance(15_000);
    expect(heard.filter((event) => event === 'CLOCK_JUMPED')).toHaveLength(times);
    stop();
  });
});
