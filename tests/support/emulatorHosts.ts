import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** What a host says of an emulator: where it is, what it reports, and at last the code that it would have ended with. */
export type HostLine =
  { readonly address: string } | { readonly error: string } | { readonly code: number };

export const hostProgram = 'reports/emulator/host.mjs';

/** Tells the tests the ports of the hosts. */
export const hostPorts = 'HUDHUD_EMULATOR_HOSTS';

async function startHost(): Promise<{ readonly child: ChildProcess; readonly port: string }> {
  const child = spawn(process.execPath, [hostProgram], { stdio: ['pipe', 'pipe', 'inherit'] });
  const [port] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  return { child, port };
}

/** So many processes that run emulators; answers what ends them. They also end with the process that has started them. */
export async function startHosts(count: number): Promise<() => Promise<void>> {
  const hosts = await Promise.all(Array.from({ length: count }, startHost));
  process.env[hostPorts] = hosts.map(({ port }) => port).join(',');
  return async () => {
    await Promise.all(
      hosts.map(async ({ child }) => {
        const gone = once(child, 'close');
        child.stdin?.end();
        await gone;
      }),
    );
  };
}
