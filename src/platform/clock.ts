/** The time of day. @public */
export interface Clock {
  /** Milliseconds since 1970, by this machine. */
  now(): number;
}

/** The machine's own clock. @public */
export const systemClock: Clock = { now: () => Date.now() };
