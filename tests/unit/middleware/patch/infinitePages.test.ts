import { describe, expect, it } from '@jest/globals';
import { withOwnPages } from '../../../../src/middleware/patch/infinitePages';

const base = { pages: ['own 1', 'own 2'], pageParams: [null, 'older'] };

describe('withOwnPages', () => {
  it.each(['forward', 'backward'] as const)('keeps what was answered before: %s', (direction) => {
    const isForward = direction === 'forward';
    const answer = isForward
      ? { pages: ['shown 1', 'shown 2', 'new'], pageParams: [null, 'older', 'oldest'] }
      : { pages: ['new', 'shown 1', 'shown 2'], pageParams: ['newer', null, 'older'] };
    const { data, fresh } = withOwnPages(base, answer, direction);
    expect(data).toEqual({
      ...answer,
      pages: isForward ? ['own 1', 'own 2', 'new'] : ['new', 'own 1', 'own 2'],
    });
    expect(fresh).toEqual([isForward ? 2 : 0]);
  });

  it('keeps those that are left where the list is bounded', () => {
    const answer = { pages: ['shown 2', 'new'], pageParams: ['older', 'oldest'] };
    const { data, fresh } = withOwnPages(base, answer, 'forward');
    expect(data).toEqual({ ...answer, pages: ['own 2', 'new'] });
    expect(fresh).toEqual([1]);
  });

  it('takes nothing for new where there was nothing more', () => {
    const answer = { pages: ['shown 1', 'shown 2'], pageParams: [null, 'older'] };
    expect(withOwnPages(base, answer, 'forward')).toEqual({ data: base, fresh: [] });
  });

  it.each([
    ['all pages are read again', base, { pages: ['a'], pageParams: [null] }, null],
    ['there was none before', undefined, { pages: ['a'], pageParams: [null] }, 'forward'],
    ['it is no infinite query', base, ['a'], 'forward'],
  ] as const)('takes an answer as it is where %s', (_, held, answer, direction) => {
    expect(withOwnPages(held, answer, direction)).toEqual({ data: answer, fresh: null });
  });
});
