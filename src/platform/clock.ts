/** The time of day. @public */
export interface Clock {
  /** Milliseconds since 1970, by this machine. */
  now(): number;
  /** Milliseconds since any moment, finer than `now`, for what is quick. Default: `now`. */
  precise?(): number;
}

/** The machine's own clock. @public */
export const systemClock: Clock = {
  now: () => Date.now(),
  precise: () => performance.now(),
};
