import type { HudhudError } from '../../errors';
import type { CliIo } from './io';
import { grouped } from './io';

/** Tells what is broken in a file, line by line and how much of it. @internal */
export interface BrokenLines {
  readonly tell: (what: HudhudError) => void;
  /** Says how many there were, if there were any. */
  readonly sum: () => void;
}

/** @internal @param json - One JSON object a line on standard output, as everything else there. */
export function brokenLines(path: string, io: CliIo, json: boolean): BrokenLines {
  let count = 0;
  return {
    tell({ code, message, data }) {
      count += 1;
      if (json) {
        io.out(`${JSON.stringify({ file: path, error: message, code, line: data.line })}\n`);
      } else io.err(`${path}: ${message}\n`);
    },
    sum() {
      if (count === 0) return;
      if (json) io.out(`${JSON.stringify({ file: path, broken: count })}\n`);
      else io.err(`${path}: ${grouped(count)} broken ${count === 1 ? 'line' : 'lines'}.\n`);
    },
  };
}
