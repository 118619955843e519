import { describe, expect, it } from '@jest/globals';
import { readAt, ruleOf, writeAt } from '../../../../src/middleware/patch/part';
import type { PatchView } from '../../../../src';

const data = { data: { list: [1, 2], other: 'x' } };

describe('places in an answer', () => {
  it('are read, also where they are not', () => {
    expect(readAt(data, ['data', 'list', 1])).toBe(2);
    expect(readAt(data, [])).toBe(data);
    expect(readAt(data, ['data', 'none', 'more'])).toBeUndefined();
    expect(readAt(null, ['data'])).toBeUndefined();
  });

  it('are written to in a copy', () => {
    expect(writeAt(data, ['data', 'list', 0], 9)).toEqual({ data: { list: [9, 2], other: 'x' } });
    expect(data.data.list).toEqual([1, 2]);
    expect(writeAt(data, [], 'whole')).toBe('whole');
  });
});

describe('a rule of parts', () => {
  const doubled = (value: unknown) => (value as readonly number[]).map((one) => one * 2);
  const keep = (next: readonly number[], last: unknown) =>
    JSON.stringify(next) === JSON.stringify(last) ? last : next;
  const rule = ruleOf('get', [
    {
      at: ['a'],
      topics: () => ['channels'],
      facts: () => [],
      project: (value, _source, _view, last) => keep(doubled(value), last),
    },
    {
      at: ['b'],
      topics: () => ['unread'],
      facts: () => [],
      project: (value, _source, _view, last) => keep(doubled(value), last),
      isLoaded: () => false,
    },
  ]);
  // the parts of this rule read nothing
  const view = {} as PatchView;
  const source = (of: unknown) => ({ data: of, arg: null, absentBefore: 0 });

  it('leaves alone what an answer does not have', () => {
    const answer = { a: [1], b: null, c: 'kept' };
    expect(rule.topics(source(answer))).toEqual(['channels']);
    expect(rule.project(source(answer), view, undefined)).toEqual({ a: [2], b: null, c: 'kept' });
    expect(rule.isLoaded?.(source(answer), view)).toBe(true);
  });

  it('is the same as the last time where no part has changed', () => {
    const answer = { a: [1], b: [2] };
    const last = rule.project(source(answer), view, undefined);
    expect(last).toEqual({ a: [2], b: [4] });
    expect(rule.project(source(answer), view, last)).toBe(last);
    expect(rule.isLoaded?.(source(answer), view)).toBe(false);
  });
});
