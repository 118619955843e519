import { describe, expect, it } from '@jest/globals';
import {
  isAskedAtEnd,
  isAskedBefore,
  isPageAtEnd,
} from '../../../../src/middleware/patch/askedPlace';

describe('isAskedAtEnd', () => {
  it.each<[unknown]>([
    [undefined],
    ['c1'],
    [7],
    [{ channelId: 'c1', limit: 50, pageSize: 50, token: 'x', first: 50 }],
    [{ before: null, after: undefined, cursor: '' }],
    [{ page: 0, offset: '0', skip: 0 }],
    [{ channelId: 'c1', pagination: { page: 0, limit: 50 }, sort: { createdAt: 'desc' } }],
    [{ first: 50, last: 50, max: 50, latest: true, lastNames: 'x', filters: ['before'] }],
  ])('%j reaches up to now', (arg) => {
    expect(isAskedAtEnd(arg)).toBe(true);
  });

  it.each<[unknown]>([
    [{ before: 'm1' }],
    [{ beforeId: 'm1' }],
    [{ after_ts: 5 }],
    [{ aroundMessageId: 'm1' }],
    [{ cursor: 'abc' }],
    [{ nextCursor: 'abc' }],
    [{ from: '2025-09-01' }],
    // where pages count from 1, it is the first one: nobody can tell
    [{ page: 1 }],
    [{ pageParam: 'abc' }],
    [{ offset: 50 }],
    [{ channelId: 'c1', pagination: { page: 2, limit: 50 } }],
    [{ channelId: 'c1', params: { query: { before: 'm1' } } }],
    [{ oldestMessageId: 'm1' }],
    [{ lastId: 'm1' }],
    [{ last_seen_at: 5 }],
    [{ maxId: 'm1' }],
    [{ startingAfter: 'm1' }],
    [{ createdBefore: '2025-09-01' }],
    [{ pageToken: 'abc' }],
  ])('%j may begin or end elsewhere', (arg) => {
    expect(isAskedAtEnd(arg)).toBe(false);
  });
});

describe('isPageAtEnd', () => {
  it('takes what is no object for a cursor', () => {
    expect([undefined, null, '', 0, {}, { before: undefined }].map(isPageAtEnd)).toEqual(
      Array<boolean>(6).fill(true),
    );
    expect(['m1', 1, { before: 'm1' }, ['m1']].map(isPageAtEnd)).toEqual(
      Array<boolean>(4).fill(false),
    );
  });
});

describe('isAskedBefore', () => {
  it('is about what came before a moment, and nothing else', () => {
    expect([{ before: 'm1' }, { before: 'm2', after: 'm1' }, {}, 'c1'].map(isAskedBefore)).toEqual([
      ...[true, false, false, false],
    ]);
  });
});
