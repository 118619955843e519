import { configureStore } from '@reduxjs/toolkit';
import { holdingTimers } from '../../platform/timers';
import type { ConnectionPhase } from '../../protocol/connectionStatus';
import type { Hudhud } from '../../store/createHudhud';
import { createHudhud } from '../../store/createHudhud';
import { hudhudCheckOptions } from '../../store/hudhudCheckOptions';
import { createFileSink } from '../node/fileSink';
import { createRecorder } from '../recorder';
import type { LogSink } from '../sinks';
import { createCookieFetch } from './cookieFetch';
import type { CliIo, ExitCode } from './io';
import { grouped, UsageError } from './io';
import type { Asked } from './options';

/** Why a recording ended. */
type End = 'interrupted' | 'time' | 'refused' | 'sink';

/** Where to, and as whom. @internal */
export interface Wanted {
  readonly url: string;
  readonly out: string;
  /** Of a session that is given; `null`: sign in. */
  readonly token: string | null;
  readonly username: string;
  readonly password: string;
}

/**
 * What a call asks for. A password is in no option: whoever lists processes sees those.
 *
 * @internal
 * @throws UsageError
 */
export function wantedOf(asked: Asked, env: CliIo['env']): Wanted {
  const { url, out } = asked;
  if (url === undefined || !URL.canParse(url)) {
    throw new UsageError(
      'record needs --url: the start of all REST addresses, such as https://chat.example/api.',
    );
  }
  const { username: inUrl, password: alsoInUrl } = new URL(url);
  if (inUrl !== '' || alsoInUrl !== '') {
    throw new UsageError(
      '--url has a name or a password in it: whoever lists processes sees those.',
    );
  }
  if (out === undefined) throw new UsageError('record needs --out FILE.');
  if (out.endsWith('.gz')) {
    throw new UsageError('record writes line by line, unpacked: pack the file afterwards.');
  }
  if ((asked.project === undefined) !== (asked.channel === undefined)) {
    throw new UsageError('--project and --channel go together.');
  }
  const username = asked.username ?? env['HUDHUD_USERNAME'] ?? '';
  const password = env['HUDHUD_PASSWORD'] ?? '';
  const token = env['HUDHUD_TOKEN'] ?? null;
  if (token === null && (username === '' || password === '')) {
    throw new UsageError(
      'record needs somebody to sign in: --username and the variable HUDHUD_PASSWORD, or HUDHUD_TOKEN.',
    );
  }
  return { url, out, token, username, password };
}

/** What a file held is replaced by the first line, not before somebody is signed in. */
function lazyFile(path: string): LogSink {
  let file: LogSink | null = null;
  return {
    write(text) {
      file ??= createFileSink(path);
      file.write(text);
    },
    close: () => file?.close?.(),
  };
}

function createClient(wanted: Wanted, asked: Asked, onFailure: (error: unknown) => void) {
  const { url, token } = wanted;
  const recorder = createRecorder({
    sink: lazyFile(wanted.out),
    redaction: asked.redaction,
    keepMetadata: asked.keepMetadata,
    app: 'hudhud record',
    onError: onFailure,
  });
  const hudhud: Hudhud = createHudhud({
    baseUrl: url,
    exposeStatus: false,
    connection: { maxReconnectAttempts: Infinity },
    platform: { fetch: createCookieFetch() },
    ...(token === null ? {} : { tokens: { getToken: () => token } }),
  });
  const store = configureStore({
    reducer: { hudhud: hudhud.reducer },
    middleware: (getDefault) =>
      getDefault(hudhudCheckOptions()).prepend(hudhud.middleware).concat(recorder.middleware),
    devTools: false,
  });
  return { recorder, hudhud, store };
}

/** Nobody is there who could sign in again, or look at what is wrong with the address. */
const overPhases: readonly ConnectionPhase[] = ['failed', 'authRequired'];

type Client = ReturnType<typeof createClient>;

/** Waits for the first of what ends a recording. */
function waitForEnd(
  { store, hudhud }: Client,
  seconds: number | undefined,
  io: CliIo,
): { readonly ended: Promise<End>; readonly end: (why: End) => void } {
  let end: (why: End) => void = () => undefined;
  const ended = new Promise<End>((resolve) => {
    const stops: (() => void)[] = [];
    end = (why) => {
      for (const stop of stops.splice(0)) stop();
      resolve(why);
    };
    stops.push(
      io.onInterrupt(() => {
        end('interrupted');
      }),
      store.subscribe(() => {
        if (overPhases.includes(hudhud.selectors.selectConnectionPhase(store.getState())))
          end('refused');
      }),
    );
    if (seconds !== undefined) {
      stops.push(
        holdingTimers.after(seconds * 1_000, () => {
          end('time');
        }),
      );
    }
  });
  return { ended, end };
}

/**
 * Records what a signed-in client is told, until it is interrupted, the time is over, or the stream is refused for good.
 *
 * @internal
 */
export async function recordStream(wanted: Wanted, asked: Asked, io: CliIo): Promise<ExitCode> {
  let fail: (error: unknown) => void = () => undefined;
  const client = createClient(wanted, asked, (error) => {
    fail(error);
  });
  const { hudhud, recorder, store } = client;
  const waiting = waitForEnd(client, asked.seconds, io);
  fail = (error) => {
    io.err(`${wanted.out}: ${error instanceof Error ? error.message : String(error)}\n`);
    waiting.end('sink');
  };
  let why: End;
  let refusal: string | null = null;
  try {
    if (wanted.token === null) await hudhud.auth.login(wanted);
    recorder.start();
    hudhud.start();
    const { project: projectSlug, channel: channelSlug } = asked;
    if (projectSlug !== undefined && channelSlug !== undefined) {
      store.dispatch(hudhud.actions.loadWorkspace({ projectSlug, channelSlug }));
    }
    if (io.isWatched) io.err(`Recording to ${wanted.out}; Ctrl-C ends it.\n`);
    why = await waiting.ended;
    // stopping forgets it
    if (why === 'refused') refusal = hudhud.getStatus().connections[0]?.error?.code ?? null;
  } finally {
    waiting.end('interrupted');
    hudhud.stop();
    await recorder.stop();
    // after the recording: a session that was opened for it is not left open
    if (wanted.token === null) await hudhud.auth.logout().catch(() => undefined);
  }
  const { actions, failures } = recorder.stats();
  return report({ file: wanted.out, ended: why, actions, failures, error: refusal }, asked, io);
}

interface Report {
  readonly file: string;
  readonly ended: End;
  readonly actions: number;
  /** Things that could not be written. */
  readonly failures: number;
  /** Code of what the stream was refused with. */
  readonly error: string | null;
}

function report(told: Report, { json }: Asked, io: CliIo): ExitCode {
  const { file, ended, actions, failures, error } = told;
  io.out(json ? `${JSON.stringify(told)}\n` : `${file}: ${grouped(actions)} actions.\n`);
  if (ended === 'refused') io.err(`The stream was refused for good: ${error ?? 'no reason'}.\n`);
  return ended === 'refused' || failures > 0 ? 2 : 0;
}
