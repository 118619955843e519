import { describe, expect, it } from '@jest/globals';

import { essenceOf } from '../../../src/transport/contentType';
import {
  buildStreamRequest,
  encodeLastEventId,
  withTokenQuery,
} from '../../../src/transport/streamRequest';

const base = { url: '/api/realtime/stream', token: 't0k', lastEventId: null } as const;

describe('buildStreamRequest', () => {
  it('puts the token into the header and not into the address', () => {
    const { url, init } = buildStreamRequest({ ...base, auth: 'header' });
    expect(url).toBe('/api/realtime/stream');
    expect(init).toEqual({
      method: 'GET',
      cache: 'no-store',
      headers: { accept: 'text/event-stream', authorization: 'Bearer t0k' },
    });
  });

  it('puts the token into the address where the backend wants it, and then into no header', () => {
    const { url, init } = buildStreamRequest({ ...base, auth: 'query', lastEventId: '7' });
    expect(url).toBe('/api/realtime/stream?token=t0k');
    expect(init.headers).toEqual({ accept: 'text/event-stream', 'last-event-id': '7' });
  });
});

describe('buildStreamRequest, for a host of its own', () => {
  it('sends no token where there is none', () => {
    for (const auth of ['header', 'query'] as const) {
      const { url, init } = buildStreamRequest({ ...base, auth, token: null });
      expect(url).toBe('/api/realtime/stream');
      expect(init.headers).toEqual({ accept: 'text/event-stream' });
    }
  });

  it('puts what it knows itself over the headers of the host', () => {
    const headers = { accept: '*/*', authorization: 'Basic x', 'x-api-key': 'k' };
    const { init } = buildStreamRequest({ ...base, auth: 'header', lastEventId: '7', headers });
    expect(init.headers).toEqual({
      accept: '*/*',
      authorization: 'Bearer t0k',
      'x-api-key': 'k',
      'last-event-id': '7',
    });
  });
});

describe('withTokenQuery', () => {
  it.each([
    ['https://h/s', 'https://h/s?token=a%26b'],
    ['/s?x=1', '/s?x=1&token=a%26b'],
    ['/s?x=1#top', '/s?x=1&token=a%26b'],
  ])('adds to %p', (url, expected) => {
    expect(withTokenQuery(url, 'a&b')).toBe(expected);
  });
});

describe('encodeLastEventId', () => {
  it('makes of every character what a header can carry: its UTF-8 bytes', () => {
    const encoded = encodeLastEventId('héllo ☃ 😀') ?? '';
    expect(encoded).toMatch(/^[\x20-\xff]+$/);
    expect(Buffer.from(encoded, 'latin1').toString('utf8')).toBe('héllo ☃ 😀');
    expect(() => new Headers({ 'Last-Event-ID': encoded })).not.toThrow();
  });

  it.each([[null], [''], ['a\u0001b'], ['a\nb'], ['a\u007fb']])('leaves %p out', (id) => {
    expect(encodeLastEventId(id)).toBeNull();
  });

  it('leaves out what servers refuse for its length, and what is too long for any call', () => {
    expect(encodeLastEventId('é'.repeat(2_048))).toHaveLength(4_096);
    expect(encodeLastEventId('é'.repeat(2_049))).toBeNull();
    expect(encodeLastEventId('x'.repeat(2_000_000))).toBeNull();
  });

  it('keeps a tab', () => {
    expect(encodeLastEventId('a\tb')).toBe('a\tb');
  });
});

describe('essenceOf', () => {
  it.each([
    ['text/event-stream', 'text/event-stream'],
    ['Text/Event-Stream; charset=utf-8', 'text/event-stream'],
    [' text/event-stream ;x=y', 'text/event-stream'],
    ['text/event-streamx', 'text/event-streamx'],
    ['', null],
    [null, null],
  ])('reads %p as %p', (value, essence) => {
    expect(essenceOf(value)).toBe(essence);
  });
});
