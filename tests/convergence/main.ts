import { parseArgs } from 'node:util';
import { runSchedule } from './run/runSchedule';
import { describeFailure, shrink } from './run/shrink';
import { Statistics } from './run/statistics';
import { drawSchedule, keepMoves } from './schedule';

/**
 * Plays many schedules: `--runs N` of them from `--seed S` on, or of one seed the moves that `--keep` names.
 * `--trace` tells every action of those, `--statistics` what occurred how often.
 */

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '20000' },
    seed: { type: 'string', default: '1' },
    keep: { type: 'string' },
    trace: { type: 'boolean', default: false },
    statistics: { type: 'boolean', default: false },
    failures: { type: 'string', default: '1' },
  },
});

async function replayOne(seed: number, keep: string): Promise<boolean> {
  const schedule = drawSchedule(seed);
  const kept = keep === 'none' ? [] : keep.split(',').map(Number);
  const shorter = keepMoves(schedule, kept);
  try {
    await runSchedule(shorter, undefined, values.trace ? console.log : undefined);
    console.log(`seed ${seed}, ${kept.length} of its moves: no law is broken`);
    return true;
  } catch (error) {
    const law = error instanceof Error ? error.message : String(error);
    console.log(describeFailure({ seed, law, kept, moves: shorter.moves }, schedule));
    return false;
  }
}

async function runMany(first: number, runs: number, maxFailures: number): Promise<boolean> {
  const statistics = new Statistics();
  const started = Date.now();
  let failures = 0;
  for (let i = 0; i < runs && failures < maxFailures; i++) {
    const schedule = drawSchedule(first + i);
    try {
      await runSchedule(schedule, statistics);
    } catch (error) {
      failures += 1;
      const law = error instanceof Error ? error.message : String(error);
      console.log(describeFailure(await shrink(schedule, law), schedule));
    }
    if ((i + 1) % 1_000 === 0) {
      const seconds = Math.round((Date.now() - started) / 1_000);
      console.log(`${i + 1} schedules, ${failures} failures, ${seconds} s`);
    }
  }
  if (values.statistics) console.log(statistics.lines().join('\n'));
  console.log(`${runs} schedules, ${failures} failures`);
  return failures === 0;
}

const seed = Number(values.seed);
const isGood =
  values.keep === undefined
    ? await runMany(seed, Number(values.runs), Number(values.failures))
    : await replayOne(seed, values.keep);
if (!isGood) process.exitCode = 1;
