import { describe, expect, it } from '@jest/globals';

import type { FakeOrigin } from '../../../src/testing';
import { createFakeOrigin, createSeededRandom, createVirtualTime } from '../../../src/testing';
import type { BudgetUse } from '../../../src/transport/rateBudget';
import { createRateBudget } from '../../../src/transport/rateBudget';
import { createSharedBudget } from '../../../src/transport/sharedBudget';

const windowMs = 60_000;
const tuning = { limit: 20, windowMs };
const counted = { limit: 20, remaining: 19, forMs: 0 };

function setUp() {
  const time = createVirtualTime();
  const origin = createFakeOrigin();
  /** What went over the line, whoever said it. */
  const said: unknown[] = [];
  const open = (name = 'lina', from: FakeOrigin = origin) => {
    const tab = from.tab();
    const budget = createRateBudget(tuning, time.clock);
    const random = createSeededRandom(opened.push(tab));
    const shared = createSharedBudget(budget, { ...tab, random });
    const spend = (count: number, use: BudgetUse = 'send') => {
      for (let i = 0; i < count; i += 1) budget.spend(use);
    };
    if (name !== '') shared.open(name);
    return { tab, budget, shared, spend };
  };
  const opened: unknown[] = [];
  origin.tab().broadcast.open('hudhud:budget:lina:1', (heard) => said.push(heard));
  return { time, origin, open, said };
}

describe('the budget of several tabs', () => {
  it('counts what any of them sends, before the server has shown that it counts for polls alone', async () => {
    const { time, open } = setUp();
    const [one, two] = [open(), open()];
    one.spend(15);
    await time.settle();
    expect(two.budget.waitOf('poll')).toBe(windowMs);
    expect(two.budget.waitOf('history')).toBe(0);
    two.budget.spend('history').answered({ status: 200, quota: counted, retryAfterMs: null });
    await time.settle();
    // by the other's answer
    one.spend(2);
    expect(one.budget.waitOf('history')).toBe(windowMs);
    expect(one.budget.waitOf('send')).toBe(0);
  });

  it('spreads the polls of all', async () => {
    const { time, open } = setUp();
    const tabs = [open(), open(), open()];
    let polls = 0;
    for (let ms = 0; ms < 10 * windowMs; ms += 500) {
      await time.advance(500);
      for (const { budget } of tabs) {
        if (budget.waitOf('poll') > 0) continue;
        budget.spend('poll');
        polls += 1;
        await time.settle();
      }
    }
    expect(polls).toBeLessThanOrEqual(150);
    expect(polls).toBeGreaterThan(120);
  });

  it('holds all back where the server refuses one, as long as it says', async () => {
    const { time, open } = setUp();
    const [one, two] = [open(), open()];
    one.budget.spend('history').answered({ status: 429, quota: null, retryAfterMs: 9_000 });
    await time.settle();
    expect(two.budget.waitOf('history')).toBe(9_000);
    await time.advance(9_000);
    expect(two.budget.waitOf('history')).toBe(0);
  });

  it('takes what the server says of how much is left, less what left since in any tab', async () => {
    const { time, open } = setUp();
    const [one, two] = [open(), open()];
    const quota = { limit: 20, remaining: 3, forMs: 30_000 };
    one.budget.spend('send').answered({ status: 200, quota, retryAfterMs: null });
    await time.settle();
    expect(two.budget.waitOf('send')).toBe(0);
    await time.advance(1);
    one.spend(1);
    two.spend(2);
    await time.settle();
    expect(one.budget.waitOf('send')).toBe(29_999);
    expect(two.budget.waitOf('send')).toBe(29_999);
  });

  it('is told to a tab that comes, once however many tell it; and what that has spent to the others', async () => {
    const { time, open } = setUp();
    const [one, two] = [open(), open()];
    one.spend(5);
    two.spend(5);
    const late = open('');
    late.spend(4);
    await time.settle();
    expect(late.budget.news().spent).toHaveLength(4);
    late.shared.open('lina');
    await time.settle();
    for (const { budget } of [one, two, late]) expect(budget.news().spent).toHaveLength(14);
    // its own is known as its own
    expect(late.budget.news().spent.filter(({ tab }) => tab === '')).toHaveLength(4);
  });

  it('is one word for all requests of one turn, and no answer to words', async () => {
    const { time, open, said } = setUp();
    const [one] = [open(), open()];
    await time.settle();
    const before = said.length;
    one.spend(7);
    await time.settle();
    expect(said).toHaveLength(before + 1);
  });

  it('is nothing to the tabs of somebody else', async () => {
    const { time, open } = setUp();
    const [one, other] = [open(), open('omar')];
    one.spend(20);
    await time.settle();
    expect(other.budget.news().spent).toEqual([]);
  });

  it('tells its last, and nothing after that, as a tab stops; it goes on when that starts again', async () => {
    const { time, open, said } = setUp();
    const [one, two] = [open(), open()];
    await time.settle();
    one.spend(3);
    one.shared.close();
    one.shared.close();
    expect(one.tab.held().lines).toBe(0);
    one.spend(4);
    await time.settle();
    expect(two.budget.news().spent).toHaveLength(3);
    one.shared.open('lina');
    one.shared.open('lina');
    expect(one.tab.held().lines).toBe(1);
    await time.settle();
    expect(two.budget.news().spent).toHaveLength(7);
    expect(one.budget.news().spent).toHaveLength(7);
    const before = said.length;
    one.shared.open('omar');
    one.spend(1);
    await time.settle();
    expect(said).toHaveLength(before);
  });

  it('does not hear what is none of it', async () => {
    const { time, origin, open } = setUp();
    const one = open();
    const line = origin.tab().broadcast.open('hudhud:budget:lina:1', () => undefined);
    for (const odd of [null, 'budget', { type: 'lead', spent: [{}] }]) line.post(odd);
    await time.settle();
    expect(one.budget.news()).toEqual({ spent: [], word: null, isLimited: false });
  });
});
