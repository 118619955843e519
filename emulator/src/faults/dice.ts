import { createHash } from 'node:crypto';
import type { Random } from '../seed/random.ts';
import { makeRandom } from '../seed/random.ts';
import type { Chance, FaultName } from './faultSet.ts';

/**
 * One series of decisions, such as those of a route or of a stream. Every fault draws from numbers of its own, so
 * one fault more does not move the others.
 */
export interface Draws {
  strikes(name: FaultName, chance: Chance): boolean;
  /** For the parameters of a fault that has struck. */
  random(name: FaultName): Random;
}

/** The same seed gives the same decisions to the same series. */
export interface Dice {
  series(name: string): Draws;
  /** How often each fault has struck. */
  readonly hits: Readonly<Partial<Record<FaultName, number>>>;
}

function numberFrom(text: string): number {
  return createHash('sha256').update(text).digest().readInt32LE();
}

export function makeDice(seed: number): Dice {
  const hits: Partial<Record<FaultName, number>> = {};

  function series(of: string): Draws {
    const randoms = new Map<string, Random>();
    function random(name: string): Random {
      const known = randoms.get(name);
      if (known !== undefined) return known;
      const made = makeRandom(numberFrom(`${seed} ${of} ${name}`));
      randoms.set(name, made);
      return made;
    }
    return {
      strikes: (name, { p, times = Infinity }) => {
        const struck = hits[name] ?? 0;
        if (!random(name).chance(p) || struck >= times) return false;
        hits[name] = struck + 1;
        return true;
      },
      // its own sequence: parameters do not move the decisions that follow
      random: (name) => random(`${name} parameters`),
    };
  }
  return { series, hits };
}
