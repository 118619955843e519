import { expect, it } from '@jest/globals';

import { authorsOf, sharedAuthor } from '../../../src/state/authors';
import { messagesReducer } from '../../../src/state/messages';
import { createMessages } from '../../../src/state/messagesState';
import { created, heard, omar, page, messageOf, salma } from '../../support/exampleData';

it('holds one text for each id', () => {
  const authors = authorsOf({});
  for (const id of ['u1', 'u2', 'u1']) expect(sharedAuthor(authors, id)).toBe(id);
  expect([...authors.keys()]).toEqual(['u1', 'u2']);
});

it('is bounded', () => {
  const authors = authorsOf({});
  for (let i = 0; i < 10_000; i++) expect(sharedAuthor(authors, `u${i}`)).toBe(`u${i}`);
  expect(authors.size).toBeLessThanOrEqual(4_096);
});

it('is what messages take their authors from, those of the stream and those of pages', () => {
  const start = createMessages();
  const told = messagesReducer(start, heard(1, created('m1', { userId: omar })));
  messagesReducer(told, page(2, [messageOf('m2', { userId: salma })]));
  expect([...authorsOf(start.lineage).keys()]).toEqual([omar, salma]);
});
