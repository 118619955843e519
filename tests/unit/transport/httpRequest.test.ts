import { describe, expect, it } from '@jest/globals';

import { buildInit, buildUrl } from '../../../src/transport/httpRequest';

const decode = (json: unknown) => json;

describe('buildUrl', () => {
  it.each([
    ['https://h/api', '/chat/messages', {}, 'https://h/api/chat/messages'],
    [
      'https://h/api/',
      '/x',
      { limit: 50, before: null, after: undefined },
      'https://h/api/x?limit=50',
    ],
    ['/api', '/x', { q: 'a&b ü', deep: true }, '/api/x?q=a%26b+%C3%BC&deep=true'],
    ['', '/x', undefined, '/x'],
  ])('joins %p and %p with %p', (base, path, query, url) => {
    expect(buildUrl(base, path, query)).toBe(url);
  });
});

describe('buildInit', () => {
  const { signal } = new AbortController();

  it('sends JSON with the token, and cookies', () => {
    const request = { method: 'POST', path: '/x', body: { a: 1 }, decode } as const;
    expect(buildInit(request, 't0k', signal)).toEqual({
      method: 'POST',
      credentials: 'include',
      cache: 'no-store',
      signal,
      headers: {
        Accept: 'application/json',
        'Content-Type': 'application/json',
        Authorization: 'Bearer t0k',
      },
      body: '{"a":1}',
    });
  });

  it('sends no body and no token where there is none', () => {
    const init = buildInit({ method: 'GET', path: '/x', decode }, null, signal);
    expect(init.headers).toEqual({ Accept: 'application/json' });
    expect(init).not.toHaveProperty('body');
  });

  it('adds headers, but lets none replace the token', () => {
    const headers = { 'Idempotency-Key': 'k1', Authorization: 'other' };
    const init = buildInit({ method: 'POST', path: '/x', headers, decode }, 't0k', signal);
    expect(init.headers).toMatchObject({
      'Idempotency-Key': 'k1',
      Authorization: 'Bearer t0k',
    });
  });
});
