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

describe('withOwnPages, of pages that are not the first ones', () => {
  it.each(['forward', 'backward'] as const)(
    'keeps what is left where the list is bounded: %s',
    (direction) => {
      const isForward = direction === 'forward';
      const answer = isForward
        ? { pages: ['shown 2', 'new'], pageParams: ['older', 'oldest'] }
        : { pages: ['new', 'shown 1'], pageParams: ['newer', null] };
      const { data, fresh } = withOwnPages(base, answer, direction);
      expect(data).toEqual({ ...answer, pages: isForward ? ['own 2', 'new'] : ['new', 'own 1'] });
      expect(fresh).toEqual([isForward ? 1 : 0]);
    },
  );

  it('takes a page for new that was asked for as another one was', () => {
    const same = { pages: ['own 1', 'own 2'], pageParams: [null, 'x'] };
    const answer = { pages: ['shown 1', 'shown 2', 'new'], pageParams: [null, 'x', 'x'] };
    expect(withOwnPages(same, answer, 'forward')).toEqual({
      data: { ...answer, pages: ['own 1', 'own 2', 'new'] },
      fresh: [2],
    });
  });

  it('takes only the new one for new where nothing is known of the others', () => {
    const answer = { pages: ['left', 'new'], pageParams: [null, 'older'] };
    expect(withOwnPages(undefined, answer, 'forward')).toEqual({ data: answer, fresh: [1] });
  });

  it('goes by the parameters where the pages do not follow each other as they did', () => {
    const answer = {
      pages: ['shown 2', 'shown 1', 'other', 'new'],
      pageParams: ['older', null, 'x', 'y'],
    };
    expect(withOwnPages(base, answer, 'forward')).toEqual({
      data: { ...answer, pages: ['own 2', 'own 1', 'other', 'new'] },
      fresh: [3],
    });
  });
});
