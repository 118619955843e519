import { once } from 'node:events';
import { connect } from 'node:net';
import { createInterface } from 'node:readline';
import { within } from './deadline';
import type { Emulator } from './emulator';
import { callFaults, withDefaults } from './emulator';
import type { HostLine } from './emulatorHosts';
import { hostPorts } from './emulatorHosts';

/** An emulator without a process of its own, which so cannot crash alone. */
export type HostedEmulator = Omit<Emulator, 'kill' | 'restart'>;

const startMs = 50_000;
const stopMs = 10_000;

/** A host for each worker: its two cores are not to wait for one. */
function portOfHost(): number {
  const ports = process.env[hostPorts]?.split(',') ?? [];
  const worker = Number(process.env['JEST_WORKER_ID'] ?? 1);
  const port = ports[(worker - 1) % ports.length];
  if (port === undefined) throw new Error('No host of emulators runs: they belong to the tests.');
  return Number(port);
}

/**
 * An emulator as `startEmulator` gives it, in memory, in a process that runs the emulators of one worker after the
 * other: most of what a process of its own costs is to load Postgres and the server, and to compile what they do.
 */
export async function startHostedEmulator(args: readonly string[] = []): Promise<HostedEmulator> {
  const socket = connect(portOfHost(), '127.0.0.1');
  let errors = '';
  let code: number | null = null;
  const gone = once(socket, 'close');
  gone.catch(() => undefined);
  const address = new Promise<string>((resolve, reject) => {
    createInterface({ input: socket }).on('line', (text) => {
      const line = JSON.parse(text) as HostLine;
      if ('address' in line) resolve(line.address);
      else if ('error' in line) errors += `${line.error}\n`;
      else code = line.code;
    });
    const failed = () => {
      reject(new Error(`The emulator ended before it was ready: ${errors}`));
    };
    socket.once('error', failed).once('close', failed);
  });
  socket.write(`${JSON.stringify(withDefaults([...args, '--port', '0']))}\n`);
  const url = await within(
    startMs,
    address,
    () => `The emulator is not ready after ${startMs} ms: ${errors}`,
  );
  return {
    url,
    stderr: () => errors,
    stop: async () => {
      if (!socket.closed) {
        socket.end();
        await within(stopMs, gone, () => `The emulator does not stop: ${errors}`);
      }
      return code;
    },
    setFaults: (set) => callFaults(url, set === undefined ? 'DELETE' : 'PUT', set),
    faults: () => callFaults(url, 'GET'),
  };
}
