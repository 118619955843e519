import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { readConfig } from '../../../emulator/src/config';
import { startServer } from '../../../emulator/src/server';
import type { HostLine } from '../emulatorHosts';

// Runs emulators for those who connect, one for each connection: its first line is the arguments, what comes back are
// lines of `HostLine`, and its end stops the emulator. Prints the port that it listens on; ends with its standard input.

const listeners = new Set<(error: unknown) => void>();
process.on('warning', (warning) => {
  for (const tell of listeners) tell(warning);
});

async function host(socket: Socket): Promise<void> {
  const over = new Promise<void>((resolve) => {
    // a test that was killed ends it by an error, and then closes it
    socket.on('error', () => undefined);
    socket.once('end', resolve).once('close', resolve);
  });
  const say = (line: HostLine) => {
    if (socket.writable) socket.write(`${JSON.stringify(line)}\n`);
  };
  const tell = (error: unknown) => {
    say({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  };
  listeners.add(tell);
  try {
    const [args] = (await once(createInterface({ input: socket }), 'line')) as [string];
    const config = readConfig(JSON.parse(args) as string[], {});
    if (config === undefined) throw new Error('It is not asked for help.');
    const server = await startServer(config, tell);
    say({ address: server.address });
    await over;
    await server.stop();
    say({ code: 0 });
  } catch (error) {
    tell(error);
    say({ code: 1 });
  } finally {
    listeners.delete(tell);
    socket.end();
  }
}

const server = createServer({ allowHalfOpen: true }, (socket) => void host(socket));
server.listen(0, '127.0.0.1', () => {
  console.log((server.address() as AddressInfo).port);
});
process.stdin.on('close', () => process.exit(0)).resume();
