import type { LogAction } from '../../actions/logFormat';
import { reducerFor, Verifier } from '../verify';
import { endOf, summaryOf } from './describe';
import { readFileLog } from './input';
import type { CliIo, ExitCode } from './io';
import { UsageError } from './io';
import type { Asked } from './options';
import { replayOptions } from './options';

/** Shows actions, one a line; or the whole state before one of them. @internal */
export async function showFile(path: string, asked: Asked, io: CliIo): Promise<ExitCode> {
  if (asked.state !== undefined) {
    const [state] = await statesBefore(path, [asked.state], asked, io);
    io.out(`${JSON.stringify(state, null, 2)}\n`);
    return 0;
  }
  const { shown, read } = await listActions(path, asked, io, () => true);
  const end = endOf(read);
  if (end !== '') io.err(`${path}:${end}\n`);
  return shown > 0 || read.actions === 0 ? 0 : 1;
}

/** Shows the actions that fit; `1` if there are none. @internal */
export async function findInFile(path: string, asked: Asked, io: CliIo): Promise<ExitCode> {
  if (asked.type === undefined && asked.id === undefined) {
    throw new UsageError('find needs --type TYPE or --id ID.');
  }
  const { id } = asked;
  const fits = ({ a }: LogAction): boolean => id === undefined || mentions(a, id);
  const { shown } = await listActions(path, asked, io, fits);
  return shown > 0 ? 0 : 1;
}

/** Whether a text is somewhere in a value, as a whole. */
function mentions(value: unknown, text: string): boolean {
  if (value === text) return true;
  if (typeof value !== 'object' || value === null) return false;
  return Object.values(value).some((inner) => mentions(inner, text));
}

async function listActions(
  path: string,
  { from = 0, to = Infinity, type, json }: Asked,
  io: CliIo,
  fits: (action: LogAction) => boolean,
) {
  let shown = 0;
  const read = await readFileLog(path, io, {
    entry({ kind, entry }) {
      if (kind === 'keyframe' && entry.why === 'jump' && !json && type === undefined) {
        if (entry.k >= from && entry.k < to) io.out(`${entry.k}\tthe state changed by itself\n`);
      }
      if (kind !== 'action' || entry.i < from || entry.i >= to) return;
      if (type !== undefined && !entry.a.type.includes(type)) return;
      if (!fits(entry)) return;
      shown += 1;
      io.out(
        json ? `${JSON.stringify(entry)}\n` : `${entry.i}\t+${entry.t} ms\t${summaryOf(entry.a)}\n`,
      );
    },
  });
  return { shown, read };
}

/** The states before some actions. @internal */
export async function statesBefore(
  path: string,
  numbers: readonly number[],
  asked: Asked,
  io: CliIo,
): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const options = await replayOptions(asked);
  const found = new Map<number, Readonly<Record<string, unknown>>>();
  let player: Verifier | null = null;
  let first = Infinity;
  let next = 0;
  const note = (): void => {
    if (player !== null && numbers.includes(next)) found.set(next, player.state);
  };
  await readFileLog(path, io, {
    header(header) {
      player = new Verifier(reducerFor(header, options));
    },
    entry(read) {
      if (read.kind === 'checkpoint') return;
      player?.take(read);
      next = read.kind === 'action' ? read.entry.i + 1 : read.entry.k;
      first = Math.min(first, read.kind === 'action' ? read.entry.i : next);
      note();
    },
  });
  return numbers.map((number) => {
    const state = found.get(number);
    if (state !== undefined) return state;
    throw new UsageError(
      `${path} has the actions ${first} to ${next - 1}; ${number} is beyond them.`,
    );
  });
}
