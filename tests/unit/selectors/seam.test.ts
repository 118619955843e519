import { describe, expect, it } from '@jest/globals';

import type { MessageRow } from '../../../src/selectors/row';
import {
  gapBetween,
  groupingWindowMs,
  joined,
  localDay,
  seamOf,
} from '../../../src/selectors/seam';
import { createSelectors } from '../../../src/selectors/createSelectors';
import {
  connection,
  created,
  deleted,
  general,
  heard,
  messageOf,
  minute,
  omar,
  page,
  salma,
} from '../../support/exampleData';
import { rootOf } from '../../support/roots';

const oneDay = (): number => 1;
const select = createSelectors('hudhud', { dayOf: oneDay });
const grouped = (...rows: Parameters<typeof messageOf>[1][]): boolean | undefined => {
  const messages = rows.map((more, i) => messageOf(`m${i}`, { createdAt: minute(i), ...more }));
  const root = rootOf(connection('open'), page(1, messages));
  return select.selectTimeline(root, general).at(-1)?.isGrouped;
};

describe('isGrouped', () => {
  it('is so for messages of one author that follow each other', () => {
    expect(grouped({}, {})).toBe(true);
    expect(grouped({})).toBe(false);
  });

  it.each<[string, Parameters<typeof messageOf>[1], Parameters<typeof messageOf>[1]]>([
    ['another author', {}, { userId: salma }],
    ['no author', { userId: null }, { userId: null }],
    ['an agent that speaks for them', {}, { fromAgent: 'scribe' }],
    ['a pause', { createdAt: minute(0) }, { createdAt: minute(0) + groupingWindowMs }],
    ['a thread in between', { threadCount: 1 }, {}],
    ['a notice before', { type: 'system' }, {}],
    ['a notice', {}, { type: 'system' }],
    ['a placeholder before', { deletedAt: minute(9), threadCount: 0 }, {}],
  ])('is not so after %s', (_name, before, row) => {
    expect(grouped(before, row)).toBe(false);
  });

  it('is not so over a placeholder, a day, a gap or the unread line', () => {
    const root = rootOf(
      connection('open'),
      heard(1, created('m1', { threadCount: 1 }), created('m2', { createdAt: minute(2) })),
      heard(3, deleted('m1')),
    );
    const rows = select.selectTimeline(root, general);
    const [before, row] = rows;
    if (before === undefined || row === undefined) throw new Error('two rows are shown');
    expect(row.isGrouped).toBe(false);
    const plain = { ...before, isDeleted: false, threadCount: 0 };
    const gap = { after: 1, before: 2 };
    expect(seamOf(plain, row, oneDay).isGrouped).toBe(true);
    expect(seamOf(plain, { ...row, gapBefore: gap }, oneDay).isGrouped).toBe(false);
    expect(seamOf(plain, { ...row, isFirstUnread: true }, oneDay).isGrouped).toBe(false);
    expect(seamOf(plain, row, (at) => at)).toMatchObject({ isGrouped: false, startsDay: true });
    expect(seamOf(null, row, oneDay)).toMatchObject({ isGrouped: false, startsDay: true });
  });

  it('holds just below the window, whichever clock was ahead', () => {
    const near = groupingWindowMs - 1;
    expect(grouped({ createdAt: minute(0) }, { createdAt: minute(0) + near })).toBe(true);
  });
});

describe('joined', () => {
  it('gives the row back when it stands as it did', () => {
    const root = rootOf(connection('open'), heard(1, created('m1'), created('m2')));
    const [before, row] = select.selectTimeline(root, general);
    if (before === undefined || row === undefined) throw new Error('two rows are shown');
    const rest = { gapBefore: null, isFirstUnread: false };
    expect(joined(before, row, rest, oneDay)).toBe(row);
    expect(joined(null, row, rest, oneDay)).toEqual({ ...row, startsDay: true, isGrouped: false });
    expect(joined(before, row, { ...rest, isFirstUnread: true }, oneDay).isGrouped).toBe(false);
  });
});

describe('gapBetween', () => {
  const rowAt = (createdAt: number) => ({ createdAt }) as MessageRow;
  const gaps = [
    { after: 10, before: 20 },
    { after: 30, before: 40 },
  ];

  it('is the gap that lies between two rows, the last one of several', () => {
    expect(gapBetween(gaps, rowAt(10), 20)).toBe(gaps[0]);
    expect(gapBetween(gaps, rowAt(10), 45)).toBe(gaps[1]);
    expect(gapBetween(gaps, null, 45)).toBe(gaps[1]);
    expect(gapBetween(gaps, rowAt(20), 25)).toBeNull();
    expect(gapBetween(gaps, rowAt(40), 41)).toBeNull();
    expect(gapBetween([], rowAt(1), 2)).toBeNull();
  });
});

describe('localDay', () => {
  it('is the same within a calendar day, and no other', () => {
    const at = (...parts: [number, number, number, number?]) => localDay(+new Date(...parts));
    expect(at(2025, 8, 1, 0)).toBe(at(2025, 8, 1, 23));
    const days = Array.from({ length: 800 }, (_, i) => at(2024, 0, 1 + i));
    expect(new Set(days).size).toBe(800);
  });

  it('is the default', () => {
    const rows = [messageOf('m1', { userId: omar }), messageOf('m2', { createdAt: minute(2880) })];
    const root = rootOf(connection('open'), page(1, rows));
    const days = createSelectors().selectTimeline(root, general);
    expect(days.map(({ startsDay }) => startsDay)).toEqual([true, true]);
  });
});
