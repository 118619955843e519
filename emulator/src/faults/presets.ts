/** Fault sets with a name, in their JSON form. */
export const presets = {
  none: {},
  /** All mildly, so that a chat stays usable: what a bad network and a busy server do to a client. */
  chaos: {
    delay: { p: 0.3, minMs: 50, maxMs: 800 },
    refuse: { p: 0.05, statuses: [409, 429, 500, 503], retryAfterS: 1 },
    loseRequest: { p: 0.03 },
    loseReply: { p: 0.05 },
    errorAfterWrite: { p: 0.03, status: 502 },
    delayFrames: { p: 0.2, minMs: 50, maxMs: 800 },
    doubleFrames: { p: 0.1 },
    reorderFrames: { p: 0.05, waitMs: 500 },
    dropEchoes: { p: 0.1 },
  },
  /** A network that breaks off, and servers behind it that are not there. Nothing is lost that could not be told again. */
  network: {
    refuseStreams: { p: 0.2, statuses: [401, 429, 502, 503], retryAfterS: 1 },
    reset: { p: 0.03 },
    halfFrame: { p: 0.03 },
    stall: { p: 0.003 },
    slowDrip: { p: 0.1, everyMs: 0 },
  },
} as const;

export type PresetName = keyof typeof presets;
