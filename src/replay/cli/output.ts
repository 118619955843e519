import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { stat } from 'node:fs/promises';
import { finished } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { CliIo } from './io';
import { UsageError } from './io';

/** Where a command writes a file to. @internal */
export interface Output {
  /** Waits while too much is on its way. */
  write(text: string): Promise<void>;
  end(): Promise<void>;
}

/** Whether two paths lead to one file. */
async function isSameFile(path: string, other: string): Promise<boolean> {
  const fileAt = (at: string) => stat(at, { bigint: true }).catch(() => null);
  const [one, two] = await Promise.all([fileAt(path), fileAt(other)]);
  // a device may be both
  return one?.isFile() === true && one.ino === two?.ino && one.dev === two.dev;
}

/**
 * A file, packed if its name ends with `.gz`; without a path, standard output. What the file held is replaced by the
 * first text, and not before: a command that cannot do anything leaves it as it was.
 *
 * @internal
 * @throws UsageError: it would be written over what is read.
 */
export async function openOutput(
  path: string | undefined,
  input: string,
  io: CliIo,
): Promise<Output> {
  if (path === undefined) {
    return {
      write(text) {
        io.out(text);
        return Promise.resolve();
      },
      end: () => Promise.resolve(),
    };
  }
  if (await isSameFile(path, input)) {
    throw new UsageError(`--out ${path} is the file that is read: give it another name.`);
  }
  let file: Output | null = null;
  return {
    async write(text) {
      if (text === '') return;
      file ??= fileOutput(path);
      await file.write(text);
    },
    end: async () => file?.end(),
  };
}

function fileOutput(path: string): Output {
  const file = createWriteStream(path);
  const top = path.endsWith('.gz') ? createGzip() : file;
  if (top !== file) top.pipe(file);
  // a failure is thrown where it is waited for
  const done = finished(file);
  done.catch(() => undefined);
  return {
    async write(text) {
      if (!top.write(text)) await Promise.race([once(top, 'drain'), done]);
    },
    async end() {
      top.end();
      await done;
    },
  };
}
