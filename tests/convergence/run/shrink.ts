import type { Move, Schedule } from '../schedule';
import { keepMoves } from '../schedule';
import { runSchedule } from './runSchedule';

/** A schedule that breaks a law, without the moves that it does not need for that. */
export interface Failure {
  readonly seed: number;
  readonly law: string;
  /** Indexes among the moves of the seed. */
  readonly kept: readonly number[];
  readonly moves: readonly Move[];
}

async function lawBrokenBy(schedule: Schedule): Promise<string | null> {
  try {
    await runSchedule(schedule);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/**
 * Leaves out ever smaller parts of so many moves as long as some law is broken still; gives the moves that are left, and
 * the law.
 *
 * @param lawBrokenBy - Plays these moves only.
 */
export async function shrinkMoves(
  count: number,
  law: string,
  lawBrokenBy: (kept: readonly number[]) => Promise<string | null>,
  maxRuns = 400,
): Promise<Pick<Failure, 'law' | 'kept'>> {
  let kept = Array.from({ length: count }, (_, i) => i);
  let broken = law;
  let runs = 0;
  for (let size = Math.ceil(kept.length / 2); size >= 1;) {
    let isShorter = false;
    for (let at = 0; at < kept.length && runs < maxRuns;) {
      const fewer = [...kept.slice(0, at), ...kept.slice(at + size)];
      runs += 1;
      const still = await lawBrokenBy(fewer);
      if (still === null) at += size;
      else [kept, broken, isShorter] = [fewer, still, true];
    }
    if (size === 1 && (!isShorter || runs >= maxRuns)) break;
    size = size === 1 ? 1 : Math.ceil(size / 2);
  }
  return { law: broken, kept };
}

/** The shortest form of a schedule that breaks some law. */
export async function shrink(schedule: Schedule, law: string): Promise<Failure> {
  const { seed, moves } = schedule;
  const shortest = await shrinkMoves(moves.length, law, (kept) =>
    lawBrokenBy(keepMoves(schedule, kept)),
  );
  return { seed, ...shortest, moves: keepMoves(schedule, shortest.kept).moves };
}

/** What to read, and what to type to see it again. */
export function describeFailure({ seed, law, kept, moves }: Failure, { caps }: Schedule): string {
  const told = moves.map(({ kind, a, b }, i) => `  ${kept[i] ?? 0}: ${kind} ${a} ${b}`);
  const shown = Object.entries(caps).map(([name, value]) => `${name}=${String(value)}`);
  return [
    `seed ${seed}: ${law}`,
    `  with ${shown.join(' ')}`,
    ...told,
    `npm run test:convergence -- --runs 1 --seed ${seed}`,
    `npm run test:convergence -- --seed ${seed} --keep ${kept.join(',') || 'none'}`,
  ].join('\n');
}
