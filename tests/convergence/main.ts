import { proof } from './proof';
import { runSchedule } from './run/runSchedule';
import { describeFailure, shrink } from './run/shrink';
import { Statistics } from './run/statistics';
import { runProof } from './runProof';
import { drawSchedule, keepMoves } from './schedule';

/** Plays what the command line asks for; `--help` tells the switches. */

const statistics = new Statistics();

await runProof({
  ...proof,
  async play(seed, kept, trace) {
    const schedule = drawSchedule(seed);
    if (kept === null) await runSchedule(schedule, statistics);
    else await runSchedule(keepMoves(schedule, kept), undefined, trace);
  },
  async describe(seed, law, kept) {
    const schedule = drawSchedule(seed);
    if (kept === null) return describeFailure(await shrink(schedule, law), schedule);
    const { moves } = keepMoves(schedule, kept);
    return describeFailure({ seed, law, kept, moves }, schedule);
  },
  statistics: () => statistics.lines(),
});
