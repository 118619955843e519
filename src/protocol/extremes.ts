import type { EpochMs } from './models';

/*
 * Not by `Math.max(...times)`: how many arguments a call may have is bounded, what a server lists is not.
 */

/** The latest of all moments; `-Infinity` of none. @internal */
export const latestOf = (times: readonly EpochMs[]): EpochMs =>
  times.reduce((latest, at) => Math.max(latest, at), -Infinity);

/** The earliest of all moments; `Infinity` of none. @internal */
export const earliestOf = (times: readonly EpochMs[]): EpochMs =>
  times.reduce((earliest, at) => Math.min(earliest, at), Infinity);
