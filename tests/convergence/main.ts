import type { CommandLine } from './commandLine';
import { readCommandLine, usage } from './commandLine';
import { runSchedule } from './run/runSchedule';
import { describeFailure, shrink } from './run/shrink';
import { Statistics } from './run/statistics';
import { drawSchedule, keepMoves } from './schedule';

/** Plays what the command line asks for; `--help` tells the switches. */

type Asked<Is extends CommandLine['is']> = Extract<CommandLine, { readonly is: Is }>;

const lawOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

async function replayOne({ seed, kept, isTraced }: Asked<'one'>): Promise<boolean> {
  const schedule = drawSchedule(seed);
  const shorter = keepMoves(schedule, kept);
  try {
    await runSchedule(shorter, undefined, isTraced ? console.log : undefined);
    console.log(`seed ${seed}, ${kept.length} of its moves: no law is broken`);
    return true;
  } catch (error) {
    const failure = { seed, law: lawOf(error), kept, moves: shorter.moves };
    console.log(describeFailure(failure, schedule));
    return false;
  }
}

async function runMany(asked: Asked<'many'>): Promise<boolean> {
  const { first, runs, maxFailures, hasStatistics } = asked;
  const statistics = new Statistics();
  const started = Date.now();
  let played = 0;
  let failures = 0;
  while (played < runs && failures < maxFailures) {
    const schedule = drawSchedule(first + played);
    played += 1;
    try {
      await runSchedule(schedule, statistics);
    } catch (error) {
      failures += 1;
      console.log(describeFailure(await shrink(schedule, lawOf(error)), schedule));
    }
    if (played % 1_000 === 0) {
      const seconds = Math.round((Date.now() - started) / 1_000);
      console.log(`${played} schedules, ${failures} failures, ${seconds} s`);
    }
  }
  if (hasStatistics) console.log(statistics.lines().join('\n'));
  console.log(`${played} schedules, ${failures} failures`);
  return failures === 0;
}

const asked = readCommandLine(process.argv.slice(2));
switch (asked.is) {
  case 'help':
    process.stdout.write(usage);
    break;
  case 'wrong':
    process.stderr.write(`${asked.complaint}\n\n${usage}`);
    process.exitCode = 2;
    break;
  case 'one':
    if (!(await replayOne(asked))) process.exitCode = 1;
    break;
  case 'many':
    if (!(await runMany(asked))) process.exitCode = 1;
    break;
}
