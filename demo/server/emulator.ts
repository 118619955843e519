import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** A backend that is kept running. */
export interface SupervisedEmulator {
  /** Stays the same when it is started again. */
  readonly url: URL;
  readonly pid: number;
  /** Ends it for good. */
  stop(): Promise<void>;
}

interface EmulatorOptions {
  readonly port: number | undefined;
  readonly dataFolder: string;
  readonly hasTraffic: boolean;
  /** Handed on as it is. */
  readonly faults: string | undefined;
  /** Told in one sentence what happens to it later. */
  readonly say: (sentence: string) => void;
}

interface Run {
  readonly child: ChildProcess;
  readonly url: URL;
  readonly pid: number;
}

const main = fileURLToPath(new URL('../../emulator/src/main.ts', import.meta.url));
const restartDelayMs = 1_000;
const mostDelayMs = 15_000;
/** A run this long was a good one: the delays start over. */
const stableMs = 30_000;
const killAfterMs = 5_000;

const hasEnded = (child: ChildProcess) => child.exitCode !== null || child.signalCode !== null;

/** Resolves when it answers requests. Rejects with its own last words. */
async function run(args: readonly string[]): Promise<Run> {
  const child = spawn(process.execPath, ['--import', 'tsx', main, ...args], {
    // its input stays open as long as we live: without us it ends (--exit-with-parent)
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let words = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    words = (words + text).slice(-4_000);
  });
  const ready = once(createInterface({ input: child.stdout }), 'line') as Promise<[string]>;
  const ended = once(child, 'close').then(() => {
    throw new Error(words.trim() === '' ? 'The backend ended before it was ready.' : words.trim());
  });
  ended.catch(() => undefined); // after the start nobody waits for it any more
  const [line] = await Promise.race([ready, ended]);
  const { address } = JSON.parse(line) as { readonly address: string };
  return { child, url: new URL(address), pid: child.pid ?? 0 };
}

/** Starts the backend, and starts it again with the same port and data whenever it ends on its own. */
export async function superviseEmulator(options: EmulatorOptions): Promise<SupervisedEmulator> {
  const { port, dataFolder, hasTraffic, faults, say } = options;
  const args = [
    '--data',
    dataFolder,
    '--exit-with-parent',
    ...(hasTraffic ? ['--traffic'] : []),
    ...(faults === undefined ? [] : ['--faults', faults]),
    ...(port === undefined ? [] : ['--port', String(port)]),
  ];
  let isStopping = false;
  let timer: NodeJS.Timeout | undefined;
  let delayMs = restartDelayMs;
  let current = await run(args);
  const { url } = current;

  const watch = ({ child }: Run) => {
    const startedAt = Date.now();
    child.once('close', () => {
      if (isStopping) return;
      if (Date.now() - startedAt > stableMs) delayMs = restartDelayMs;
      startLater('The backend has ended');
    });
  };
  const startLater = (why: string) => {
    say(`${why}; starting it again in ${delayMs / 1000} s.`);
    timer = setTimeout(() => {
      void startAgain();
    }, delayMs);
    delayMs = Math.min(delayMs * 2, mostDelayMs);
  };
  const startAgain = async () => {
    try {
      const next = await run([...args, '--port', url.port]);
      current = next;
      // asked to stop while it was starting
      if (isStopping) next.child.kill('SIGTERM');
      else {
        watch(next);
        say('The backend is back.');
      }
    } catch (error) {
      const reason = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
      if (!isStopping) startLater(`The backend did not start (${reason})`);
    }
  };
  watch(current);

  return {
    url,
    get pid() {
      return current.pid;
    },
    async stop() {
      isStopping = true;
      clearTimeout(timer);
      const { child } = current;
      if (hasEnded(child)) return;
      const gone = once(child, 'close');
      child.kill('SIGTERM');
      const force = setTimeout(() => child.kill('SIGKILL'), killAfterMs);
      await gone;
      clearTimeout(force);
    },
  };
}
