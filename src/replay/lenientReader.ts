import type { LogEntry, LogFooter, LogHeader } from '../actions/logFormat';
import { logFormat, logVersion } from '../actions/logFormat';
import { HudhudError, isHudhudError } from '../errors';
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
import type { LogEnd, LogListener } from './logReader';

/** What a lenient reader tells. @internal */
export interface LenientListener extends LogListener {
  /** A line is not as it was written: comes before what can still be read of it. */
  readonly broken?: (what: HudhudError) => void;
}

/** How a log ended that may have broken lines in it; `lines` counts those too. @internal */
export interface LenientEnd extends LogEnd {
  /** `null`: its first line cannot be read. */
  readonly header: LogHeader | null;
  readonly broken: number;
}

type Content = LogEntry | { readonly kind: 'footer'; readonly entry: LogFooter };

const decoder = new TextDecoder();

function damaged(line: number, isTaken: boolean): HudhudError {
  const sentence = isTaken
    ? 'is not the one that was written: it was edited, or lines are missing before it. It is taken as it stands.'
    : 'is no line of a log, and was left out: it has no digest at its end.';
  return new HudhudError('LOG_DAMAGED', `Line ${line} ${sentence}`, { line });
}

/** What is wrong with a line, if it is no more than that. */
function troubleOf(error: unknown): HudhudError {
  if (isHudhudError(error) && error.code === 'LOG_INVALID') return error;
  throw error;
}

/**
 * Reads a log that was damaged as far as possible, for those who look at it: every broken line is told, and what can
 * still be read of it is taken as it stands. What comes behind it has no sound state to go on from: whoever plays a log
 * uses `createLogReader`, which stops there.
 *
 * @internal
 */
export class LenientReader {
  private readonly listener: LenientListener;
  private readonly splitter: LineSplitter = new LineSplitter();
  private readonly chain = new ChainReader();
  private header: LogHeader | null = null;
  /** What is wrong with the first line, until the second one shows that this is a log all the same. */
  private headless: HudhudError | null = null;
  private line = 0;
  private broken = 0;
  private actions = 0;
  /** Number that the next entry has; `null` where it cannot be known. */
  private next: number | null = null;
  /** The line before had no digest: the next one cannot be held to it. */
  private isLoose = false;
  private isOver = false;
  /** Ends of lines were changed: that is told once, and they are read without. */
  private isForeign = false;

  constructor(listener: LenientListener) {
    this.listener = listener;
  }

  /** @throws HudhudError `LOG_INVALID`: this is no log; `LOG_VERSION`. */
  push(bytes: Uint8Array): void {
    this.splitter.push(bytes, (line) => {
      this.read(line);
    });
  }

  /** @throws HudhudError `LOG_INVALID`: this is no log. */
  end(): LenientEnd {
    const rest = this.splitter.rest();
    // a last line may have lost its end of line and nothing else
    const isTruncated = rest.length > 0 && new ChainReader().adopt(rest) === null;
    if (rest.length > 0 && !isTruncated) this.read(rest);
    if (this.headless !== null) throw this.headless;
    if (this.line === 0) throw invalid(1, 'this is no log: it has no whole first line.');
    if (isTruncated) {
      this.line += 1;
      this.tell(invalid(this.line, 'it ends in the middle, and was left out.'));
    }
    const { header, line: lines, actions, broken, isOver: isComplete } = this;
    return { header, lines, actions, broken, isComplete, isTruncated };
  }

  private read(written: Uint8Array): void {
    this.line += 1;
    const line = hasForeignEnd(written) ? written.subarray(0, -1) : written;
    const isFirstForeign = line !== written && !this.isForeign;
    this.isForeign ||= isFirstForeign;
    const sound = this.chain.open(line);
    const body = sound ?? this.chain.adopt(line);
    const isFine = sound !== null || (body !== null && this.isLoose);
    this.isLoose = body === null;
    const changed = isFirstForeign && body !== null ? foreignEnd(this.line) : null;
    const trouble = isFine ? changed : damaged(this.line, body !== null);
    if (this.line === 1) this.begin(line, body, trouble);
    else this.goOn(body, trouble, sound !== null);
  }

  private begin(line: Uint8Array, body: Uint8Array | null, trouble: HudhudError | null): void {
    try {
      if (body !== null) this.header = toHeader(parseFields(decoder.decode(body), 1), logUpgrades);
      if (trouble !== null && this.header !== null) this.tell(trouble);
      else this.headless = trouble;
    } catch (error) {
      this.headless = troubleOf(error);
    }
    if (this.header !== null) this.listener.header?.(this.header);
    else if (!decoder.decode(line.subarray(0, 64)).includes(logFormat)) {
      this.headless = invalid(1, 'this is no log of @hudhud/state.');
    }
  }

  private goOn(body: Uint8Array | null, wrong: HudhudError | null, isSound: boolean): void {
    let trouble = wrong;
    let read: Content | null = null;
    try {
      if (body !== null) read = this.parse(body);
    } catch (error) {
      trouble = troubleOf(error);
    }
    if (this.headless !== null) {
      // two lines that are nothing of a log are no log
      if (read === null) throw this.headless;
      this.tell(this.headless);
      this.headless = null;
    }
    if (read !== null) trouble ??= this.misplaced(read);
    if (trouble !== null) this.tell(trouble);
    if (read !== null) this.give(read);
    // of a line that is not what it was, its number says nothing of the next one
    if (!isSound) this.next = null;
  }

  private parse(body: Uint8Array): Content {
    const fields = parseFields(decoder.decode(body), this.line);
    return toEntry(upgraded(fields, this.header?.version ?? logVersion, logUpgrades), this.line);
  }

  private misplaced(read: Content): HudhudError | null {
    if (this.isOver) return invalid(this.line, 'there is more behind the last line.');
    if (read.kind === 'footer') {
      const { n } = read.entry;
      return n === this.actions || this.broken > 0
        ? null
        : invalid(this.line, `the log had ${n} actions, and there are ${this.actions}.`);
    }
    const at = numberOf(read);
    return this.next === null || at === this.next
      ? null
      : invalid(this.line, `number ${this.next} would come here, and not ${at}.`);
  }

  private tell(what: HudhudError): void {
    this.broken += 1;
    this.listener.broken?.(what);
  }

  private give(read: Content): void {
    if (read.kind === 'footer') {
      this.isOver = true;
      return;
    }
    const at = numberOf(read);
    this.next = read.kind === 'action' ? at + 1 : at;
    if (read.kind === 'action') this.actions += 1;
    this.listener.entry?.(read);
  }
}
