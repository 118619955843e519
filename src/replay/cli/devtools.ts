import type { DevToolsAction } from '../../actions/devToolsFile';
import { exportDevTools, importDevTools } from '../../actions/devToolsFile';
import type { LogHeader } from '../../actions/logFormat';
import type { Slices } from '../encoder';
import { Encoder } from '../encoder';
import { LogWriter } from '../logWriter';
import { makeKey } from '../pseudonyms';
import { applied, reducerFor } from '../verify';
import { bytesOf, readFileLog } from './input';
import type { CliIo, ExitCode } from './io';
import type { Asked } from './options';
import { replayOptions } from './options';
import { openOutput } from './output';

/** Actions from one checkpoint of a log that is made to the next. */
const every = 100;

/** Makes a file for the Redux DevTools of what came since the state last changed by itself. @internal */
export async function toDevTools(path: string, asked: Asked, io: CliIo): Promise<ExitCode> {
  let state: Slices = {};
  let actions: DevToolsAction[] = [];
  let startedAt = 0;
  const { header } = await readFileLog(path, io, {
    header(read) {
      startedAt = read.startedAt;
    },
    entry({ kind, entry }) {
      if (kind === 'action') actions.push({ a: entry.a, at: startedAt + entry.t });
      if (kind !== 'keyframe') return;
      if (actions.length > 0) {
        io.err(
          `${path}: the state changed by itself before action ${entry.k}; what came before is left out.\n`,
        );
      }
      state = entry.s;
      actions = [];
    },
  });
  const output = await openOutput(asked.out, path, io);
  const history = { state: { [header.instance]: state }, actions };
  await output.write(exportDevTools(history, asked.lifted ? 'lifted' : 'actions'));
  await output.end();
  return 0;
}

/** Makes a log of a file that the Redux DevTools exported. @internal */
export async function fromDevTools(path: string, asked: Asked, io: CliIo): Promise<ExitCode> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const bytes of bytesOf(path, io)) text += decoder.decode(bytes, { stream: true });
  const history = importDevTools(text + decoder.decode());
  const { instance } = asked;
  const about = { app: '', instance, level: 'full', slices: [], redaction: 'none' } as const;
  const startedAt = history.actions.find(({ at }) => at !== null)?.at ?? 0;
  const header: Omit<LogHeader, 'format' | 'version' | 'hash'> = { ...about, startedAt };
  const reduce = reducerFor(header, await replayOptions(asked));
  const given = history.state?.[instance] as Slices | undefined;
  let state = given ?? reduce(undefined, { type: '@@INIT' });
  const writer = new LogWriter();
  const encoder = new Encoder(instance, 'none', [], makeKey());
  const output = await openOutput(asked.out, path, io);
  await output.write(writer.header({ ...header, slices: Object.keys(state) }));
  await output.write(writer.keyframe(0, 'start', encoder.state(state)));
  for (const [i, { a, at }] of history.actions.entries()) {
    await output.write(writer.action(i, at === null ? 0 : at - startedAt, encoder.action(a)));
    state = applied(reduce, state, a, `Action ${i}`);
    if ((i + 1) % every === 0 || i + 1 === history.actions.length) {
      await output.write(writer.checkpoint(i + 1, encoder.hashes(state)));
    }
  }
  await output.write(writer.footer());
  await output.end();
  return 0;
}
