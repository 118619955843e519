import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { within } from './deadline';

export interface Demo {
  readonly url: string;
  readonly emulatorUrl: string;
  /** `undefined` where it was given a backend. */
  readonly emulatorPid: number | undefined;
  /** SIGTERM; answers its exit code. */
  stop(): Promise<number | null>;
}

interface Ready {
  readonly url: string;
  readonly emulatorUrl: string;
  readonly emulatorPid?: number;
}

const startMs = 60_000;

/** Its production build, which a run of the tests makes once. */
export const builtDemo = 'reports/demo';

/** Without Jest's `NODE_ENV=test`, under which a production build would hold the development code of its packages. */
export const userEnvironment = { ...process.env, NODE_ENV: undefined };

/** What `npm start` runs, on any free port and in a process of its own. */
export async function startDemo(args: readonly string[]): Promise<Demo> {
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', 'demo/start.ts', '--print-ready', '--port', '0', ...args],
    { env: userEnvironment, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let words = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (words += text));
  const ready = once(createInterface({ input: child.stdout }), 'line') as Promise<[string]>;
  const ended = once(child, 'close').then(() => {
    throw new Error(`The demo ended before it was ready: ${words}`);
  });
  ended.catch(() => undefined);
  const [line] = await within(
    startMs,
    Promise.race([ready, ended]),
    () => `The demo is not ready after ${startMs} ms: ${words}`,
  );
  const { url, emulatorUrl, emulatorPid } = JSON.parse(line) as Ready;
  return {
    url,
    emulatorUrl,
    emulatorPid,
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
      const gone = once(child, 'close');
      child.kill('SIGTERM');
      await within(10_000, gone, () => 'The demo ignores SIGTERM');
      return child.exitCode;
    },
  };
}
