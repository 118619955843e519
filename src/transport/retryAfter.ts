import { maxDelay } from '../platform/timers';

/**
 * Reads a `Retry-After` header: whole seconds or an HTTP date (RFC 9110, 10.2.3). `null` when it is missing or neither.
 * Never more than a timer can wait, never negative.
 *
 * @internal
 */
export function parseRetryAfter(value: string | null, nowMs: number): number | null {
  if (value === null) return null;
  const text = value.trim();
  if (/^[0-9]+$/.test(text)) return Math.min(Number(text) * 1_000, maxDelay);
  // A date names its day or month; this keeps out what `Date.parse` would guess at, such as "-5" or "1.5".
  if (!/[a-z]{3}/i.test(text)) return null;
  // The oldest of the three forms names no zone: it means GMT, and not this machine's.
  const at = Date.parse(/:[0-9]{2} [0-9]{4}$/.test(text) ? `${text} GMT` : text);
  return Number.isNaN(at) ? null : Math.min(Math.max(at - nowMs, 0), maxDelay);
}
