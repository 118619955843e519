import { describe, expect, it } from '@jest/globals';
import { lawOf } from '../../convergence/runProof';
import { allMoveKinds, drawSchedule } from '../schedule';
import { describeFailure } from './describeFailure';
import { runSimulation } from './runSimulation';
import { SimulationStatistics } from './simulationStatistics';

/** Plays the schedules of so many seeds, the same ones every time; `npm run test:simulation` plays others. */
export function playSeeds(first: number, last: number): void {
  describe('the whole client, with its tabs and what they keep', () => {
    it(`ends in the server's state, with nothing lost, doubled or left behind, seeds ${first} to ${last}`, async () => {
      const statistics = new SimulationStatistics();
      for (let seed = first; seed <= last; seed++) {
        const schedule = drawSchedule(seed);
        try {
          await runSimulation(schedule, statistics);
        } catch (error) {
          throw new Error(await describeFailure(schedule, lawOf(error), null), { cause: error });
        }
      }
      // a kind of move that never found anything to do would prove nothing
      expect([...statistics.moves.keys()].sort()).toEqual([...allMoveKinds].sort());
      for (const fate of ['unsent', 'untold', 'broken', 'limited', 'denied', 'silent']) {
        expect(statistics.outcomes.get(`write ${fate}`)).toBeGreaterThan(0);
      }
      for (const fate of ['unsent', 'broken', 'limited', 'silent']) {
        expect(statistics.outcomes.get(`stream ${fate}`)).toBeGreaterThan(0);
      }
    }, 300_000);
  });
}
