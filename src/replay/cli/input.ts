import { createReadStream } from 'node:fs';
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

/** Bytes that are unpacked at a time: they may be a thousand times as many then. */
const packedBytes = 1 << 14;

const isPacked = ([a, b]: Uint8Array): boolean => a === 0x1f && b === 0x8b;

/** A file's bytes, unpacked where they are packed; `-` is standard input. @internal */
export async function* bytesOf(path: string, io: CliIo): AsyncIterable<Uint8Array> {
  const source: AsyncIterable<Uint8Array> =
    path === '-' ? io.stdin : createReadStream(path, { highWaterMark: chunkBytes });
  let unpack: Unpack | null = null;
  // a pipe may bring a single byte, and two of them tell whether it is packed
  let begun: Uint8Array = new Uint8Array(0);
  let isBegun = false;
  for await (const piece of source) {
    const chunk = isBegun || begun.length === 0 ? piece : Buffer.concat([begun, piece]);
    if (!isBegun && chunk.length < 2) {
      begun = chunk;
      continue;
    }
    if (!isBegun && isPacked(chunk)) unpack = unpacking();
    isBegun = true;
    if (unpack === null) yield chunk;
    else yield* unpack.push(chunk);
  }
  if (!isBegun && begun.length > 0) yield begun;
  if (unpack !== null) yield* unpack.end();
}

interface Unpack {
  push(bytes: Uint8Array): AsyncIterable<Uint8Array>;
  end(): AsyncIterable<Uint8Array>;
}

/** Unpacks piece by piece, so that of a file that is damaged everything is given that comes before the damage. */
function unpacking(): Unpack {
  // a packed log may be cut like any other
  const gunzip = createGunzip({ finishFlush: constants.Z_SYNC_FLUSH });
  let ready: Uint8Array[] = [];
  gunzip.on('data', (bytes: Uint8Array) => ready.push(bytes));
  async function* given(run: (done: () => void) => void) {
    // a piece that is damaged is never done
    const failure = await new Promise<Error | null>((resolve) => {
      gunzip.once('error', resolve);
      run(() => {
        gunzip.off('error', resolve);
        resolve(null);
      });
    });
    const unpacked = ready;
    ready = [];
    yield* unpacked;
    if (failure !== null) throw failure;
  }
  return {
    async *push(bytes) {
      for (let at = 0; at < bytes.length; at += packedBytes) {
        const piece = bytes.subarray(at, at + packedBytes);
        yield* given((done) => gunzip.write(piece, done));
      }
    },
    end: () => given((done) => gunzip.once('end', done).end()),
  };
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
  let refusal: unknown = null;
  const take = (chunk: Uint8Array): void => {
    bytes += chunk.length;
    try {
      reader.push(chunk);
    } catch (error) {
      refusal = error;
      throw error;
    }
  };
  try {
    await feed(path, io, take, () => line);
  } catch (error) {
    // what the reader refuses is no log
    if (error === refusal || !isHudhudError(error) || bytes === 0) throw error;
    unpacked = 1;
    listener.broken(error);
  }
  const end = reader.end();
  return { ...end, broken: end.broken + unpacked, bytes };
}
