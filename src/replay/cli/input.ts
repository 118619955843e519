import { createReadStream } from 'node:fs';
import { pipeline, Readable } from 'node:stream';
import { constants, createGunzip } from 'node:zlib';
import type { LogHeader } from '../../actions/logFormat';
import type { LogEnd, LogListener } from '../logReader';
import { createLogReader } from '../logReader';
import type { CliIo } from './io';
import { grouped } from './io';

const chunkBytes = 1 << 18;
const progressEveryMs = 500;

/** A file's bytes, unpacked where they are packed; `-` is standard input. @internal */
export async function* bytesOf(path: string, io: CliIo): AsyncIterable<Uint8Array> {
  const source = path === '-' ? io.stdin : createReadStream(path, { highWaterMark: chunkBytes });
  const chunks = (source as AsyncIterable<Uint8Array>)[Symbol.asyncIterator]();
  const first = await chunks.next();
  if (first.done === true) return;
  async function* all() {
    yield first.value;
    for (let next = await chunks.next(); next.done !== true; next = await chunks.next()) {
      yield next.value;
    }
  }
  const [a, b] = first.value;
  if (a !== 0x1f || b !== 0x8b) {
    yield* all();
    return;
  }
  // a packed log may be cut like any other
  const unpacked = createGunzip({ finishFlush: constants.Z_SYNC_FLUSH, chunkSize: chunkBytes });
  pipeline(Readable.from(all()), unpacked, () => undefined);
  yield* unpacked as AsyncIterable<Uint8Array>;
}

/** How a file was read. @internal */
export interface FileRead extends LogEnd {
  readonly header: LogHeader;
  readonly bytes: number;
}

/**
 * Reads a log line by line: a file of any length is one chunk and one line in memory.
 *
 * @internal
 * @param afterChunk - Is waited for before more is read.
 */
export async function readFileLog(
  path: string,
  io: CliIo,
  listener: LogListener,
  afterChunk: () => Promise<void> = () => Promise.resolve(),
): Promise<FileRead> {
  let header: LogHeader | null = null;
  let bytes = 0;
  let lines = 0;
  let shownAt = Date.now();
  const reader = createLogReader({
    header(read) {
      header = read;
      listener.header?.(read);
    },
    entry(entry) {
      lines = entry.line;
      listener.entry?.(entry);
    },
  });
  for await (const chunk of bytesOf(path, io)) {
    bytes += chunk.length;
    reader.push(chunk);
    await afterChunk();
    if (io.isWatched && Date.now() - shownAt > progressEveryMs) {
      shownAt = Date.now();
      io.err(`\r${path}: ${grouped(Math.round(bytes / 1e6))} MB, line ${grouped(lines)} `);
    }
  }
  if (io.isWatched) io.err('\r\u001b[K');
  const end = reader.end();
  // a reader that came to its end has seen a header
  return { ...end, header: header as unknown as LogHeader, bytes };
}
