import { runProof } from '../convergence/runProof';
import { proof } from './proof';
import { describeFailure } from './run/describeFailure';
import { runSimulation } from './run/runSimulation';
import { SimulationStatistics } from './run/simulationStatistics';
import { drawSchedule, keepMoves } from './schedule';

/** Plays what the command line asks for; `--help` tells the switches. */

const statistics = new SimulationStatistics();

await runProof({
  ...proof,
  async play(seed, kept, trace) {
    const schedule = drawSchedule(seed);
    if (kept === null) await runSimulation(schedule, statistics);
    else await runSimulation(keepMoves(schedule, kept), trace === undefined ? {} : { trace });
  },
  describe: (seed, law, kept) => describeFailure(drawSchedule(seed), law, kept),
  statistics: () => statistics.lines(),
});
