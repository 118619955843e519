import type { Divergence } from '../verify';
import { reducerFor, Verifier } from '../verify';
import { divergenceText, endOf } from './describe';
import { readFileLog } from './input';
import type { CliIo, ExitCode } from './io';
import { grouped } from './io';
import type { Asked } from './options';
import { replayOptions } from './options';

/** Plays a log, and compares with its checkpoints. @internal */
export async function verifyFile(path: string, asked: Asked, io: CliIo): Promise<ExitCode> {
  const options = await replayOptions(asked);
  let verifier: Verifier | null = null;
  let found: readonly Divergence[] = [];
  const read = await readFileLog(path, io, {
    header(header) {
      verifier = new Verifier(reducerFor(header, options));
    },
    entry(entry) {
      // what comes after the first difference differs because of it
      if (found.length === 0) found = verifier?.take(entry) ?? [];
    },
  });
  const checkpoints = (verifier as Verifier | null)?.checkpoints ?? 0;
  const { actions, lines, isComplete, isTruncated } = read;
  if (asked.json) {
    const result = { file: path, isSame: found.length === 0, divergences: found };
    io.out(
      `${JSON.stringify({ ...result, actions, checkpoints, lines, isComplete, isTruncated })}\n`,
    );
  } else {
    const counts = `${grouped(actions)} actions, ${grouped(checkpoints)} checkpoints`;
    const verdict = found.length === 0 ? 'OK' : found.map(divergenceText).join('; ');
    io.out(`${path}: ${counts}: ${verdict}.${endOf(read)}\n`);
  }
  return found.length === 0 ? 0 : 1;
}
