import { describe, expect, it } from '@jest/globals';
import { runSchedule } from './run/runSchedule';
import { describeFailure, shrink } from './run/shrink';
import { Statistics } from './run/statistics';
import { allMoveKinds, drawSchedule } from './schedule';

/** The same ones every time; `npm run test:convergence` plays others. */
const runs = 1_000;

describe('the whole client against a simulated server', () => {
  it(`ends in the server's state, with nothing lost and nothing doubled, ${runs} times`, async () => {
    const statistics = new Statistics();
    for (let seed = 1; seed <= runs; seed++) {
      const schedule = drawSchedule(seed);
      try {
        await runSchedule(schedule, statistics);
      } catch (error) {
        const law = error instanceof Error ? error.message : String(error);
        throw new Error(describeFailure(await shrink(schedule, law), schedule), { cause: error });
      }
    }
    // a kind of move that never found anything to do would prove nothing
    expect([...statistics.moves.keys()].sort()).toEqual([...allMoveKinds].sort());
  }, 300_000);
});
