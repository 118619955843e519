import type { Dice } from './dice';

/** What one server can do and one client is told of it. Every schedule draws its own. */
export interface Capabilities {
  /** Rows give back the metadata that a message was sent with, and so its nonce. */
  readonly returnsNonce: boolean;
  /** The server takes a send with a known key for the same send, and the client is told the header's name. */
  readonly isIdempotent: boolean;
  /** Whether the stream tells the client what it did itself. */
  readonly echo: 'always' | 'sometimes' | 'never';
  /** `all`: every change has a time; `edits`: texts and counts have, as the real backend does it; `none`. */
  readonly times: 'all' | 'edits' | 'none';
  /** The reply to an edit says when it was made. */
  readonly timesReplies: boolean;
  readonly tellsReactions: 'single' | 'whole';
  readonly timesDeletions: boolean;
  readonly tellsCreatedTwice: boolean;
  /** Replies of a thread can be asked for by time; without it the newest are given, whatever was asked. */
  readonly pagesReplies: boolean;
  /** A reaction that is there already, or not there, is refused. */
  readonly refusesRepeatedReactions: boolean;
  /** How far the server's clock is ahead of the client's, in ms. */
  readonly skewMs: number;
  readonly uncertain: 'match' | 'ask';
  readonly pageSize: number;
  /** What is on screen at the start is loaded before the first move. */
  readonly startsLoaded: boolean;
}

export function drawCapabilities(dice: Dice): Capabilities {
  return {
    returnsNonce: dice.chance(0.6),
    isIdempotent: dice.chance(0.3),
    echo: dice.pick(['always', 'always', 'sometimes', 'never']),
    times: dice.pick(['all', 'edits', 'none']),
    timesReplies: dice.chance(0.7),
    tellsReactions: dice.pick(['single', 'whole']),
    timesDeletions: dice.chance(0.5),
    tellsCreatedTwice: dice.chance(0.3),
    pagesReplies: dice.chance(0.5),
    refusesRepeatedReactions: dice.chance(0.5),
    skewMs: dice.pick([0, 0, 90_000, -90_000]),
    uncertain: dice.pick(['match', 'match', 'ask']),
    pageSize: dice.pick([3, 5, 50]),
    startsLoaded: dice.chance(0.8),
  };
}
