import type { Asked } from '../actions/history';

/**
 * The stamp of an answer's rows. Where one was not understood, nothing counts as missing: what is not listed may be what
 * was not understood.
 *
 * @internal
 */
export function trusted(asked: Asked, isWhole: boolean): Asked {
  const { asOf, absentBefore, oldestInFlight } = asked;
  return { asOf, absentBefore: isWhole ? absentBefore : 0, oldestInFlight };
}
