import type { LogAction } from '../../actions/logFormat';
import { HudhudError } from '../../errors';
import { reducerFor, Verifier } from '../verify';
import { brokenLines } from './broken';
import { endOf, summaryOf } from './describe';
import type { FileLook } from './input';
import { lookAtFileLog } from './input';
import type { CliIo, ExitCode } from './io';
import { UsageError } from './io';
import type { Asked } from './options';
import { replayOptions } from './options';

/** Shows actions, one a line; or the whole state before one of them. @internal */
export async function showFile(path: string, asked: Asked, io: CliIo): Promise<ExitCode> {
  if (asked.state !== undefined) {
    const { states, broken } = await statesBefore(path, [asked.state], asked, io);
    io.out(`${JSON.stringify(states[0], null, 2)}\n`);
    return broken === 0 ? 0 : 1;
  }
  const { shown, read } = await listActions(path, asked, io, null);
  // a cut line was told as a broken one
  const end = read.isTruncated ? '' : endOf(read);
  if (end !== '') io.err(`${path}:${end}\n`);
  return read.broken === 0 && (shown > 0 || read.actions === 0) ? 0 : 1;
}

/** Shows the actions that fit; `1` if there are none. @internal */
export async function findInFile(path: string, asked: Asked, io: CliIo): Promise<ExitCode> {
  if (asked.type === undefined && asked.id === undefined) {
    throw new UsageError('find needs --type TYPE or --id ID.');
  }
  const { id } = asked;
  const fits = ({ a }: LogAction): boolean => id === undefined || mentions(a, id);
  const { shown, read } = await listActions(path, asked, io, fits);
  return read.broken === 0 && shown > 0 ? 0 : 1;
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
  fits: ((action: LogAction) => boolean) | null,
): Promise<{ readonly shown: number; readonly read: FileLook }> {
  let shown = 0;
  // who looks for an action is not told of what is none
  const isWhole = !json && type === undefined && fits === null;
  const lines = brokenLines(path, io, json);
  const read = await lookAtFileLog(path, io, {
    broken: lines.tell,
    entry({ kind, entry }) {
      if (kind === 'keyframe' && entry.why === 'jump' && isWhole) {
        if (entry.k >= from && entry.k < to) io.out(`${entry.k}\tthe state changed by itself\n`);
      }
      if (kind !== 'action' || entry.i < from || entry.i >= to) return;
      if (type !== undefined && !entry.a.type.includes(type)) return;
      if (fits?.(entry) === false) return;
      shown += 1;
      io.out(
        json ? `${JSON.stringify(entry)}\n` : `${entry.i}\t+${entry.t} ms\t${summaryOf(entry.a)}\n`,
      );
    },
  });
  lines.sum();
  return { shown, read };
}

/** States of a log, and how many of its lines are broken. @internal */
export interface StatesRead {
  readonly states: readonly Readonly<Record<string, unknown>>[];
  readonly broken: number;
}

/**
 * The states before some actions. Behind a broken line there is none until the next keyframe.
 *
 * @internal
 * @throws HudhudError `LOG_DAMAGED`: there is none for that reason. UsageError: the log has no such action.
 */
export async function statesBefore(
  path: string,
  numbers: readonly number[],
  asked: Asked,
  io: CliIo,
): Promise<StatesRead> {
  const options = await replayOptions(asked);
  const found = new Map<number, Readonly<Record<string, unknown>>>();
  let player: Verifier | null = null;
  let isLost = true;
  let brokenAt = 0;
  let first = Infinity;
  let next = 0;
  let isOver = false;
  // what is asked for is JSON of its own
  const lines = brokenLines(path, io, false);
  const { broken } = await lookAtFileLog(path, io, {
    broken(what) {
      isLost = true;
      brokenAt = what.data.line ?? 0;
      lines.tell(what);
    },
    header(header) {
      player = new Verifier(reducerFor(header, options));
    },
    entry(read) {
      // another log behind this one counts from its own start
      isOver ||= read.kind === 'keyframe' && read.entry.why === 'start' && first !== Infinity;
      if (read.kind === 'checkpoint' || isOver) return;
      next = read.kind === 'action' ? read.entry.i + 1 : read.entry.k;
      first = Math.min(first, read.kind === 'action' ? read.entry.i : next);
      if (read.kind === 'keyframe') isLost = read.line === brokenAt;
      if (isLost || player === null) return;
      player.take(read);
      if (numbers.includes(next)) found.set(next, player.state);
    },
  });
  lines.sum();
  const states = numbers.map((number) => {
    const state = found.get(number);
    if (state !== undefined) return state;
    if (number >= first && number <= next) {
      throw new HudhudError(
        'LOG_DAMAGED',
        `The state before action ${number} is not known: a line before it is broken.`,
      );
    }
    throw new UsageError(
      `${path} has the actions ${first} to ${next - 1}; ${number} is beyond them.`,
    );
  });
  return { states, broken };
}
