import type { LimitReport } from './rateBudget';
import { parseRetryAfter } from './retryAfter';

/** Larger numbers are moments, smaller ones are spans: nobody limits by 30 years. */
const firstMoment = 10 ** 9;

/** A window is not longer than a day; what says so comes from clocks that differ. */
const longestMs = 86_400_000;

function countOf(value: string | null): number | null {
  return value !== null && /^[0-9]{1,12}$/.test(value.trim()) ? Number(value) : null;
}

/**
 * Reads `X-RateLimit-*` and `Retry-After`. The reset is said in seconds, as a moment by the server's clock or as a span; a
 * moment is taken by the answer's own date, where that can be read.
 *
 * @internal
 */
export function limitsOf(
  { status, headers }: { readonly status: number; readonly headers: Headers },
  nowMs: number,
): LimitReport {
  const remaining = countOf(headers.get('X-RateLimit-Remaining'));
  const reset = countOf(headers.get('X-RateLimit-Reset'));
  const limit = countOf(headers.get('X-RateLimit-Limit'));
  const retryAfterMs = parseRetryAfter(headers.get('Retry-After'), nowMs);
  if (remaining === null || reset === null) return { status, quota: null, retryAfterMs };
  const date = Date.parse(headers.get('Date') ?? '');
  const serverNow = Number.isNaN(date) ? nowMs : date;
  const forMs = reset < firstMoment ? reset * 1_000 : reset * 1_000 - serverNow;
  const quota = { limit, remaining, forMs: Math.min(Math.max(forMs, 0), longestMs) };
  return { status, quota, retryAfterMs };
}
