import type { Random } from '../platform/random';
import { clampDelay } from '../platform/timers';

/** What a delay before the next try is made of. @internal */
export interface BackoffOptions {
  /** Upper bound of the first delay, in ms. */
  readonly initialDelayMs: number;
  /** Upper bound of all delays, in ms. */
  readonly maxDelayMs: number;
  /** What the server asked for (`retry:`, `Retry-After`), in ms; the jitter comes on top, or all clients meet again. */
  readonly floorMs?: number;
  /** How much of a delay is chance: 1 is all of it, 0 nothing. Default 1. */
  readonly jitter?: number;
  readonly random: Random;
}

/**
 * A time up to a bound that doubles with each attempt (0 is the first), and never below what the server asked for. With
 * full jitter, the default, it is any time up to the bound, above the floor.
 *
 * @internal
 */
export function backoffDelay(attempt: number, options: BackoffOptions): number {
  const { floorMs = 0, jitter = 1 } = options;
  const bound = Math.min(options.maxDelayMs, options.initialDelayMs * 2 ** attempt);
  const fixed = Math.max(floorMs, bound * (1 - jitter));
  return clampDelay(fixed + options.random.next() * jitter * bound);
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
