import { describe, expect, it } from '@jest/globals';
import type { SlugCursor } from '../../../src/api/slugPages';
import { toSlugPage } from '../../../src/api/slugPages';
import type { MessagesPage } from '../../../src/protocol/rest';
import { frozen } from '../../support/frozen';

const page = (rows: readonly (readonly [string, number])[], hasMore = true) =>
  frozen<MessagesPage>({
    messages: rows.map(([id, createdAt]) => ({ id, createdAt })),
    ...{ users: [], rejected: [], hasMore, oldestId: null, newestId: null },
  });
const newest: SlugCursor = { side: 'newest' };

describe('a page by ids', () => {
  it('goes on from the next millisecond, so that the pages overlap', () => {
    const answer = page([
      ['a', 4],
      ['b', 4],
      ['c', 5],
    ]);
    expect(toSlugPage(answer, newest)).toEqual({
      ids: ['a', 'b', 'c'],
      older: { side: 'older', beforeId: 'c', before: 5, known: ['a', 'b', 'c'] },
    });
  });

  it('leaves out what it lists again', () => {
    const cursor: SlugCursor = { side: 'older', beforeId: 'c', before: 5, known: ['a', 'b'] };
    const answer = page(
      [
        ['z', 3],
        ['a', 4],
        ['b', 4],
      ],
      false,
    );
    expect(toSlugPage(answer, cursor)).toEqual({ ids: ['z'], older: null });
  });

  it('goes on from its oldest message, by the server, where all were made in one millisecond', () => {
    const answer = page([
      ['a', 4],
      ['b', 4],
    ]);
    const older = { side: 'older', before: 4, known: ['a', 'b'] };
    expect(toSlugPage(answer, newest).older).toEqual({ ...older, beforeId: 'a' });
    const said = { ...answer, oldestId: 'b' };
    expect(toSlugPage(said, newest).older).toEqual({ ...older, beforeId: 'b' });
    const cursor: SlugCursor = { side: 'older', beforeId: 'c', before: 5, known: ['c'] };
    expect(toSlugPage(said, cursor).older).toMatchObject({ known: ['c', 'a', 'b'] });
  });

  it('is the last one when it brings nothing', () => {
    const cursor: SlugCursor = { side: 'older', beforeId: 'c', before: 5, known: ['a'] };
    expect(toSlugPage(page([['a', 4]]), cursor)).toEqual({ ids: [], older: null });
    expect(toSlugPage(page([]), newest)).toEqual({ ids: [], older: null });
  });
});
