/** Something that can be called off. @public */
export interface Cancel {
  (): void;
}

/** Waiting, as a port: tests and simulations bring their own time. @public */
export interface Timers {
  /**
   * Calls `run` once after `delayMs`. A delay above 2^31-1 ms is cut to it, since a larger one fires at once.
   * The handle does not keep a Node process alive.
   */
  after(delayMs: number, run: () => void): Cancel;
}
