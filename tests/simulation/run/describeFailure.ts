import { shrinkMoves } from '../../convergence/run/shrink';
import { lawOf } from '../../convergence/runProof';
import type { Schedule } from '../schedule';
import { keepMoves } from '../schedule';
import { runSimulation } from './runSimulation';

/** The kind of a law, without the ids, numbers and the place. */
const kindOf = (law: string): string =>
  law.replace(/[\da-f]{8}-[-\da-f]{27}|\d+|\(.*$/g, '').slice(0, 25);

/**
 * What to read of a schedule that breaks a law, and what to type to see it again.
 *
 * @param kept - Its moves, if some were left out already; `null`: they are to be found.
 */
export async function describeFailure(
  schedule: Schedule,
  law: string,
  kept: readonly number[] | null,
): Promise<string> {
  const { seed, caps, ways, keepsText, moves } = schedule;
  const stillBroken = async (fewer: readonly number[]): Promise<string | null> => {
    try {
      await runSimulation(keepMoves(schedule, fewer));
      return null;
    } catch (error) {
      // another law that is broken without those moves is another failure
      const still = lawOf(error);
      return kindOf(still) === kindOf(law) ? still : null;
    }
  };
  const shortest =
    kept === null ? await shrinkMoves(moves.length, law, stillBroken) : { law, kept };
  const told = shortest.kept.map((i) => {
    const { kind, a, b } = moves[i] ?? { kind: '', a: 0, b: 0 };
    return `  ${i}: ${kind} ${a} ${b}`;
  });
  const shown = Object.entries({ ...caps, ...ways, keepsText }).map(
    ([name, is]) => `${name}=${String(is)}`,
  );
  return [
    `seed ${seed}: ${shortest.law}`,
    `  with ${shown.join(' ')}`,
    ...told,
    `npm run test:simulation -- --seeds 1 --seed ${seed}`,
    `npm run test:simulation -- --seed ${seed} --keep ${shortest.kept.join(',') || 'none'} --trace`,
  ].join('\n');
}
