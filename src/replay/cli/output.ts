import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { CliIo } from './io';

/** Where a command writes a file to. @internal */
export interface Output {
  /** Waits while too much is on its way. */
  write(text: string): Promise<void>;
  end(): Promise<void>;
}

/** A file, packed if its name ends with `.gz`; without a path, standard output. @internal */
export function openOutput(path: string | undefined, io: CliIo): Output {
  if (path === undefined) {
    return {
      write(text) {
        io.out(text);
        return Promise.resolve();
      },
      end: () => Promise.resolve(),
    };
  }
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
