/**
 * The four switches of the guide ("Feature Flags").
 *
 * @public
 */
export interface HudhudFlags {
  /** Opens the event stream. Off: the state is fed by requests only. Default `true`. */
  readonly enableRealtime: boolean;
  /** Keeps who is typing. Default `true`. */
  readonly enableTypingIndicators: boolean;
  /** Keeps who is online. Default `true`. */
  readonly enablePresence: boolean;
  /** Asks the host to play a sound on a new message. Default `false`. */
  readonly enableNotificationSounds: boolean;
}

/**
 * The flags as the guide sets them.
 *
 * @public
 */
export const defaultFlags: HudhudFlags = {
  enableRealtime: true,
  enableTypingIndicators: true,
  enablePresence: true,
  enableNotificationSounds: false,
};
