import type { Dice } from '../convergence/dice';

/** How a server lets itself be heard, and how much it lets itself be asked. Every schedule draws its own. */
export interface WayCapabilities {
  /**
   * `none`: frames have no ids, and nothing proves that a stream goes on without a hole. `forgets`: they have, and who comes
   * back begins anew all the same. `resumes`: who comes back hears what it missed, if the server still has it.
   */
  readonly ids: 'none' | 'forgets' | 'resumes';
  /** The greeting of a stream that begins anew has an id, where frames have. */
  readonly greetsWithId: boolean;
  /** Frames that it still has for who comes back. */
  readonly kept: number;
  readonly offersLongPoll: boolean;
  /** Requests in any minute; `null`: it counts none. */
  readonly limit: number | null;
  /** When its count begins anew is said as a moment, or as a span. */
  readonly resetsAt: 'moment' | 'span';
  /** Before the end no way to hear it leads anywhere for a while. */
  readonly endsDegraded: boolean;
}

export function drawWays(dice: Dice): WayCapabilities {
  return {
    ids: dice.pick(['none', 'forgets', 'resumes', 'resumes']),
    greetsWithId: dice.chance(0.7),
    kept: dice.pick([4, 30]),
    offersLongPoll: dice.chance(0.6),
    limit: dice.pick([null, null, 24, 60]),
    resetsAt: dice.pick(['moment', 'span']),
    endsDegraded: dice.chance(0.25),
  };
}
