/**
 * Why a frame or a row was not taken. Each is counted on its own (L16); `docs/protocol.md` explains them.
 *
 * @public
 */
export type RejectionReason =
  /** `data` is not JSON. */
  | 'invalid_json'
  /** `data` is JSON, but no object. */
  | 'not_an_object'
  /** The frame is longer than the limit. */
  | 'too_large'
  /** An event type this version does not know. */
  | 'unknown_type'
  /** A known event type with an action this version does not know. */
  | 'unknown_action'
  /** An id is missing. */
  | 'missing_id'
  /** An id is no string, too long, or the name of an object's own machinery (`__proto__`). */
  | 'hostile_id'
  /** A field has the wrong type. */
  | 'invalid_field'
  /** A message without a channel that is no notice. */
  | 'missing_channel'
  /** A row of another channel than the one that was asked for. */
  | 'foreign_row';
