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
 * A recorder that is started again begins a new file, and what it wrote before is kept as an older one.
 *
 * @public
 * @example
 * ```ts
 * const recorder = createRecorder({ sink: createFileSink('session.ndjson') });
 * ```
 */
export function createFileSink(path: string, options: FileSinkOptions = {}): LogSink {
  const { rollAfterBytes = Infinity, keep = 3 } = options;
  let file: number | null = openSync(path, 'w');
  const older = (n: number): string => (n === 0 ? path : `${path}.${n}`);
  const close = (): void => {
    // never twice: by then the number may be another file's
    if (file !== null) closeSync(file);
    file = null;
  };
  const roll = (): number => {
    close();
    if (existsSync(older(keep))) rmSync(older(keep));
    for (let n = keep - 1; n >= 0; n--) {
      if (existsSync(older(n))) renameSync(older(n), older(n + 1));
    }
    return (file = openSync(path, 'w'));
  };
  return {
    rollAfterBytes,
    write(text) {
      // it was closed: this is another recording
      const to = file ?? roll();
      const bytes = new TextEncoder().encode(text);
      for (let at = 0; at < bytes.length;) at += writeSync(to, bytes, at);
    },
    roll,
    close,
  };
}
