import { parseArgs } from 'node:util';

/** A proof that plays schedules. */
export interface Proof {
  /** What it plays, for its help. */
  readonly what: string;
  /** Name of its script. */
  readonly script: string;
  /** The switch that says how many. */
  readonly count: 'runs' | 'seeds';
  /** How many moves the schedule of a seed has. */
  readonly movesOf: (seed: number) => number;
}

export const usageOf = ({
  what,
  script,
  count,
}: Proof): string => `${what}, in schedules that a seed draws

  --${`${count} N`.padEnd(14)}schedules to play (default 20000)
  --seed N        seed of the first one (default 1); each that follows has the next
  --failures N    stop after so many (default 1); each is told with its shortest form and the command that replays it
  --statistics    tell at the end what occurred how often
  --keep MOVES    play of one seed these moves only: their numbers with commas between them, all, or none
  --trace         with --keep: tell every action
  --help          this text

The exit code is 0 where no law is broken, 1 where one is, 2 where a switch is wrong.

  npm run ${script} -- --${count} 500 --seed 4000
  npm run ${script} -- --seed 300363 --keep 1,2,3,4,8 --trace
`;

/** What the command line asks for. */
export type CommandLine =
  | { readonly is: 'help' }
  /** It cannot be followed; `complaint` says what to change. */
  | { readonly is: 'wrong'; readonly complaint: string }
  | {
      readonly is: 'many';
      readonly first: number;
      readonly runs: number;
      readonly maxFailures: number;
      readonly hasStatistics: boolean;
    }
  | {
      readonly is: 'one';
      readonly seed: number;
      readonly kept: readonly number[];
      readonly isTraced: boolean;
    };

const options = {
  seed: { type: 'string', default: '1' },
  failures: { type: 'string' },
  statistics: { type: 'boolean' },
  keep: { type: 'string' },
  trace: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

/** Seeds that differ by as much draw the same. */
const maxSeed = 2 ** 32 - 1;

class WrongSwitch extends Error {}

/** What `parseArgs` throws of a switch that it does not know, or that lacks its value. */
const isUnread = (error: unknown): error is NodeJS.ErrnoException =>
  (error as NodeJS.ErrnoException).code?.startsWith('ERR_PARSE_ARGS') === true;

function whole(name: string, text: string, least: number, most: number): number {
  const number = Number(text);
  if (/^\d+$/.test(text) && number >= least && number <= most) return number;
  throw new WrongSwitch(`--${name} takes a whole number from ${least} to ${most}, not "${text}".`);
}

function movesIn(text: string, count: number): number[] {
  if (text === 'none') return [];
  if (text === 'all') return Array.from({ length: count }, (_, i) => i);
  return text.split(',').map((one) => whole('keep', one.trim(), 0, count - 1));
}

function read(args: readonly string[], { count: name, movesOf }: Proof): CommandLine {
  const { values } = parseArgs({
    args: [...args],
    options: { ...options, [name]: { type: 'string' } },
  });
  if (values.help) return { is: 'help' };
  // how many is named by the proof
  const runs = (values as Readonly<Record<string, unknown>>)[name] as string | undefined;
  const { failures, statistics, keep, trace: isTraced } = values;
  if (keep === undefined) {
    if (isTraced) throw new WrongSwitch('--trace goes with --keep; --keep all keeps every move.');
    const count = whole(name, runs ?? '20000', 1, maxSeed);
    return {
      is: 'many',
      first: whole('seed', values.seed, 0, maxSeed),
      runs: count,
      maxFailures: whole('failures', failures ?? '1', 1, count),
      hasStatistics: statistics ?? false,
    };
  }
  const foreign = Object.entries({ [name]: runs, failures, statistics }).find(
    ([, value]) => value !== undefined,
  );
  if (foreign !== undefined) {
    throw new WrongSwitch(
      `--${foreign[0]} has no meaning beside --keep, which plays one schedule.`,
    );
  }
  const seed = whole('seed', values.seed, 0, maxSeed);
  return { is: 'one', seed, kept: movesIn(keep, movesOf(seed)), isTraced };
}

/** Reads the command line. Never throws. */
export function readCommandLine(args: readonly string[], proof: Proof): CommandLine {
  try {
    return read(args, proof);
  } catch (error) {
    if (error instanceof WrongSwitch || isUnread(error)) {
      return { is: 'wrong', complaint: error.message };
    }
    throw error;
  }
}
