import type { HudhudErrorCode } from '../errors';
import { isHudhudError } from '../errors';

/**
 * What a query of `hudhud.api` failed with: the data of a `HudhudError` as plain JSON, since it stands in the state. No
 * token, no text of an answer.
 *
 * @public
 */
export interface HudhudQueryError {
  readonly code: HudhudErrorCode;
  /** For a log; decide by `code`. */
  readonly message: string;
  /** HTTP status, where a server answered. */
  readonly status?: number;
  /** Milliseconds that the server asked to wait. */
  readonly retryAfterMs?: number;
}

/** @internal */
export function toQueryError(error: unknown): HudhudQueryError {
  if (!isHudhudError(error)) {
    // its own words are not passed on: they may quote what it looked at
    return { code: 'BAD_RESPONSE', message: 'The answer could not be used.' };
  }
  const { code, message, data } = error;
  const { status, retryAfterMs } = data;
  return {
    ...{ code, message },
    ...(status === undefined ? {} : { status }),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  };
}
