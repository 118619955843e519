import type { EpochMs } from '../protocol/models';

/** Most that a server may ask to be waited for, in ms: what is asked beyond that is tried after it. @internal */
export const maxWaitMs: number = 15 * 60_000;

/**
 * When a wait is over. One that would last longer than any that was ever begun is over now: the clock was set back.
 *
 * @internal
 */
export function endOfWait(until: EpochMs, now: EpochMs, longestMs: number): EpochMs {
  return until - now > longestMs ? now : until;
}
