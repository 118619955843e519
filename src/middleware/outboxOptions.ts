/** How wishes are sent. @public */
export interface OutboxTuning {
  /**
   * A send that may have worked, on a backend that does not give nonces back: `'match'` takes a single new message with
   * the same words for it, and sends again what is certainly not there; `'ask'` leaves both to the person. Default
   * `'match'`.
   */
  readonly uncertain: 'match' | 'ask';
  /**
   * Name of the header by which the backend knows a send again, such as `'Idempotency-Key'`; `null` where it does not.
   * Nothing documents one. Default `null`.
   */
  readonly idempotencyHeader: string | null;
  /** How long a deletion waits to be undone, in ms. Default 5,000. */
  readonly undoDeleteMs: number;
  /** Most characters of a message, as UTF-16 counts them. The backend's own bound is not documented. Default 10,000. */
  readonly maxMessageLength: number;
  /** Requests for one operation before it counts as failed. Default 8. */
  readonly maxAttempts: number;
  /** Upper bound of the first delay before another try, in ms. Default 1,000. */
  readonly initialDelayMs: number;
  /** Upper bound of all such delays, in ms. Default 30,000. */
  readonly maxDelayMs: number;
  /** How long after a reply the stream may take to say the same, before the reply alone counts, in ms. Default 5,000. */
  readonly echoWaitMs: number;
}

/** @public */
export const outboxDefaults: OutboxTuning = {
  uncertain: 'match',
  idempotencyHeader: null,
  undoDeleteMs: 5_000,
  maxMessageLength: 10_000,
  maxAttempts: 8,
  initialDelayMs: 1_000,
  maxDelayMs: 30_000,
  echoWaitMs: 5_000,
};
