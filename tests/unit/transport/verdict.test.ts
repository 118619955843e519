import { describe, expect, it } from '@jest/globals';

import { HudhudError } from '../../../src/errors';
import type { AttemptEnd } from '../../../src/transport/attempt';
import { codeOfStatus, isPassingError } from '../../../src/transport/statusCodes';
import { afterAttempt, errorOfAttempt } from '../../../src/transport/verdict';

const refused = (status: number): AttemptEnd => ({ kind: 'refused', status, retryAfterMs: null });

describe('what follows an end', () => {
  it.each([
    [204, 'giveUp', 'STREAM_REFUSED'],
    [302, 'giveUp', 'STREAM_REFUSED'],
    [400, 'giveUp', 'STREAM_REFUSED'],
    [401, 'renewToken', 'UNAUTHORIZED'],
    [403, 'giveUp', 'STREAM_REFUSED'],
    [404, 'giveUp', 'STREAM_REFUSED'],
    [408, 'retry', 'TIMEOUT'],
    [425, 'retry', 'SERVER_ERROR'],
    [429, 'retry', 'RATE_LIMITED'],
    [500, 'retry', 'SERVER_ERROR'],
    [503, 'retry', 'SERVER_ERROR'],
  ])('status %p: %s, as %s', (status, next, code) => {
    expect(afterAttempt(refused(status))).toBe(next);
    expect(errorOfAttempt(refused(status))).toEqual({ code, status });
  });

  it.each<[AttemptEnd, string, string]>([
    [{ kind: 'ended' }, 'retry', 'STREAM_ENDED'],
    [{ kind: 'network' }, 'retry', 'NETWORK'],
    [{ kind: 'timeout', waitedFor: 'bytes' }, 'retry', 'TIMEOUT'],
    [{ kind: 'too_large' }, 'retry', 'FRAME_TOO_LARGE'],
    [{ kind: 'wrong_type', contentType: 'text/html' }, 'retry', 'STREAM_WRONG_TYPE'],
    [{ kind: 'token_failed', code: 'SERVER_ERROR' }, 'retry', 'SERVER_ERROR'],
    [{ kind: 'no_token' }, 'authLost', 'UNAUTHORIZED'],
    [{ kind: 'aborted' }, 'retry', 'ABORTED'],
  ])('%p: %s, as %s', (end, next, code) => {
    expect(afterAttempt(end)).toBe(next);
    expect(errorOfAttempt(end)).toEqual({ code });
  });
});

describe('codeOfStatus', () => {
  it.each([
    [400, 'REQUEST_REJECTED'],
    [401, 'UNAUTHORIZED'],
    [403, 'FORBIDDEN'],
    [404, 'NOT_FOUND'],
    [409, 'CONFLICT'],
    [422, 'REQUEST_REJECTED'],
    [429, 'RATE_LIMITED'],
    [500, 'SERVER_ERROR'],
    [502, 'SERVER_ERROR'],
  ])('%p is %s', (status, code) => {
    expect(codeOfStatus(status)).toBe(code);
  });
});

describe('isPassingError', () => {
  it('knows which failures say nothing about the request', () => {
    const passing = (
      ['NETWORK', 'TIMEOUT', 'RATE_LIMITED', 'SERVER_ERROR', 'UNAUTHORIZED'] as const
    ).map((code) => isPassingError(new HudhudError(code, 'x')));
    expect(passing).toEqual([true, true, true, true, false]);
    expect(isPassingError(new TypeError('fetch failed'))).toBe(false);
  });
});
