/**
 * Every way in which this package fails on purpose. The list is closed: `docs/errors.md` has one entry per code.
 *
 * @public
 */
export type HudhudErrorCode =
  // mounting and options
  | 'NOT_MOUNTED'
  | 'MOUNTED_TWICE'
  | 'MIDDLEWARE_MISSING'
  | 'PROVIDER_MISSING'
  | 'INVALID_OPTION'
  // requests
  | 'NETWORK'
  | 'TIMEOUT'
  | 'ABORTED'
  | 'UNAUTHORIZED'
  | 'FORBIDDEN'
  | 'NOT_FOUND'
  | 'CONFLICT'
  | 'RATE_LIMITED'
  | 'REQUEST_REJECTED'
  | 'SERVER_ERROR'
  | 'BAD_RESPONSE'
  // what a person wants done
  | 'EMPTY_MESSAGE'
  | 'MESSAGE_TOO_LONG'
  | 'NOT_YOURS'
  | 'MESSAGE_DELETED'
  | 'MESSAGE_UNKNOWN'
  | 'OPERATION_UNKNOWN'
  | 'UNCONFIRMED'
  | 'UPLOAD_TOO_LARGE'
  | 'ATTACHMENT_LOST'
  // the stream
  | 'STREAM_REFUSED'
  | 'STREAM_WRONG_TYPE'
  | 'STREAM_ENDED'
  | 'FRAME_TOO_LARGE'
  // what outlives the page
  | 'STORAGE_UNAVAILABLE'
  | 'STORAGE_OUTDATED'
  | 'STORAGE_DAMAGED'
  // recorded logs
  | 'NOT_PLAIN_JSON'
  | 'LOG_INVALID'
  | 'LOG_DAMAGED'
  | 'LOG_VERSION';

/**
 * What an error carries beside its sentence. No token, password or message text is ever put here.
 *
 * @public
 */
export interface HudhudErrorData {
  /** HTTP status, where a server answered. */
  readonly status?: number;
  /** The server's own error code, as it came (its vocabulary is not known; wire contract 1.7). */
  readonly serverCode?: string;
  /** Milliseconds that the server asked to wait (`Retry-After`). */
  readonly retryAfterMs?: number;
  /** The server did nothing of the request, for certain: there was no token to send it with. */
  readonly isUnsent?: true;
  /** Method and path of the request, without query. */
  readonly request?: string;
  /** Name of the option or field at fault. */
  readonly field?: string;
  /** Number of the line at fault in a recorded log; the first one is 1. */
  readonly line?: number;
}

/**
 * The one error class of this package. Decide by `code`, never by the text of `message`.
 *
 * @public
 * @example
 * ```ts
 * try {
 *   await hudhud.auth.login({ email, password });
 * } catch (error) {
 *   if (isHudhudError(error) && error.code === 'UNAUTHORIZED') showWrongPassword();
 * }
 * ```
 */
export class HudhudError extends Error {
  /** What went wrong, from a closed union. */
  readonly code: HudhudErrorCode;
  /** Facts about the failure; safe to log. */
  readonly data: HudhudErrorData;

  constructor(code: HudhudErrorCode, message: string, data: HudhudErrorData = {}, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'HudhudError';
    this.code = code;
    this.data = data;
  }
}

/**
 * Tells whether a caught value is an error of this package.
 *
 * @public
 */
export function isHudhudError(value: unknown): value is HudhudError {
  return value instanceof HudhudError;
}

/** An option that cannot be, and what it should be. @internal */
export function invalidOption(field: string, sentence: string): HudhudError {
  return new HudhudError('INVALID_OPTION', `${field}: ${sentence}`, { field });
}
