import type { Capabilities } from './capabilities';
import { drawCapabilities } from './capabilities';
import { createDice } from './dice';

/** Every kind of move, and how often it is drawn. */
const weights = {
  // the person at our client
  ...{ send: 10, reply: 3, edit: 4, remove: 3, react: 5, toggle: 2, read: 1 },
  ...{ undo: 2, retry: 2, discard: 1 },
  // other people, and the person's other device
  ...{ otherSend: 4, otherReply: 1, otherEdit: 2, otherRemove: 2, otherReact: 3 },
  // the stream
  ...{ deliver: 14, deliverTwice: 2, cut: 2, end: 1, down: 1, up: 3 },
  // requests under way
  ...{ serve: 14, process: 4, lose: 3, loseDone: 3, refuse: 3, fail: 1, failDone: 2 },
  ...{ limit: 1, garble: 1, garbleDone: 1 },
  // what is read
  ...{ newest: 2, older: 1, jump: 1, workspace: 1 },
  // the client's own life
  ...{ stop: 1, start: 3, offline: 1, online: 3 },
  ...{ advance: 10, wait: 3 },
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
  readonly moves: readonly Move[];
}

const bag = Object.entries(weights).flatMap(([kind, weight]) =>
  Array.from({ length: weight }, () => kind as MoveKind),
) as [MoveKind, ...MoveKind[]];

export function drawSchedule(seed: number): Schedule {
  const dice = createDice(Math.imul(seed, 0x9e3779b1));
  const caps = drawCapabilities(dice);
  const length = 15 + dice.below(45);
  const moves = Array.from({ length }, (): Move => {
    return { kind: dice.pick(bag), a: dice.below(1_000), b: dice.below(1_000) };
  });
  return { seed, caps, moves };
}

/** The same without some of its moves. */
export function keepMoves(schedule: Schedule, kept: readonly number[]): Schedule {
  return { ...schedule, moves: schedule.moves.filter((_, i) => kept.includes(i)) };
}

export const allMoveKinds = Object.keys(weights) as readonly MoveKind[];
