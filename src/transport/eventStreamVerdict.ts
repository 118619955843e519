import type { AttemptEnd } from './attempt';
import type { StreamError } from './eventStreamOptions';
import type { Verdict } from './verdict';
import { afterRefusal, errorOfAttempt } from './verdict';

/**
 * Tells what an event stream of its own does after a try. It gives up where the standard does, but for what passes (429, 5xx)
 * and what a token helps against (401). A connection of the chat is more patient: it has other ways to fall back to.
 *
 * @internal
 */
export function afterTry(end: AttemptEnd): Verdict {
  if (end.kind === 'refused') return afterRefusal(end.status, [429]);
  return end.kind === 'wrong_type' || end.kind === 'no_token' ? 'giveUp' : 'retry';
}

function sentenceOf(end: AttemptEnd): string {
  switch (end.kind) {
    case 'ended':
      return 'The server closed the stream.';
    case 'refused':
      return `The server answered ${end.status}.`;
    case 'no_room':
      return 'The budget has no room for it.';
    case 'wrong_type':
      return `The answer is ${end.contentType ?? 'of no type'}, and not text/event-stream.`;
    case 'network':
      return 'There was no answer, or the connection broke.';
    case 'aborted':
      return 'The stream was closed.';
    case 'too_large':
      return 'An event is longer than maxFrameBytes.';
    case 'timeout':
      return end.waitedFor === 'headers'
        ? 'There was no answer for connectTimeoutMs.'
        : 'Nothing came for idleTimeoutMs.';
    case 'no_token':
      return 'There is no token, or none that can be sent: sign in.';
    case 'token_failed':
      return 'The token could not be had just now.';
  }
}

/**
 * Puts an end into words. What the server wrote is not quoted.
 *
 * @internal
 */
export function toStreamError(end: AttemptEnd, isFatal: boolean): StreamError {
  const { code, status } = errorOfAttempt(end, afterTry(end));
  return {
    ...(status === undefined ? {} : { status }),
    code,
    message: sentenceOf(end),
    fatal: isFatal,
  };
}
