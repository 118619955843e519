import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { within } from './deadline';

/** A server that is not ours, for as long as a suite takes. */
export interface Companion {
  stderr(): string;
  stop(): Promise<void>;
}

export interface CompanionOptions {
  readonly command: readonly [string, ...string[]];
  /** What it writes to stderr when it is ready. */
  readonly ready: RegExp;
  /** The signal that ends it. */
  readonly signal: 'INT' | 'TERM';
  readonly user?: { readonly uid: number; readonly gid: number } | undefined;
}

const startMs = 30_000;

/** Ends what it has started when its standard input closes, be it that whoever has started it was killed. */
const guard = (signal: string) =>
  `"$@" & child=$!; cat > /dev/null; kill -${signal} $child; wait $child`;

export async function startCompanion({
  command,
  ready,
  signal,
  user,
}: CompanionOptions): Promise<Companion> {
  const child = spawn('sh', ['-c', guard(signal), 'sh', ...command], {
    stdio: ['pipe', 'ignore', 'pipe'],
    ...user,
  });
  let errors = '';
  child.stderr.setEncoding('utf8');
  const isReady = new Promise<void>((resolve) => {
    child.stderr.on('data', (text: string) => {
      errors += text;
      if (ready.test(errors)) resolve();
    });
  });
  const gone = once(child, 'close');
  const stop = async () => {
    child.stdin.end();
    await within(startMs, gone, () => `${command[0]} does not end: ${errors}`);
  };
  try {
    await within(startMs, isReady, () => `${command[0]} is not ready: ${errors}`);
  } catch (error) {
    await stop();
    throw error;
  }
  return { stderr: () => errors, stop };
}

/** A port that nobody listens on at the moment, for servers that cannot choose one themselves. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
