import type { HudhudErrorCode } from '../errors';
import { isHudhudError } from '../errors';

const codes: Readonly<Record<number, HudhudErrorCode>> = {
  401: 'UNAUTHORIZED',
  403: 'FORBIDDEN',
  404: 'NOT_FOUND',
  408: 'TIMEOUT',
  409: 'CONFLICT',
  425: 'SERVER_ERROR',
  429: 'RATE_LIMITED',
};

/**
 * The error code for an HTTP status that is no success.
 *
 * @internal
 */
export function codeOfStatus(status: number): HudhudErrorCode {
  return codes[status] ?? (status >= 500 ? 'SERVER_ERROR' : 'REQUEST_REJECTED');
}

/**
 * The same for an upload: there a body that is too large has a code of its own, which a person can do something about.
 *
 * @internal
 */
export function codeOfUploadStatus(status: number): HudhudErrorCode {
  return status === 413 ? 'UPLOAD_TOO_LARGE' : codeOfStatus(status);
}

const passing: readonly HudhudErrorCode[] = [
  'NETWORK',
  'TIMEOUT',
  'RATE_LIMITED',
  'SERVER_ERROR',
  // the page of a portal or a proxy, which answers instead of the server
  'BAD_RESPONSE',
];

/**
 * Tells whether a failure says nothing about the request itself, so that the same one may work later.
 *
 * @internal
 */
export function isPassingError(error: unknown): boolean {
  return isHudhudError(error) && passing.includes(error.code);
}
