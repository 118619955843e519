import type { LogEntry, LogHeader } from '../../actions/logFormat';
import type { LogListener } from '../logReader';
import { Encoder } from '../encoder';
import { LogWriter } from '../logWriter';
import { makeKey } from '../pseudonyms';
import { reducerFor, Verifier } from '../verify';
import type { Divergence } from '../verify';
import { divergenceText } from './describe';
import { readFileLog } from './input';
import type { CliIo, ExitCode } from './io';
import { UsageError } from './io';
import type { Asked } from './options';
import { replayOptions } from './options';
import { openOutput } from './output';

/** Writes a log again, line by line, with pseudonyms for what people wrote. */
class Redaction {
  found: readonly Divergence[] = [];
  private readonly writer = new LogWriter();
  private readonly encoder: Encoder;
  private readonly verifier: Verifier;
  private text: string;

  constructor(header: LogHeader, verifier: Verifier, keepMetadata: readonly string[]) {
    this.verifier = verifier;
    this.encoder = new Encoder(header.instance, 'pseudonyms', keepMetadata, makeKey());
    this.text = this.writer.header({ ...header, redaction: 'pseudonyms' });
  }

  take(read: LogEntry): void {
    if (this.found.length > 0) return;
    this.found = this.verifier.take(read);
    const { state } = this.verifier;
    if (read.kind === 'action') {
      const { i, t, a } = read.entry;
      this.text += this.writer.action(i, t, this.encoder.action(a));
    } else if (read.kind === 'checkpoint') {
      this.text += this.writer.checkpoint(read.entry.c, this.encoder.hashes(state));
    } else {
      this.text += this.writer.keyframe(read.entry.k, read.entry.why, this.encoder.state(state));
    }
  }

  end(): void {
    this.text += this.writer.footer();
  }

  /** What was written since it was asked last. */
  drain(): string {
    const { text } = this;
    this.text = '';
    return text;
  }
}

/** Makes a redacted log of one with texts. It verifies as the first one did. @internal */
export async function redactFile(path: string, asked: Asked, io: CliIo): Promise<ExitCode> {
  const options = await replayOptions(asked);
  const output = await openOutput(asked.out, path, io);
  let redaction: Redaction | null = null;
  const listener: LogListener = {
    header(header) {
      if (header.redaction !== 'none') {
        throw new UsageError(`${path} is redacted already: its texts are not in it.`);
      }
      const verifier = new Verifier(reducerFor(header, options));
      redaction = new Redaction(header, verifier, asked.keepMetadata);
    },
    entry(entry) {
      redaction?.take(entry);
    },
  };
  const drain = (): Promise<void> => output.write(redaction?.drain() ?? '');
  const redacted = (): Redaction | null => redaction;
  try {
    const { isComplete } = await readFileLog(path, io, listener, drain);
    if (isComplete) redacted()?.end();
  } finally {
    // of a damaged log what comes before the damage is sound
    await drain();
    await output.end();
  }
  const found = redacted()?.found ?? [];
  if (found.length === 0) return 0;
  io.err(`${path}: ${found.map(divergenceText).join('; ')}. What was written ends there.\n`);
  return 1;
}
