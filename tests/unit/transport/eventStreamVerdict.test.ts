import { describe, expect, it } from '@jest/globals';

import type { AttemptEnd } from '../../../src/transport/attempt';
import { afterTry, toStreamError } from '../../../src/transport/eventStreamVerdict';

const refused = (status: number): AttemptEnd => ({ kind: 'refused', status, retryAfterMs: null });

const ends: readonly (readonly [AttemptEnd, ReturnType<typeof afterTry>, string, string])[] = [
  [{ kind: 'ended' }, 'retry', 'STREAM_ENDED', 'The server closed the stream.'],
  [refused(204), 'giveUp', 'STREAM_REFUSED', 'The server answered 204.'],
  [refused(0), 'giveUp', 'STREAM_REFUSED', 'The server answered 0.'],
  [refused(401), 'renewToken', 'UNAUTHORIZED', 'The server answered 401.'],
  [refused(403), 'giveUp', 'STREAM_REFUSED', 'The server answered 403.'],
  [refused(408), 'giveUp', 'STREAM_REFUSED', 'The server answered 408.'],
  [refused(429), 'retry', 'RATE_LIMITED', 'The server answered 429.'],
  [refused(503), 'retry', 'SERVER_ERROR', 'The server answered 503.'],
  [
    { kind: 'wrong_type', contentType: 'text/html' },
    'giveUp',
    'STREAM_WRONG_TYPE',
    'The answer is text/html, and not text/event-stream.',
  ],
  [
    { kind: 'wrong_type', contentType: null },
    'giveUp',
    'STREAM_WRONG_TYPE',
    'The answer is of no type, and not text/event-stream.',
  ],
  [{ kind: 'network' }, 'retry', 'NETWORK', 'There was no answer, or the connection broke.'],
  [{ kind: 'aborted' }, 'retry', 'ABORTED', 'The stream was closed.'],
  [{ kind: 'too_large' }, 'retry', 'FRAME_TOO_LARGE', 'An event is longer than maxFrameBytes.'],
  [
    { kind: 'timeout', waitedFor: 'headers' },
    'retry',
    'TIMEOUT',
    'There was no answer for connectTimeoutMs.',
  ],
  [{ kind: 'timeout', waitedFor: 'bytes' }, 'retry', 'TIMEOUT', 'Nothing came for idleTimeoutMs.'],
  [
    { kind: 'no_token' },
    'giveUp',
    'UNAUTHORIZED',
    'There is no token, or none that can be sent: sign in.',
  ],
  [
    { kind: 'token_failed', code: 'RATE_LIMITED' },
    'retry',
    'RATE_LIMITED',
    'The token could not be had just now.',
  ],
];

describe('the end of a try', () => {
  it.each(ends)('%j: %s, as %s', (end, next, code, message) => {
    const fatal = next !== 'retry';
    expect(afterTry(end)).toBe(next);
    expect(toStreamError(end, fatal)).toEqual({
      ...(end.kind === 'refused' ? { status: end.status } : {}),
      code,
      message,
      fatal,
    });
  });
});
