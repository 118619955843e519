import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';

import { createVirtualTime } from '../../../src/testing';
import type { BudgetUse } from '../../../src/transport/rateBudget';
import { budgetDefaults, createRateBudget } from '../../../src/transport/rateBudget';

const minute = 60_000;
const uses: readonly BudgetUse[] = ['send', 'history', 'poll', 'read', 'typing'];
const unsaid = { quota: null, retryAfterMs: null };
const said = (remaining: number, forMs = 10 * minute, limit: number | null = 100) => ({
  status: 200,
  quota: { limit, remaining, forMs },
  retryAfterMs: null,
});

function setUp(tuning = budgetDefaults) {
  const time = createVirtualTime();
  const budget = createRateBudget(tuning, time.clock);
  const spend = (count: number, use: BudgetUse | null = 'send') => {
    for (let i = 0; i < count; i += 1) budget.spend(use);
  };
  /** Which may leave now. */
  const free = () => uses.filter((use) => budget.waitOf(use) === 0);
  /** A server that shows that it counts, and is not asked much. */
  const showLimits = () => {
    budget.spend(null).answered(said(99, 0));
  };
  return { time, budget, spend, free, showLimits };
}

describe('a budget', () => {
  it.each<[number, readonly BudgetUse[]]>([
    [0, uses],
    [49, uses],
    [50, ['send', 'history', 'poll', 'read']],
    [65, ['send', 'history', 'poll']],
    [75, ['send', 'history']],
    [90, ['send']],
    [100, []],
  ])('of which %i are spent leaves the rest to what is more urgent', (count, left) => {
    const { spend, free, showLimits } = setUp();
    if (count > 0) showLimits();
    spend(Math.max(0, count - 1));
    expect(free()).toEqual(left);
  });

  it('holds back polls alone before a server has shown that it counts', () => {
    const { budget, spend, free } = setUp();
    spend(150);
    const others = ['send', 'history', 'read', 'typing'];
    expect(free()).toEqual(others);
    budget.spend('history').answered({ status: 200, ...unsaid });
    expect(free()).toEqual(others);
    budget.spend('history').answered(said(50));
    expect(free()).toEqual([]);
  });

  it('says how long to wait: until enough of the window has passed', () => {
    const { time, budget, spend, showLimits } = setUp();
    showLimits();
    spend(49);
    time.jumpClock(minute);
    spend(50);
    expect(budget.waitOf('send')).toBe(14 * minute);
    expect(budget.waitOf('history')).toBe(14 * minute);
    expect(budget.waitOf('typing')).toBe(15 * minute);
    time.jumpClock(14 * minute);
    expect(budget.waitOf('send')).toBe(0);
  });

  it('forgets what a clock that was set back has put into the future', () => {
    const { time, spend, free, showLimits } = setUp();
    showLimits();
    spend(100);
    time.jumpClock(-60 * minute);
    expect(free()).toEqual(uses);
  });

  it('never lets more through than the limit, in no window, whatever is asked for when', () => {
    const step = fc.tuple(fc.constantFrom(...uses), fc.integer({ min: 0, max: minute }));
    fc.assert(
      fc.property(fc.array(step, { maxLength: 600 }), (steps) => {
        const { time, budget, showLimits } = setUp();
        showLimits();
        const left: number[] = [time.clock.now()];
        for (const [use, later] of steps) {
          time.jumpClock(later);
          if (budget.waitOf(use) > 0) continue;
          budget.spend(use);
          left.push(time.clock.now());
        }
        left.forEach((at, i) => {
          const inWindow = left.slice(i).filter((other) => other < at + 15 * minute);
          expect(inWindow.length).toBeLessThanOrEqual(100);
        });
      }),
      { numRuns: 50 },
    );
  });

  it('lets through again exactly when it said', () => {
    const step = fc.tuple(fc.constantFrom(...uses), fc.integer({ min: 0, max: 20_000 }));
    fc.assert(
      fc.property(fc.array(step, { maxLength: 300 }), (steps) => {
        const { time, budget, showLimits } = setUp();
        showLimits();
        for (const [use, later] of steps) {
          time.jumpClock(later);
          const wait = budget.waitOf(use);
          if (wait > 0) {
            time.jumpClock(Math.ceil(wait) - 1);
            if (Number.isInteger(wait)) expect(budget.waitOf(use)).toBe(1);
            time.jumpClock(1);
          }
          expect(budget.waitOf(use)).toBe(0);
          budget.spend(use);
        }
      }),
      { numRuns: 50 },
    );
  });
});

