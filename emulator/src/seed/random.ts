/** Numbers that look random and come out the same for the same start: the seeded data never changes. */
export interface Random {
  /** From 0 up to, but not, 1. */
  next(): number;
  chance(share: number): boolean;
  /** A whole number, both ends included. */
  between(least: number, most: number): number;
  pick<T>(list: readonly T[]): T;
  /** Picks by weight. */
  weighted<T>(list: readonly T[], weight: (item: T) => number): T;
  /** Some of the list, at most `count`, in a random order. */
  some<T>(list: readonly T[], count: number): T[];
}

/** mulberry32: short, and good enough for sample data. */
function generator(start: number): () => number {
  let state = start;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function existing<T>(item: T | undefined): T {
  if (item === undefined) throw new Error('Nothing to pick from: the list is empty.');
  return item;
}

export function makeRandom(start: number): Random {
  const next = generator(start);
  const between = (least: number, most: number) => least + Math.floor(next() * (most - least + 1));
  return {
    next,
    chance: (share) => next() < share,
    between,
    pick: (list) => existing(list[between(0, list.length - 1)]),
    weighted: (list, weight) => {
      let left = next() * list.reduce((sum, item) => sum + weight(item), 0);
      return existing(list.find((item) => (left -= weight(item)) < 0) ?? list.at(-1));
    },
    some: (list, count) => {
      const rest = [...list];
      const taken = [];
      while (taken.length < count && rest.length > 0) {
        taken.push(...rest.splice(between(0, rest.length - 1), 1));
      }
      return taken;
    },
  };
}
