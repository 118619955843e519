import { describe, expect, it } from '@jest/globals';
import { allMoveKinds, drawSchedule } from '../schedule';
import { runSchedule } from './runSchedule';
import { describeFailure, shrink } from './shrink';
import { Statistics } from './statistics';

async function playOne(seed: number, statistics: Statistics): Promise<void> {
  const schedule = drawSchedule(seed);
  try {
    await runSchedule(schedule, statistics);
  } catch (error) {
    const law = error instanceof Error ? error.message : String(error);
    throw new Error(describeFailure(await shrink(schedule, law), schedule), { cause: error });
  }
}

/**
 * Plays the schedules of so many seeds, the same ones every time; `npm run test:convergence` plays others. A thousand
 * of them stand in four files, for the runner to play side by side.
 */
export function playSeeds(first: number, last: number): void {
  describe('the whole client against a simulated server', () => {
    it(`ends in the server's state, with nothing lost and nothing doubled, seeds ${first} to ${last}`, async () => {
      const statistics = new Statistics();
      for (let seed = first; seed <= last; seed++) await playOne(seed, statistics);
      // a kind of move that never found anything to do would prove nothing
      expect([...statistics.moves.keys()].sort()).toEqual([...allMoveKinds].sort());
    }, 300_000);
  });
}
