import { isHudhudError } from '@hudhud/state';
import type { BrokenLine, SalvagedLog } from '@hudhud/state/replay';
import { createPlayer, readLog, salvageLog } from '@hudhud/state/replay';
import type { Unpacked } from './unpack';

/** Reads a log that is sound, or what is left of one that is not. Throws what is wrong with it if that is nothing. */
export function readAny({ bytes, isCut }: Unpacked): SalvagedLog {
  try {
    const log = readLog(bytes);
    if (!isCut) return { log, broken: [] };
  } catch (error) {
    if (!isHudhudError(error)) throw error;
  }
  // of another version, or no log at all: that is said again
  const { log, broken } = salvageLog(bytes);
  if (!isCut) return { log, broken };
  const { lines, actions } = log.end;
  const message = `The packed file is damaged: it cannot be unpacked behind line ${lines}.`;
  const at = createPlayer(log).first + actions;
  return { log, broken: [...broken, { line: lines, code: 'LOG_DAMAGED', message, at }] };
}

/** Plays all of a salvaged log once: lines whose actions cannot be applied, as they are no actions any more. */
export function withPassedOver({ log, broken }: SalvagedLog): readonly BrokenLine[] {
  const passed = new Set<unknown>();
  const player = createPlayer(log, { onThrow: (_, action) => passed.add(action) });
  // the state at the end takes all of it
  player.diff(player.last, player.last);
  const found = log.entries.flatMap((read): BrokenLine[] => {
    if (read.kind !== 'action' || !passed.has(read.entry.a)) return [];
    const { line, entry } = read;
    const message = `Line ${line} has an action that cannot be applied: it is passed over.`;
    return [{ line, code: 'LOG_INVALID', message, at: entry.i }];
  });
  return [...broken, ...found].sort((a, b) => a.line - b.line);
}
