import { describe, expect, it } from '@jest/globals';

import type { Coverage, Window } from '../../../src/state/windows';
import {
  breakOff,
  coverAhead,
  coverMoment,
  coverRange,
  coverTold,
  isTorn,
  noCoverage,
  takeUp,
} from '../../../src/state/windows';
import { frozen } from '../../support/frozen';

const ranges = (...windows: readonly (readonly [number | null, number | null])[]): Window[] =>
  windows.map(([from, to]) => ({ from, to }));
const covered = (...windows: readonly (readonly [number | null, number | null])[]): Coverage =>
  frozen(ranges(...windows).reduce(coverRange, noCoverage));

describe('coverRange', () => {
  it('joins windows that overlap', () => {
    expect(covered([1, 5], [4, 9]).windows).toEqual(ranges([1, 9]));
    expect(covered([4, 9], [1, 5]).windows).toEqual(ranges([1, 9]));
    expect(covered([1, 3], [5, 7], [2, 6]).windows).toEqual(ranges([1, 7]));
    expect(covered([null, 3], [2, 6]).windows).toEqual(ranges([null, 6]));
  });

  it('does not join windows that only touch: the moment between them may hide a message (L6)', () => {
    expect(covered([1, 5], [5, 9]).windows).toEqual(ranges([1, 5], [5, 9]));
  });

  it('gives back the same coverage when nothing is learned', () => {
    const known = covered([1, 9]);
    expect(coverRange(known, { from: 2, to: 9 })).toBe(known);
  });
});

describe('coverMoment', () => {
  it('gives a lone message a window of its own, which joins what it touches', () => {
    const lone = coverMoment(covered([1, 3]), 7);
    expect(lone.windows).toEqual(ranges([1, 3], [7, 7]));
    expect(coverRange(lone, { from: 7, to: 9 }).windows).toEqual(ranges([1, 3], [7, 9]));
    expect(coverMoment(covered([1, 3]), 3).windows).toEqual(ranges([1, 3]));
  });
});

describe('coverTold', () => {
  it('starts a live window with the first new message after a break', () => {
    expect(coverTold(covered([1, 3]), 5, true).windows).toEqual(ranges([1, 3], [5, null]));
  });

  it('starts none with a message that is known, or older than what is', () => {
    const known = covered([1, 9]);
    expect(coverTold(known, 9, false)).toBe(known);
    expect(coverTold(known, 5, true).windows).toEqual(ranges([1, 9]));
  });

  it('makes firm what lies before each later message', () => {
    const live = coverTold(coverTold(noCoverage, 5, true), 8, true);
    expect(live).toEqual({ windows: ranges([5, null]), firm: ranges([5, 8]) });
  });

  it('gives a message that is older than the live window a window of its own', () => {
    const live = coverTold(noCoverage, 5, true);
    expect(coverTold(live, 2, true).windows).toEqual(ranges([2, 2], [5, null]));
  });
});

describe('breakOff', () => {
  it('leaves what pages answered for and the stream told, and nothing between', () => {
    const live = coverAhead(coverTold(noCoverage, 5, true), { from: 9, to: null }, 12);
    expect(live.windows).toEqual(ranges([5, null]));
    expect(breakOff(live).windows).toEqual(ranges([5, 5], [9, 12]));
  });

  it('lets the stream fill what a page was ahead of', () => {
    const live = coverTold(
      coverAhead(coverTold(noCoverage, 5, true), { from: 9, to: null }, 12),
      10,
      true,
    );
    expect(breakOff(live).windows).toEqual(ranges([5, 12]));
  });

  it('forgets a live window of which nothing was told', () => {
    expect(breakOff(coverAhead(noCoverage, { from: null, to: null }, null)).windows).toEqual([]);
  });

  it('changes nothing where there is no live window', () => {
    const known = covered([1, 9]);
    expect(breakOff(known)).toBe(known);
  });
});

describe('isTorn', () => {
  const was = ranges([null, 3], [5, null]);

  it('is what is live and begins after what was live when the stream broke off', () => {
    expect(isTorn(covered([5, 7], [9, null]), was)).toBe(true);
  });

  it.each<[string, Coverage, readonly Window[]]>([
    ['nothing is live', covered([5, 7], [9, 12]), was],
    ['what is live has met it again', covered([5, null]), was],
    ['what is live reaches further back', covered([4, null]), was],
    ['what is live reaches the beginning', covered([null, null]), ranges([null, null])],
    ['nothing is known', noCoverage, was],
    ['nothing was known', covered([9, null]), []],
  ])('is nothing where %s', (_name, coverage, before) => {
    expect(isTorn(coverage, before)).toBe(false);
  });
});

describe('takeUp', () => {
  it('makes live again what was live when the stream broke off, and joins what came since', () => {
    const live = coverAhead(covered([1, 5]), { from: 8, to: null }, 9);
    const broken = breakOff(live);
    expect(broken.windows).toEqual(ranges([1, 5], [8, 9]));
    expect(takeUp(broken, live.windows).windows).toEqual(live.windows);
    const since = coverTold(broken, 12, true);
    expect(since.windows).toEqual(ranges([1, 5], [8, 9], [12, null]));
    expect(takeUp(since, live.windows).windows).toEqual(ranges([1, 5], [8, null]));
  });

  it('makes nothing firm: what is on its way may break off again', () => {
    const live = coverAhead(covered([1, 5]), { from: 8, to: null }, 9);
    const again = takeUp(breakOff(live), live.windows);
    expect(again.firm).toEqual(breakOff(live).firm);
    expect(breakOff(again).windows).toEqual(ranges([1, 5], [8, 9]));
  });

  it('gives back the same coverage where all of it is known', () => {
    const known = covered([1, null]);
    expect(takeUp(known, ranges([2, 4], [6, null]))).toBe(known);
  });
});
