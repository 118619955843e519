import { startEmulator } from './emulator';
import type { HostedEmulator } from './hostedEmulator';
import { startHostedEmulator } from './hostedEmulator';
import { makeDatabase } from './postgres';

/** Suites run on the built-in Postgres, and on a real one too when DATABASE_URL names a server. */
export type Backend = 'pglite' | 'postgres';

const server = process.env['DATABASE_URL'] ?? '';

export const backends: readonly Backend[] = server === '' ? ['pglite'] : ['pglite', 'postgres'];

/** An emulator on the named backend. On a real server it gets a database of its own, dropped at the end. */
export async function startOn(
  backend: Backend,
  args: readonly string[] = [],
): Promise<HostedEmulator> {
  if (backend === 'pglite') return startHostedEmulator(args);
  const database = await makeDatabase(server);
  const emulator = await startEmulator(args, database.url);
  return {
    ...emulator,
    stop: async () => {
      const code = await emulator.stop();
      await database.drop();
      return code;
    },
  };
}
