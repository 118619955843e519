import type { LogEntry } from '../actions/logFormat';
import type { HudhudError } from '../errors';
import { LenientReader } from './lenientReader';
import { invalid, numberOf } from './logLines';
import type { Log } from './readLog';

/** A line that is not as it was written. @public */
export interface BrokenLine {
  readonly line: number;
  /** `LOG_DAMAGED` or `LOG_INVALID`. */
  readonly code: HudhudError['code'];
  /** What is wrong, and whether the line was left out or taken as it stands. */
  readonly message: string;
  /** Position of what comes next: what follows may be other than it was. */
  readonly at: number;
}

/** What is left of a log. @public */
export interface SalvagedLog {
  /** Its actions are counted anew from the first one, so that none is missing: `line` tells where each stood. */
  readonly log: Log;
  /** In order; empty for a sound log. */
  readonly broken: readonly BrokenLine[];
}

function numbered(read: LogEntry, at: number): LogEntry {
  if (numberOf(read) === at) return read;
  const { line } = read;
  if (read.kind === 'action') return { kind: 'action', line, entry: { ...read.entry, i: at } };
  return read.kind === 'checkpoint'
    ? { kind: 'checkpoint', line, entry: { ...read.entry, c: at } }
    : { kind: 'keyframe', line, entry: { ...read.entry, k: at } };
}

/**
 * Reads a log that was damaged as far as possible, for those who look at it. A line that was edited is taken as it
 * stands, what is no line of a log is left out, and each is told. Behind the first of them a player may come to another
 * state than the one that was, until the next keyframe: nothing that is compared with it proves anything.
 *
 * @public
 * @throws HudhudError `LOG_INVALID`, `LOG_DAMAGED`: it is no log, or its first line, which says what it is of, cannot be
 * read; `LOG_VERSION`.
 * @example
 * ```ts
 * const { log, broken } = salvageLog(bytes);
 * for (const { line, message } of broken) console.warn(line, message);
 * const player = createPlayer(log);
 * ```
 */
export function salvageLog(source: string | Uint8Array): SalvagedLog {
  const entries: LogEntry[] = [];
  const found: { readonly what: HudhudError; readonly before: number }[] = [];
  /** Number of the first action, and how many were read. */
  let from = 0;
  let count = 0;
  const reader = new LenientReader({
    entry(read) {
      if (entries.length === 0) from = numberOf(read);
      entries.push(numbered(read, from + count));
      if (read.kind === 'action') count += 1;
    },
    broken: (what) => found.push({ what, before: count }),
  });
  reader.push(typeof source === 'string' ? new TextEncoder().encode(source) : source);
  const { header, lines, actions, isComplete, isTruncated } = reader.end();
  // without a header its own line is the first that was told
  if (header === null) throw found[0]?.what ?? invalid(1, 'this is no log.');
  return {
    log: { header, entries, end: { lines, actions, isComplete, isTruncated } },
    broken: found.map(({ what: { code, message, data }, before }) => ({
      ...{ line: data.line ?? 0, code, message, at: from + before },
    })),
  };
}
