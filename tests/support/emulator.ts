import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { within } from './deadline';

export interface Emulator {
  /** Stays the same over a restart. */
  readonly url: string;
  /** What it wrote to stderr so far. A healthy run writes nothing. */
  readonly stderr: () => string;
  /** SIGTERM; answers its exit code. */
  stop(): Promise<number | null>;
  /** SIGKILL: what a crash leaves behind. */
  kill(): Promise<void>;
  /** SIGKILL and a new start on the same port; data is kept only with `--data`. */
  restart(): Promise<void>;
  /** Replaces all faults; without a set there are none. */
  setFaults(set?: Readonly<Record<string, unknown>>): Promise<FaultAnswer>;
  faults(): Promise<FaultAnswer>;
}

interface FaultAnswer {
  readonly status: number;
  readonly body: {
    readonly faults: Readonly<Record<string, unknown>>;
    readonly hits: Readonly<Record<string, number>>;
    readonly error?: { readonly message: string };
  };
}

interface Run {
  readonly child: ChildProcess;
  readonly url: string;
  stderr(): string;
}

/** The emulator in one file, which a run of the tests makes once: its many sources take a second to load. */
export const emulatorProgram = 'reports/emulator/main.mjs';

const startMs = 50_000;

/** PGlite cannot load inside Jest's vm, so the emulator always runs in a process of its own. */
async function launch(args: readonly string[], databaseUrl: string): Promise<Run> {
  const child = spawn(process.execPath, [emulatorProgram, '--exit-with-parent', ...args], {
    env: { ...process.env, DATABASE_URL: databaseUrl },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
  const lines = createInterface({ input: child.stdout });
  const ready = once(lines, 'line') as Promise<[string]>;
  const ended = once(child, 'close').then(() => {
    throw new Error(`The emulator ended before it was ready: ${errors}`);
  });
  ended.catch(() => undefined);
  const [line] = await within(
    startMs,
    Promise.race([ready, ended]),
    () => `The emulator is not ready after ${startMs} ms: ${errors}`,
  );
  const { address } = JSON.parse(line) as { address: string };
  return { child, url: address, stderr: () => errors };
}

async function end({ child }: Run, signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  const gone = once(child, 'close');
  child.kill(signal);
  await within(10_000, gone, () => `The emulator ignores ${signal}`);
  return child.exitCode;
}

/** A plain call: the faults are the emulator's own, outside of /api. */
export async function callFaults(
  url: string,
  method: 'GET' | 'PUT' | 'DELETE',
  set?: Readonly<Record<string, unknown>>,
): Promise<FaultAnswer> {
  const response = await fetch(`${url}/emulator/faults`, {
    method,
    ...(set && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(set) }),
  });
  return { status: response.status, body: (await response.json()) as FaultAnswer['body'] };
}

/** In memory and with the small seed, unless the arguments say otherwise. */
export function withDefaults(args: readonly string[]): readonly string[] {
  const home = args.includes('--data') ? [] : ['--memory'];
  const seed = args.includes('--seed') ? [] : ['--seed', 'small'];
  return [...home, ...seed, ...args];
}

/**
 * Starts an emulator with the small seed on a free port, in memory unless `--data` is among the arguments.
 * With a database url it runs on that Postgres.
 */
export async function startEmulator(
  args: readonly string[] = [],
  databaseUrl = '',
): Promise<Emulator> {
  const all = withDefaults(args);
  let run = await launch([...all, '--port', '0'], databaseUrl);
  const { url } = run;
  return {
    url,
    stderr: () => run.stderr(),
    stop: () => end(run, 'SIGTERM'),
    kill: async () => {
      await end(run, 'SIGKILL');
    },
    setFaults: (set) => callFaults(url, set === undefined ? 'DELETE' : 'PUT', set),
    faults: () => callFaults(url, 'GET'),
    restart: async () => {
      await end(run, 'SIGKILL');
      run = await launch([...all, '--port', new URL(url).port], databaseUrl);
    },
  };
}
