import type { HudhudErrorCode } from '@hudhud/state';

/** Why something did not work, and what helps. */
export function enError(code: HudhudErrorCode | null): string {
  switch (code) {
    case 'NETWORK':
      return 'The server cannot be reached. Check your connection.';
    case 'TIMEOUT':
      return 'The server took too long to answer.';
    case 'RATE_LIMITED':
      return 'That was a little fast. Wait a moment and try again.';
    case 'UNAUTHORIZED':
      return 'Your session has ended. Sign in again.';
    case 'FORBIDDEN':
    case 'STREAM_REFUSED':
      return 'You have no access here.';
    case 'NOT_FOUND':
    case 'MESSAGE_UNKNOWN':
      return 'It is no longer there.';
    case 'MESSAGE_DELETED':
      return 'The message was deleted meanwhile.';
    case 'NOT_YOURS':
      return 'Only its author can do that.';
    case 'CONFLICT':
    case 'REQUEST_REJECTED':
      return 'The server did not accept it.';
    case 'SERVER_ERROR':
    case 'BAD_RESPONSE':
      return 'The server had a problem. Try again in a moment.';
    case 'UNCONFIRMED':
      return 'It may have arrived all the same. Look before you try again.';
    case 'EMPTY_MESSAGE':
      return 'There is nothing in it.';
    case 'MESSAGE_TOO_LONG':
      return 'It is too long.';
    case 'UPLOAD_TOO_LARGE':
      return 'The file is too large.';
    case 'ATTACHMENT_LOST':
      return 'A file is no longer at hand. Attach it again.';
    case 'ABORTED':
      return 'It was called off.';
    default:
      return 'Something went wrong. Try again.';
  }
}
