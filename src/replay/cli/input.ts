import { createReadStream } from 'node:fs';
import { pipeline, Readable } from 'node:stream';
import { constants, createGunzip } from 'node:zlib';
import type { LogHeader } from '../../actions/logFormat';
import type { LogEnd, LogListener } from '../logReader';
import { createLogReader } from '../logReader';
import { HudhudError, isHudhudError } from '../../errors';
import type { LenientEnd, LenientListener } from '../lenientReader';
import { LenientReader } from '../lenientReader';
import type { CliIo } from './io';
import { grouped } from './io';

const chunkBytes = 1 << 18;
const progressEveryMs = 500;
const clearLine = '\r\u001b[K';

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

/** Hands a file's bytes on as they come, and says how far it is where somebody watches; how many there were. */
async function feed(
  path: string,
  io: CliIo,
  take: (bytes: Uint8Array) => void | Promise<void>,
  line: () => number,
): Promise<number> {
  let bytes = 0;
  let shownAt = Date.now();
  try {
    for await (const chunk of bytesOf(path, io)) {
      bytes += chunk.length;
      await take(chunk);
      if (io.isWatched && Date.now() - shownAt > progressEveryMs) {
        shownAt = Date.now();
        io.err(`\r${path}: ${grouped(Math.round(bytes / 1e6))} MB, line ${grouped(line())} `);
      }
    }
  } catch (error) {
    throw isOfZlib(error) ? packedDamage(bytes === 0 ? null : line()) : error;
  } finally {
    if (io.isWatched) io.err(clearLine);
  }
  return bytes;
}

const isOfZlib = (error: unknown): boolean =>
  String((error as { readonly code?: unknown } | null)?.code).startsWith('Z_');

/** @param line - The last one that was unpacked; `null`: nothing was. */
function packedDamage(line: number | null): HudhudError {
  return line === null
    ? new HudhudError('LOG_DAMAGED', 'The packed file is damaged: nothing of it can be unpacked.')
    : new HudhudError(
        'LOG_DAMAGED',
        `The packed file is damaged: it cannot be unpacked behind line ${line}.`,
        { line },
      );
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
  let line = 0;
  const reader = createLogReader({
    header(read) {
      header = read;
      listener.header?.(read);
    },
    entry(entry) {
      line = entry.line;
      listener.entry?.(entry);
    },
  });
  const take = (chunk: Uint8Array): Promise<void> => {
    reader.push(chunk);
    return afterChunk();
  };
  const bytes = await feed(path, io, take, () => line);
  const end = reader.end();
  // a reader that came to its end has seen a header
  return { ...end, header: header as unknown as LogHeader, bytes };
}

/** How a file was looked at. @internal */
export interface FileLook extends LenientEnd {
  readonly bytes: number;
}

/**
 * Reads a log as far as possible, over its broken lines: each of them is told.
 *
 * @internal
 * @throws HudhudError `LOG_INVALID`: this is no log; `LOG_VERSION`; `LOG_DAMAGED`: nothing of it can be unpacked.
 */
export async function lookAtFileLog(
  path: string,
  io: CliIo,
  listener: Required<Pick<LenientListener, 'broken'>> & LenientListener,
): Promise<FileLook> {
  let bytes = 0;
  let line = 0;
  let unpacked = 0;
  const reader = new LenientReader({
    ...listener,
    entry(entry) {
      line = entry.line;
      listener.entry?.(entry);
    },
    broken(what) {
      if (io.isWatched) io.err(clearLine);
      listener.broken(what);
    },
  });
  const take = (chunk: Uint8Array): void => {
    bytes += chunk.length;
    reader.push(chunk);
  };
  try {
    await feed(path, io, take, () => line);
  } catch (error) {
    if (!isHudhudError(error) || error.code !== 'LOG_DAMAGED' || bytes === 0) throw error;
    unpacked = 1;
    listener.broken(error);
  }
  const end = reader.end();
  return { ...end, broken: end.broken + unpacked, bytes };
}
