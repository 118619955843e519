import { describe, expect, it } from '@jest/globals';
import { createSeededRandom, createVirtualTime } from '../../../src/testing';
import { createLeaderWatch } from '../../../src/transport/leaderWatch';

function setUp() {
  const time = createVirtualTime();
  const said: string[] = [];
  const watch = createLeaderWatch({
    ...{ timers: time.timers, random: createSeededRandom(3) },
    ask: () => said.push('ask'),
    onSilent: () => said.push('silent'),
  });
  return { time, said, watch };
}

describe('whoever watches the tab that leads', () => {
  it('asks it when nothing was heard, and knows within 2 s that it is silent', async () => {
    const { time, said, watch } = setUp();
    watch.start();
    await time.advance(350);
    watch.heard();
    await time.advance(2_000);
    expect(said).toEqual(['ask', 'ask', 'silent']);
    await time.advance(10_000);
    expect(said.filter((word) => word === 'silent')).toHaveLength(1);
    expect(time.pendingTimers()).toBe(0);
  });

  it('asks nothing of one that speaks', async () => {
    const { time, said, watch } = setUp();
    watch.start();
    for (let i = 0; i < 100; i++) {
      watch.heard();
      await time.advance(300);
    }
    expect(said).toEqual([]);
  });

  it('hears it out to the last moment', async () => {
    const { time, said, watch } = setUp();
    watch.start();
    await time.advance(1_201);
    watch.heard();
    await time.advance(700);
    expect(said).toEqual(['ask', 'ask']);
    watch.stop();
    await time.advance(10_000);
    expect(said).toEqual(['ask', 'ask']);
    expect(time.pendingTimers()).toBe(0);
  });

  it('does not take sleep for silence, nor a clock that was set', async () => {
    const { time, said, watch } = setUp();
    watch.start();
    time.jumpClock(3_600_000);
    await time.advance(400);
    time.jumpClock(-7_200_000);
    watch.heard();
    await time.advance(400);
    expect(said).toEqual(['ask']);
  });
});
