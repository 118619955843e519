import { isHudhudError } from '../errors';
import type { Random } from '../platform/random';
import { backoffDelay } from '../transport/backoff';
import { isPassingError } from '../transport/statusCodes';

const maxRetries = 3;
const bounds = { initialDelayMs: 1_000, maxDelayMs: 30_000 };
/** A bar that stands still for longer is better a failure that says why. */
const maxPauseMs = 60_000;

/**
 * How long to wait before an upload that failed is tried again, in ms; `null`: it is not. An upload is harmless to
 * repeat: a file that no message names is seen by nobody.
 *
 * @internal
 * @param retries - How often it was tried again already.
 */
export function uploadRetryDelay(error: unknown, retries: number, random: Random): number | null {
  if (retries >= maxRetries || !isHudhudError(error) || !isPassingError(error)) return null;
  const floorMs = error.data.retryAfterMs ?? 0;
  return floorMs > maxPauseMs ? null : backoffDelay(retries, { ...bounds, floorMs, random });
}
