import type { LogHeader } from '../../actions/logFormat';
import { brokenLines } from './broken';
import { endOf } from './describe';
import { lookAtFileLog } from './input';
import type { CliIo, ExitCode } from './io';
import { grouped } from './io';
import type { Asked } from './options';

function originOf({ app, redaction, level, startedAt }: LogHeader): string {
  const name = app === '' ? 'an app without a name' : app;
  return `of ${name}, since ${new Date(startedAt).toISOString()}, level ${level}, redaction ${redaction}`;
}

/** Counts what is in a log, as far as it can be read. @internal */
export async function statsOfFile(path: string, asked: Asked, io: CliIo): Promise<ExitCode> {
  const types = new Map<string, { count: number; characters: number }>();
  const counts = { checkpoints: 0, keyframes: 0, jumps: 0 };
  let lastAt = 0;
  const found = brokenLines(path, io, asked.json);
  const read = await lookAtFileLog(path, io, {
    broken: found.tell,
    entry(entry) {
      if (entry.kind === 'checkpoint') counts.checkpoints += 1;
      else if (entry.kind === 'keyframe') {
        counts.keyframes += 1;
        if (entry.entry.why === 'jump') counts.jumps += 1;
      } else {
        const { a, t } = entry.entry;
        lastAt = Math.max(lastAt, t);
        const known = types.get(a.type) ?? { count: 0, characters: 0 };
        known.count += 1;
        known.characters += JSON.stringify(a).length;
        types.set(a.type, known);
      }
    },
  });
  const { header, actions, bytes, lines, broken, isComplete, isTruncated } = read;
  const code: ExitCode = broken === 0 ? 0 : 1;
  const byType = [...types].sort(([, a], [, b]) => b.count - a.count);
  if (asked.json) {
    const about = {
      file: path,
      header,
      actions,
      bytes,
      lines,
      broken,
      durationMs: lastAt,
      ...counts,
    };
    io.out(
      `${JSON.stringify({ ...about, isComplete, isTruncated, types: Object.fromEntries(byType) })}\n`,
    );
    return code;
  }
  found.sum();
  io.out(
    `${path}: ${grouped(actions)} actions in ${grouped(Math.round(lastAt / 1000))} s, ${grouped(bytes)} bytes.${endOf(read)}\n`,
  );
  io.out(
    `  ${header === null ? 'of nobody knows whom: its first line is broken' : originOf(header)}\n`,
  );
  io.out(
    `  ${grouped(counts.checkpoints)} checkpoints, ${grouped(counts.keyframes)} keyframes, ${grouped(counts.jumps)} times the state changed by itself\n`,
  );
  for (const [type, { count, characters }] of byType) {
    io.out(
      `  ${grouped(count).padStart(9)}  ${type}, ${grouped(Math.round(characters / count))} characters each\n`,
    );
  }
  return code;
}
