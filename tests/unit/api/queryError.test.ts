import { expect, it } from '@jest/globals';
import { HudhudError } from '../../../src';
import { toQueryError } from '../../../src/api/queryError';

it('keeps the data of a HudhudError as plain JSON', () => {
  const data = { status: 429, retryAfterMs: 7, request: 'GET /x', serverCode: 'SLOW' };
  const error = new HudhudError('RATE_LIMITED', 'GET /x was answered 429.', data, new Error('t0k'));
  const made = toQueryError(error);
  expect(made).toEqual({
    ...{ code: 'RATE_LIMITED', message: 'GET /x was answered 429.' },
    ...{ status: 429, retryAfterMs: 7 },
  });
  expect(JSON.parse(JSON.stringify(made))).toEqual(made);
  expect(Object.keys(toQueryError(new HudhudError('NETWORK', 'x')))).toEqual(['code', 'message']);
});

it('quotes nothing of another error', () => {
  const made = toQueryError(new TypeError('Bearer t0k is no header'));
  expect(made.code).toBe('BAD_RESPONSE');
  expect(made.message).not.toContain('t0k');
});
