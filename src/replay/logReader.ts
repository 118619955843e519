import type { LogEntry, LogHeader } from '../actions/logFormat';
import { logFormat } from '../actions/logFormat';
import { HudhudError } from '../errors';
import { ChainReader, hasForeignEnd } from './logChain';
import { LineSplitter } from './lineSplitter';
import {
  foreignEnd,
  invalid,
  logUpgrades,
  numberOf,
  parseFields,
  toEntry,
  toHeader,
  upgraded,
} from './logLines';

/** How a log ended. @public */
export interface LogEnd {
  /** Lines that were sound. */
  readonly lines: number;
  /** Actions that were read. */
  readonly actions: number;
  /** Whether it has its last line. Without it the page closed, or the rest of the file is missing. */
  readonly isComplete: boolean;
  /** Whether it ends in the middle of a line, which was left out. */
  readonly isTruncated: boolean;
}

/** Takes entries as they are read. @public */
export interface LogListener {
  /** Comes first. */
  readonly header?: (header: LogHeader) => void;
  readonly entry?: (entry: LogEntry) => void;
}

const decoder = new TextDecoder();

function damaged(sealed: Uint8Array, line: number): HudhudError {
  const isLog = line > 1 || decoder.decode(sealed.subarray(0, 64)).includes(logFormat);
  if (!isLog) return invalid(1, 'this is no log of @hudhud/state.');
  if (hasForeignEnd(sealed)) return foreignEnd(line);
  return new HudhudError(
    'LOG_DAMAGED',
    `Line ${line} is not the one that was written: it was edited, or lines are missing before it. What comes before it is sound.`,
    { line },
  );
}

/** Reads a log in pieces. @public */
export interface LogReader {
  /**
   * Takes the next bytes, and tells the listener of each line as soon as it is whole.
   *
   * @throws HudhudError `LOG_INVALID`, `LOG_DAMAGED`, `LOG_VERSION`, with the number of the line in `data.line`. What was
   * told before is sound.
   */
  push(bytes: Uint8Array): void;
  /** Says that there is no more. @throws HudhudError `LOG_INVALID`: there was not even a header. */
  end(): LogEnd;
}

class Reading implements LogReader {
  private readonly listener: LogListener;
  private readonly upgrades: typeof logUpgrades;
  private readonly splitter: LineSplitter = new LineSplitter();
  private readonly chain = new ChainReader();
  private held: LogHeader | null = null;
  private line = 0;
  private actions = 0;
  private next: number | null = null;
  private isOver = false;

  constructor(listener: LogListener, upgrades: typeof logUpgrades) {
    this.listener = listener;
    this.upgrades = upgrades;
  }

  push(bytes: Uint8Array): void {
    this.splitter.push(bytes, (line) => {
      const number = this.line + 1;
      const body = this.chain.open(line);
      if (body === null) throw damaged(line, number);
      this.take(body, number);
    });
  }

  end(): LogEnd {
    const rest = this.splitter.rest();
    // a last line may have lost its end of line and nothing else
    const body = rest.length === 0 ? null : this.chain.open(rest);
    if (body !== null) this.take(body, this.line + 1);
    const isTruncated = rest.length > 0 && body === null;
    if (this.held === null) {
      throw invalid(1, 'this is no log: it has no whole first line.');
    }
    const { line: lines, actions, isOver: isComplete } = this;
    return { lines, actions, isComplete, isTruncated };
  }

  private take(body: Uint8Array, number: number): void {
    const fields = parseFields(decoder.decode(body), number);
    if (this.held === null) {
      const header = toHeader(fields, this.upgrades);
      this.held = header;
      this.line = number;
      this.listener.header?.(header);
      return;
    }
    if (this.isOver) throw invalid(number, 'there is more behind the last line.');
    const read = toEntry(upgraded(fields, this.held.version, this.upgrades), number);
    if (read.kind === 'footer') this.close(read.entry.n, number);
    else this.follow(read, number);
    this.line = number;
  }

  private follow(read: LogEntry, number: number): void {
    const at = numberOf(read);
    if (this.next === null && read.kind !== 'keyframe') {
      throw invalid(number, 'a keyframe comes first: there is no state to go on from.');
    }
    if (this.next !== null && at !== this.next) {
      throw invalid(number, `number ${this.next} would come here, and not ${at}.`);
    }
    this.next = read.kind === 'action' ? at + 1 : at;
    if (read.kind === 'action') this.actions += 1;
    this.listener.entry?.(read);
  }

  private close(n: number, number: number): void {
    if (n !== this.actions) {
      throw invalid(number, `the log had ${n} actions, and there are ${this.actions}.`);
    }
    this.isOver = true;
  }
}

/**
 * Makes a reader that holds one line at a time, however long the log is.
 *
 * @public
 * @example
 * ```ts
 * const reader = createLogReader({ entry: ({ kind, line }) => console.log(line, kind) });
 * for await (const bytes of response.body) reader.push(bytes);
 * const { isComplete } = reader.end();
 * ```
 */
export function createLogReader(listener: LogListener): LogReader {
  return createReaderOf(listener, logUpgrades);
}

/** As `createLogReader`, with other ways from version to version. @internal */
export function createReaderOf(listener: LogListener, upgrades: typeof logUpgrades): LogReader {
  return new Reading(listener, upgrades);
}
