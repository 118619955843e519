import { describe, expect, it } from '@jest/globals';
import { newerRange, pageRange } from '../../../src/actions/pageRange';

const rows = (...times: readonly number[]) =>
  times.map((createdAt, at) => ({ id: String(at), createdAt }));

describe('pageRange', () => {
  it('claims nothing of the millisecond of the oldest row while there is more', () => {
    const page = { before: null, hasMore: true, messages: rows(10, 20, 30), isLive: true };
    expect(pageRange(page)).toEqual({ from: 10, to: null });
  });

  it('reaches the beginning where there is no more', () => {
    const page = { before: null, hasMore: false, messages: rows(10), isLive: true };
    expect(pageRange(page)).toEqual({ from: null, to: null });
  });

  it('ends at its newest row where no stream told the rest', () => {
    const page = { before: null, hasMore: true, messages: rows(20, 10), isLive: false };
    expect(pageRange(page)).toEqual({ from: 10, to: 20 });
  });

  it('ends where it was asked to', () => {
    const page = { before: 50, hasMore: true, messages: rows(10, 20), isLive: true };
    expect(pageRange(page)).toEqual({ from: 10, to: 50 });
    expect(pageRange({ ...page, hasMore: false })).toEqual({ from: null, to: 50 });
  });

  it('claims nothing for an answer that is empty but for the word that there is more', () => {
    const page = { hasMore: true, messages: [], isLive: false };
    expect(pageRange({ ...page, before: 50 })).toEqual({ from: 50, to: 50 });
    expect(pageRange({ ...page, before: null })).toEqual({ from: 0, to: 0 });
  });

  it('says of an empty conversation that nothing came before', () => {
    const page = { before: null, hasMore: false, messages: [], isLive: true };
    expect(pageRange(page)).toEqual({ from: null, to: null });
    expect(pageRange({ ...page, isLive: false })).toEqual({ from: null, to: 0 });
  });

  it('leaves rows without a time out of account', () => {
    const messages = [{ id: 'x' }, ...rows(10)];
    expect(pageRange({ before: null, hasMore: true, messages, isLive: false })).toEqual({
      from: 10,
      to: 10,
    });
  });
});

describe('newerRange', () => {
  const page = { after: 5, edge: 10, isPast: true, hasMore: true, isLive: true };

  it('claims its own rows while there is more', () => {
    expect(newerRange({ ...page, messages: rows(9, 10, 20) })).toEqual({ from: 9, to: 20 });
    expect(newerRange({ ...page, messages: rows(30, 20) })).toEqual({ from: 20, to: 30 });
    expect(newerRange({ ...page, messages: [] })).toBeNull();
  });

  it('reaches now where there is no more and the stream tells the rest', () => {
    const last = { ...page, hasMore: false, messages: rows(10, 20) };
    expect(newerRange(last)).toEqual({ from: 5, to: null });
    expect(newerRange({ ...last, messages: [] })).toEqual({ from: 5, to: null });
  });

  it('reaches its last row, or the edge, where no stream does', () => {
    const last = { ...page, hasMore: false, isLive: false };
    expect(newerRange({ ...last, messages: rows(10, 20) })).toEqual({ from: 5, to: 20 });
    expect(newerRange({ ...last, messages: [] })).toEqual({ from: 5, to: 10 });
  });

  it('claims nothing of an edge that may be yet to come', () => {
    const ahead = { ...page, hasMore: false, isPast: false };
    expect(newerRange({ ...ahead, messages: [] })).toBeNull();
    expect(newerRange({ ...ahead, isLive: false, messages: rows(7) })).toEqual({ from: 5, to: 7 });
  });
});