describe('polls', () => {
  it('come without a break at first, and evenly when there were many', () => {
    const { time, budget } = setUp();
    const at: number[] = [];
    const start = time.clock.now();
    for (let second = 0; second < 3_600; second += 1) {
      time.jumpClock(1_000);
      if (budget.waitOf('poll') > 0) continue;
      budget.spend('poll');
      at.push(time.clock.now() - start);
    }
    const distances = at.map((moment, i) => moment - (at[i - 1] ?? 0));
    expect(distances.slice(0, 18)).toEqual(Array(18).fill(1_000));
    const later = distances.slice(18, 60);
    expect(Math.max(...later)).toBeLessThan(17_000);
    expect(Math.min(...later)).toBeGreaterThan(15_000);
    // never starved for long
    expect(Math.max(...distances)).toBeLessThan(20_000);
    expect(at.length).toBeLessThanOrEqual(300);
  });
});

describe('the word of a server', () => {
  it('counts for less than the ledger only where others have used the limit too', () => {
    const { time, budget, spend, free } = setUp();
    budget.spend('send').answered(said(3, 2 * minute));
    expect(free()).toEqual(['send']);
    expect(budget.waitOf('history')).toBe(2 * minute);
    spend(3);
    expect(free()).toEqual([]);
    time.jumpClock(2 * minute);
    expect(free()).toEqual(uses);
  });

  it('is taken by the limit that it is about', () => {
    const { budget, free } = setUp();
    budget.spend('send').answered(said(18, minute, 20));
    expect(free()).toEqual(uses);
    budget.spend('send').answered(said(5, minute, 20));
    expect(free()).toEqual(['send', 'history']);
  });

  it('does not know of what left since', () => {
    const { budget, spend, free } = setUp();
    const early = budget.spend('send');
    spend(4);
    early.answered(said(4));
    expect(free()).toEqual([]);
  });

  it('is not taken back by an answer that it has overtaken', () => {
    const { budget, free } = setUp();
    const early = budget.spend('send');
    budget.spend('send').answered(said(0));
    early.answered(said(90));
    expect(free()).toEqual([]);
  });

  it.each([
    [{ quota: null, retryAfterMs: 40_000 }, 40_000],
    [{ quota: { limit: 100, remaining: 0, forMs: minute }, retryAfterMs: null }, minute],
    [{ quota: { limit: 100, remaining: 0, forMs: minute }, retryAfterMs: 7_000 }, 7_000],
    [unsaid, 5_000],
  ])('that is a 429 holds all back but what is sent, which waits by itself: %j', (rest, wait) => {
    const { time, budget, free } = setUp();
    budget.spend('history').answered({ status: 429, ...rest });
    expect(free()).toEqual(['send']);
    expect(budget.waitOf('history')).toBe(wait);
    time.jumpClock(wait);
    expect(free()).toEqual(uses);
  });

  it('holds without a limit of our own as well', () => {
    const { budget, spend, free } = setUp({ ...budgetDefaults, limit: Infinity });
    spend(1_000, 'poll');
    expect(free()).toEqual(uses);
    budget.spend('poll').answered(said(0));
    expect(free()).toEqual([]);
  });

  it('is over where the clock was set back behind it', () => {
    const { time, budget, free } = setUp();
    budget.spend('send').answered(said(0));
    time.jumpClock(-60 * minute);
    expect(free()).toEqual(uses);
  });
});
