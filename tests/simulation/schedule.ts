import type { Capabilities } from '../convergence/capabilities';
import { drawCapabilities } from '../convergence/capabilities';
import type { Dice } from '../convergence/dice';
import { createDice } from '../convergence/dice';
import type { WayCapabilities } from './capabilities';
import { drawWays } from './capabilities';

/** Every kind of move, and how often it is drawn. */
const weights = {
  // the person, in one of the tabs
  ...{ send: 12, reply: 2, edit: 3, remove: 2, react: 4, undo: 2, discard: 4 },
  // other people, and the person's other device
  ...{ otherSend: 5, otherReply: 1, otherEdit: 2, otherRemove: 2, otherReact: 2 },
  // the network
  ...{ weather: 6, fair: 4, cut: 4, halfFrame: 2, stall: 2, offline: 2, online: 4 },
  ...{ closeStream: 3, closePolls: 2, openWays: 2 },
  // the disk
  ...{ slowDisk: 1, fullDisk: 1, goodDisk: 3 },
  // pages
  ...{ open: 4, crash: 2, crashAtWrite: 1, crashAfterWrite: 1, crashLeader: 2 },
  ...{ freeze: 1, freezeLeader: 2, thaw: 4, hide: 2, show: 2, restart: 2, loseWords: 2 },
  // what passes
  ...{ moment: 8, advance: 12, wait: 4, sleep: 1 },
} as const;

export type MoveKind = keyof typeof weights;

/** One move. Its numbers are taken modulo whatever there is to choose from. */
export interface Move {
  readonly kind: MoveKind;
  readonly a: number;
  readonly b: number;
}

export interface Schedule {
  readonly seed: number;
  readonly caps: Capabilities;
  readonly ways: WayCapabilities;
  /** Whether what was shown is kept too. */
  readonly keepsText: boolean;
  readonly moves: readonly Move[];
}

const bag = Object.entries(weights).flatMap(([kind, weight]) =>
  Array.from({ length: weight }, () => kind as MoveKind),
) as [MoveKind, ...MoveKind[]];

/** What cannot be told apart without a nonce is the convergence run's to prove; here every tab has to hear of the others. */
function drawServer(dice: Dice): Capabilities {
  const certain = { returnsNonce: true, echo: 'always', pageSize: 50, startsLoaded: true } as const;
  return { ...drawCapabilities(dice), ...certain, uncertain: 'match' };
}

export function drawSchedule(seed: number): Schedule {
  const dice = createDice(Math.imul(seed, 0x85ebca6b));
  const caps = drawServer(dice);
  const ways = drawWays(dice);
  const keepsText = dice.chance(0.6);
  const moves = Array.from({ length: 10 + dice.below(35) }, (): Move => {
    return { kind: dice.pick(bag), a: dice.below(1_000), b: dice.below(1_000) };
  });
  return { seed, caps, ways, keepsText, moves };
}

/** The same without some of its moves. */
export function keepMoves(schedule: Schedule, kept: readonly number[]): Schedule {
  return { ...schedule, moves: schedule.moves.filter((_, i) => kept.includes(i)) };
}

export const allMoveKinds = Object.keys(weights) as readonly MoveKind[];
