import { describe, expect, it } from '@jest/globals';

import { redact } from '../../../src/platform/redact';

const jwt = 'eyJhbGciOiJIUzI1NiJ9.eyJ1c2VySWQiOiIxIn0.c2lnbmF0dXJl';

describe('redact', () => {
  it.each([
    ['a header', `Authorization: Bearer ${jwt}`],
    ['a plain bearer token', 'sent bearer s3cr3t-token to the server'],
    ['a query', `https://host/stream?token=s3cr3t&x=1`],
    ['a query of another name', `/a?accessToken=s3cr3t`],
    ['a bare token', `got ${jwt}!`],
    ['JSON in a string', `{"refreshToken":"s3cr3t","password": "s3cr3t"}`],
  ])('masks %s', (_name, text) => {
    const safe = redact(text);
    expect(safe).not.toMatch(/s3cr3t|eyJ/);
    expect(safe).toContain('[redacted]');
  });

  it('keeps what is around a secret', () => {
    expect(redact('/stream?token=abc&x=1#top')).toBe('/stream?token=[redacted]&x=1#top');
  });

  it.each([
    'Authorization',
    'authorization',
    'proxy-authorization',
    'token',
    'accessToken',
    'access_token',
    'refreshToken',
    'password',
    'currentPassword',
    'new_password',
    'Cookie',
    'set-cookie',
  ])('masks whatever is under the key %s, at any depth', (key) => {
    expect(redact({ a: [{ [key]: { deep: 's3cr3t' } }] })).toEqual({
      a: [{ [key]: '[redacted]' }],
    });
  });

  it('leaves what is not secret as it is, and does not touch its input', () => {
    const data = { phase: 'open', n: 1, ok: true, none: null, list: ['a', 2], tokenExpiry: 5 };
    const copy = structuredClone(data);
    expect(redact(data)).toEqual(copy);
    expect(data).toEqual(copy);
  });

  it('keeps of an error its name and its safe message', () => {
    const error = new TypeError(`Headers.append: "Bearer ${jwt}" is an invalid header value.`);
    expect(redact({ error })).toEqual({
      error: {
        name: 'TypeError',
        message: 'Headers.append: "Bearer [redacted]" is an invalid header value.',
      },
    });
  });

  it('ends on a value that holds itself, and cuts what is long', () => {
    const loop: Record<string, unknown> = { long: 'x'.repeat(10_000) };
    loop['self'] = loop;
    const safe = redact(loop) as { long: string };
    expect(safe.long).toHaveLength(2_049);
    expect(JSON.stringify(safe).length).toBeLessThan(20_000);
  });

  it('is not slow on text made to be slow', () => {
    const start = performance.now();
    redact('eyJ-'.repeat(500_000));
    redact(`token${' '.repeat(500_000)}`);
    expect(performance.now() - start).toBeLessThan(500);
  });

  it('survives a hostile key', () => {
    const hostile: unknown = JSON.parse('{"__proto__":{"token":"s3cr3t"}}');
    expect(JSON.stringify(redact(hostile))).toBe('{"__proto__":{"token":"[redacted]"}}');
  });
});
