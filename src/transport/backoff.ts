import type { Random } from '../platform/random';
import { clampDelay } from '../platform/timers';

/** What a delay before the next try is made of. @public */
export interface BackoffOptions {
  /** Upper bound of the first delay, in ms. */
  readonly initialDelayMs: number;
  /** Upper bound of all delays, in ms. */
  readonly maxDelayMs: number;
  /** What the server asked for (`retry:`, `Retry-After`), in ms; the jitter comes on top, or all clients meet again. */
  readonly floorMs?: number;
  readonly random: Random;
}

/**
 * Full jitter: a random time up to a bound that doubles with each attempt (0 is the first), above what the server asked for.
 *
 * @public
 */
export function backoffDelay(attempt: number, options: BackoffOptions): number {
  const bound = Math.min(options.maxDelayMs, options.initialDelayMs * 2 ** attempt);
  return clampDelay((options.floorMs ?? 0) + options.random.next() * bound);
}

/**
 * When to look again whether something that is down has come back: about every `everyMs`, since clients that went down
 * together are not to look together.
 *
 * @internal
 */
export function probeDelay(everyMs: number, random: Random): number {
  return Math.ceil(everyMs * (0.9 + 0.2 * random.next()));
}
