import type {
  KeyframeReason,
  LogCheckpoint,
  LogFooter,
  LogHeader,
  SliceHashes,
} from '../actions/logFormat';
import { logFormat, logVersion } from '../actions/logFormat';
import { ChainWriter } from './logChain';

/** What the writer of a log says of it; the rest of the header follows. @internal */
export type LogAbout = Omit<LogHeader, 'format' | 'version' | 'hash'>;

/**
 * Writes the lines of one log, each with its digest and its end. Actions and states come as JSON: they were made what
 * they are in a log when they were recorded.
 *
 * @internal
 */
export class LogWriter {
  private readonly chain = new ChainWriter();
  private count = 0;

  /** The first line. */
  header(about: LogAbout): string {
    const { app, instance, level, slices, startedAt, redaction } = about;
    return this.line({
      ...{ format: logFormat, version: logVersion, app, instance, level, slices },
      ...{ startedAt, redaction, hash: 'murmur3-128' },
    });
  }

  action(i: number, t: number, json: string): string {
    this.count += 1;
    return this.chain.seal(`{"i":${i},"t":${t},"a":${json}}`);
  }

  checkpoint(c: number, h: SliceHashes): string {
    return this.line({ c, h });
  }

  keyframe(k: number, why: KeyframeReason, json: string): string {
    return this.chain.seal(`{"k":${k},"why":"${why}","s":${json}}`);
  }

  /** The last line. */
  footer(): string {
    return this.line({ n: this.count });
  }

  private line(line: LogHeader | LogCheckpoint | LogFooter): string {
    return this.chain.seal(JSON.stringify(line));
  }
}
