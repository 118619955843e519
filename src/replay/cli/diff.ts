import { compareJson } from '../compare';
import type { CliIo, ExitCode } from './io';
import { UsageError } from './io';
import type { Asked } from './options';
import { toNumber } from './options';
import { statesBefore } from './show';

const most = 1_000;

const short = (value: unknown): string => {
  if (value === undefined) return 'nothing';
  const text = JSON.stringify(value);
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
};

/** Shows how the states before two actions differ; `1` if they do. @internal */
export async function diffFile(
  [path, first, second]: readonly string[],
  asked: Asked,
  io: CliIo,
): Promise<ExitCode> {
  const from = toNumber(first, 'FROM');
  const to = toNumber(second, 'TO');
  if (path === undefined || from === undefined || to === undefined) {
    throw new UsageError('diff needs FILE FROM TO: a log and the numbers of two actions.');
  }
  const { states, broken } = await statesBefore(path, [from, to], asked, io);
  const [before, after] = states;
  const found = compareJson(before, after, most);
  for (const difference of found) {
    io.out(
      asked.json
        ? `${JSON.stringify(difference)}\n`
        : `${difference.path}: ${short(difference.before)} → ${short(difference.after)}\n`,
    );
  }
  if (found.length === most) io.err(`The first ${most} differences; there are more.\n`);
  return found.length === 0 && broken === 0 ? 0 : 1;
}
