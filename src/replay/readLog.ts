import type { LogEntry, LogHeader } from '../actions/logFormat';
import type { LogEnd } from './logReader';
import { createLogReader } from './logReader';

/** A whole log in memory. @public */
export interface Log {
  readonly header: LogHeader;
  readonly entries: readonly LogEntry[];
  readonly end: LogEnd;
}

/**
 * Reads a log that fits into memory. Longer ones are read with `createLogReader`.
 *
 * @public
 * @throws HudhudError `LOG_INVALID`, `LOG_DAMAGED`, `LOG_VERSION`, with the number of the line in `data.line`.
 * @example
 * ```ts
 * const log = readLog(recorder.export());
 * ```
 */
export function readLog(source: string | Uint8Array): Log {
  const entries: LogEntry[] = [];
  const headers: LogHeader[] = [];
  const reader = createLogReader({
    header: (header) => headers.push(header),
    entry: (entry) => entries.push(entry),
  });
  reader.push(typeof source === 'string' ? new TextEncoder().encode(source) : source);
  const end = reader.end();
  // a log that was read to its end has a header
  const [header] = headers as [LogHeader];
  return { header, entries, end };
}
