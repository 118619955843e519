import { describe, expect, it } from '@jest/globals';
import type { PageOfIds } from '../../../src/api/messagePages';
import { newerCursor, olderCursor, toPageOfIds } from '../../../src/api/messagePages';
import type { MessagesPage } from '../../../src/protocol/rest';
import { frozen } from '../../support/frozen';

const page = (rows: readonly (readonly [string, number | undefined])[], hasMore = false) =>
  frozen<MessagesPage>({
    messages: rows.map(([id, createdAt]) => (createdAt === undefined ? { id } : { id, createdAt })),
    ...{ users: [], rejected: [], hasMore, oldestId: null, newestId: null },
  });
const newest = { side: 'newest' } as const;

describe('a page of ids', () => {
  it('is sorted by time and id, each once, without rows that have no place', () => {
    const answer = page([
      ['b', 5],
      ['c', 4],
      ['a', 5],
      ['b', 5],
      ['lost', undefined],
    ]);
    expect(toPageOfIds([answer], newest)).toMatchObject({
      ids: ['c', 'a', 'b'],
      ...{ oldestAt: 4, newestAt: 5, hasOlder: false },
    });
  });

  it('goes on from what is deleted, but does not name it', () => {
    const answer = frozen<MessagesPage>({
      ...page([['b', 5]], true),
      messages: [
        { id: 'a', createdAt: 4, deletedAt: 6 },
        { id: 'b', createdAt: 5 },
      ],
    });
    const made = toPageOfIds([answer], newest);
    expect(made.ids).toEqual(['b']);
    expect(olderCursor(made)).toEqual({ side: 'older', edge: 4, known: ['a'] });
  });

  it('before an edge leaves out what the page after it has, of the same millisecond too', () => {
    const cursor = { side: 'older', edge: 5, known: ['b'] } as const;
    const answer = page(
      [
        ['a', 5],
        ['b', 5],
        ['z', 3],
      ],
      true,
    );
    expect(toPageOfIds([answer], cursor)).toMatchObject({ ids: ['z', 'a'], oldestAt: 3 });
    // all in that millisecond: the next page has to leave out these as well
    const stuck = toPageOfIds([page([['a', 5]], true)], cursor);
    expect(olderCursor(stuck)).toEqual({ side: 'older', edge: 5, known: ['b', 'a'] });
  });

  it('before an edge is the last one when it brings nothing older, whatever the server says', () => {
    const cursor = { side: 'older', edge: 5, known: ['b'] } as const;
    const ignored = page(
      [
        ['b', 5],
        ['c', 9],
      ],
      true,
    );
    const made = toPageOfIds([ignored], cursor);
    expect(made).toMatchObject({ ids: [], oldestAt: 5, hasOlder: false });
    expect(olderCursor(made)).toBeNull();
    expect(toPageOfIds([], cursor)).toMatchObject({ ids: [], oldestAt: 5, hasOlder: false });
  });

  it('after an edge leaves out what is known, and takes in what was written late', () => {
    const cursor = { side: 'newer', edge: 5_000, known: ['b'] } as const;
    const answer = page([
      ['late', 4_000],
      ['b', 5_000],
      ['c', 6_000],
    ]);
    const made = toPageOfIds([answer], cursor);
    expect(made).toMatchObject({ ids: ['late', 'c'], newestAt: 6_000, hasOlder: true });
    expect(made.atNewest).toEqual(['b', 'late', 'c']);
  });

  it('after an edge that nothing followed goes on where it began', () => {
    const cursor = { side: 'newer', edge: 5_000, known: ['b'] } as const;
    const made = toPageOfIds([page([['b', 5_000]])], cursor);
    expect(made).toMatchObject({ ids: [], newestAt: 5_000 });
    expect(newerCursor([made])).toEqual(cursor);
  });

  it('goes on with the newest page where nothing was there', () => {
    const empty = toPageOfIds([page([])], newest);
    expect(empty).toMatchObject({ ids: [], oldestAt: null, newestAt: null, hasOlder: false });
    expect(newerCursor([empty])).toEqual(newest);
    expect(newerCursor([])).toEqual(newest);
    expect(olderCursor(empty)).toBeNull();
  });

  it('knows the pages behind it that are listed again', () => {
    const first = toPageOfIds([page([['d', 5_000]])], newest);
    const close: PageOfIds = { ...first, ids: ['b', 'c'], newestAt: 4_000 };
    const far: PageOfIds = { ...first, ids: ['a'], newestAt: 2_000 };
    expect(newerCursor([first, close, far])).toMatchObject({ known: ['d', 'b', 'c'] });
  });
});
