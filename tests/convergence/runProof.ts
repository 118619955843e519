import type { CommandLine, Proof } from './commandLine';
import { readCommandLine, usageOf } from './commandLine';

type Asked<Is extends CommandLine['is']> = Extract<CommandLine, { readonly is: Is }>;

/** A proof as the command line runs it. */
export interface RunnableProof extends Proof {
  /**
   * Plays the schedule of a seed, all of it or these moves only; throws the law that it breaks.
   *
   * @param trace - Is told every action.
   */
  play(
    seed: number,
    kept: readonly number[] | null,
    trace: ((line: string) => void) | undefined,
  ): Promise<void>;
  /** What to read of a schedule that breaks a law, and what to type to see it again. */
  describe(seed: number, law: string, kept: readonly number[] | null): Promise<string>;
  /** What occurred how often. */
  statistics(): readonly string[];
}

export const lawOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);

async function replayOne(proof: RunnableProof, asked: Asked<'one'>): Promise<boolean> {
  const { seed, kept, isTraced } = asked;
  try {
    await proof.play(seed, kept, isTraced ? console.log : undefined);
    console.log(`seed ${seed}, ${kept.length} of its moves: no law is broken`);
    return true;
  } catch (error) {
    console.log(await proof.describe(seed, lawOf(error), kept));
    return false;
  }
}

async function runMany(proof: RunnableProof, asked: Asked<'many'>): Promise<boolean> {
  const { first, runs, maxFailures, hasStatistics } = asked;
  const started = Date.now();
  let played = 0;
  let failures = 0;
  while (played < runs && failures < maxFailures) {
    const seed = first + played;
    played += 1;
    try {
      await proof.play(seed, null, undefined);
    } catch (error) {
      failures += 1;
      console.log(await proof.describe(seed, lawOf(error), null));
    }
    if (played % 1_000 === 0) {
      const seconds = Math.round((Date.now() - started) / 1_000);
      console.log(`${played} schedules, ${failures} failures, ${seconds} s`);
    }
  }
  if (hasStatistics) console.log(proof.statistics().join('\n'));
  console.log(`${played} schedules, ${failures} failures`);
  return failures === 0;
}

/** Plays what the command line asks for, and sets the exit code. */
export async function runProof(proof: RunnableProof): Promise<void> {
  const asked = readCommandLine(process.argv.slice(2), proof);
  switch (asked.is) {
    case 'help':
      process.stdout.write(usageOf(proof));
      break;
    case 'wrong':
      process.stderr.write(`${asked.complaint}\n\n${usageOf(proof)}`);
      process.exitCode = 2;
      break;
    case 'one':
      if (!(await replayOne(proof, asked))) process.exitCode = 1;
      break;
    case 'many':
      if (!(await runMany(proof, asked))) process.exitCode = 1;
      break;
  }
}
