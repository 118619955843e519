import { closeSync, existsSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import type { LogSink } from '../sinks';

/** @public */
export interface FileSinkOptions {
  /** Begins a new log once a file has so many characters. Default: one file, however long. */
  readonly rollAfterBytes?: number;
  /** Older files that are kept then, as `<path>.1`, `<path>.2`, … Default 3. */
  readonly keep?: number;
}

/**
 * Makes a sink that writes to a file, at once: what was written outlives the process. What the file held is replaced.
 *
 * @public
 * @example
 * ```ts
 * const recorder = createRecorder({ sink: createFileSink('session.ndjson') });
 * ```
 */
export function createFileSink(path: string, options: FileSinkOptions = {}): LogSink {
  const { rollAfterBytes = Infinity, keep = 3 } = options;
  let file = openSync(path, 'w');
  const older = (n: number): string => (n === 0 ? path : `${path}.${n}`);
  return {
    rollAfterBytes,
    write(text) {
      const bytes = new TextEncoder().encode(text);
      for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at);
    },
    roll() {
      closeSync(file);
      if (existsSync(older(keep))) rmSync(older(keep));
      for (let n = keep - 1; n >= 0; n--) {
        if (existsSync(older(n))) renameSync(older(n), older(n + 1));
      }
      file = openSync(path, 'w');
    },
    close() {
      closeSync(file);
    },
  };
}
