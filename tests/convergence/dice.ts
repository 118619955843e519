import type { Random } from '../../src/platform/random';
import { createSeededRandom } from '../../src/testing';

/** Chance in the forms that a schedule needs; the same seed throws the same again. */
export interface Dice {
  /** A whole number from 0 up to, not including, `n`. */
  below(n: number): number;
  chance(p: number): boolean;
  pick<T>(list: readonly [T, ...T[]]): T;
}

export function createDice(seed: number): Dice {
  const random: Random = createSeededRandom(seed);
  const below = (n: number): number => Math.floor(random.next() * n);
  return {
    below,
    chance: (p) => random.next() < p,
    pick: (list) => list[below(list.length)] ?? list[0],
  };
}
