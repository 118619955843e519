import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';

import type { Spent } from '../../../src/transport/requestLedger';
import { createRequestLedger, isAfter } from '../../../src/transport/requestLedger';

const spent = (at: number, n = at, tab = ''): Spent => ({ tab, n, at, isPoll: false });
const timesIn = (list: readonly Spent[]) => list.map(({ at }) => at);

describe('a ledger of requests', () => {
  it('holds those of the last window, to the millisecond', () => {
    const ledger = createRequestLedger(100, 10);
    for (const at of [1, 50, 100]) expect(ledger.add(spent(at))).toBe(true);
    expect(timesIn(ledger.recent(100))).toEqual([1, 50, 100]);
    expect(timesIn(ledger.recent(101))).toEqual([50, 100]);
    // what was let go of does not come back with an earlier moment
    expect(timesIn(ledger.recent(100))).toEqual([50, 100]);
  });

  it('forgets what a clock that was set back has put into the future', () => {
    const ledger = createRequestLedger(100, 10);
    ledger.add(spent(50));
    ledger.add(spent(90));
    expect(timesIn(ledger.recent(60))).toEqual([50]);
  });

  it('holds no more than the limit: the newest', () => {
    const ledger = createRequestLedger(100, 3);
    for (let at = 1; at <= 5; at += 1) ledger.add(spent(at));
    expect(timesIn(ledger.recent(5))).toEqual([3, 4, 5]);
    const unlimited = createRequestLedger(1e6, Infinity);
    for (let at = 1; at <= 1_100; at += 1) unlimited.add(spent(at));
    expect(unlimited.recent(1_100)).toHaveLength(1_000);
  });

  it('is the same whatever is told how often and in what order', () => {
    const one = fc.record({
      tab: fc.constantFrom('', 'a', 'b'),
      n: fc.integer({ min: 1, max: 5 }),
    });
    // what one tab counts has one moment
    const told = one.map(({ tab, n }) => spent(n * 10 + tab.length, n, tab));
    fc.assert(
      fc.property(
        fc.array(told, { maxLength: 30 }),
        fc.infiniteStream(fc.nat()),
        (list, chance) => {
          const inOrder = createRequestLedger(1_000, 100);
          for (const item of list) inOrder.add(item);
          const [...keys] = chance.take(list.length * 2);
          const shuffled = [...list, ...list]
            .map((item, i) => ({ item, key: keys[i] ?? 0 }))
            .sort((a, b) => a.key - b.key);
          const other = createRequestLedger(1_000, 100);
          for (const { item } of shuffled) other.add(item);
          const nameOf = ({ tab, n, at }: Spent) => `${at} ${tab} ${n}`;
          const seen = other.recent(500).map(nameOf);
          expect(new Set(seen).size).toBe(seen.length);
          expect([...seen].sort()).toEqual(inOrder.recent(500).map(nameOf).sort());
          expect(timesIn(other.recent(500))).toEqual(
            [...timesIn(inOrder.recent(500))].sort((a, b) => a - b),
          );
        },
      ),
      { numRuns: 100 },
    );
  });
});

describe('which request left after another', () => {
  it.each<[string, Spent, Spent, boolean, boolean]>([
    ['by time', spent(2), spent(1), true, false],
    ['in one tab by its count', spent(1, 2), spent(1, 1), true, false],
    ['of two tabs in one moment each', spent(1, 1, 'a'), spent(1, 2, 'b'), true, true],
    ['never after itself', spent(1, 1, 'a'), spent(1, 1, 'a'), false, false],
  ])('%s', (_name, one, other, is, isOther) => {
    expect(isAfter(one, other)).toBe(is);
    expect(isAfter(other, one)).toBe(isOther);
  });
});
