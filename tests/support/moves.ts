import fc from 'fast-check';
import type { Move, MoveKind } from './simWorld';

const weights: Readonly<Record<MoveKind, number>> = {
  ...{ create: 5, edit: 3, remove: 2, react: 3, reply: 2, attach: 1, sayReactions: 1 },
  ...{ deliver: 8, repeat: 1, disconnect: 1, connect: 2 },
  ...{
    askNewest: 3,
    askOlder: 1,
    askNewer: 1,
    askAround: 1,
    askThread: 1,
    askOne: 1,
    read: 3,
    answer: 4,
    settle: 1,
    evict: 0,
  },
};

const bag = Object.entries(weights).flatMap(([kind, weight]) =>
  Array.from({ length: weight }, () => kind as MoveKind),
);

/** Schedules for `SimWorld`; they begin with a connection more often than not. */
export function movesArbitrary(
  maxLength: number,
  without: readonly MoveKind[] = [],
): fc.Arbitrary<Move[]> {
  return movesOf(
    maxLength,
    bag.filter((kind) => !without.includes(kind)),
  );
}

/** The same for a client that holds its history within bounds, narrow ones. */
export function boundedMoves(maxLength: number): fc.Arbitrary<Move[]> {
  return movesOf(maxLength, [...bag, 'evict', 'evict']);
}

function movesOf(maxLength: number, kinds: readonly MoveKind[]): fc.Arbitrary<Move[]> {
  const small = fc.nat({ max: 60 });
  return fc.array(fc.record({ kind: fc.constantFrom(...kinds), a: small, b: small }), {
    maxLength,
    size: 'max',
  });
}
