import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import type { Emulator } from './emulator';
import { startEmulator } from './emulator';

/** Suites run on the built-in Postgres, and on a real one too when DATABASE_URL names a server. */
export type Backend = 'pglite' | 'postgres';

const server = process.env['DATABASE_URL'] ?? '';

export const backends: readonly Backend[] = server === '' ? ['pglite'] : ['pglite', 'postgres'];

async function onServer(statement: string): Promise<void> {
  const client = new Client({ connectionString: server });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

/** An emulator on the named backend. On a real server it gets a database of its own, dropped at the end. */
export async function startOn(backend: Backend, args: readonly string[] = []): Promise<Emulator> {
  if (backend === 'pglite') return startEmulator(args);
  const name = `hudhud_test_${randomUUID().replaceAll('-', '')}`;
  await onServer(`create database ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  const emulator = await startEmulator(args, url.href);
  return {
    ...emulator,
    stop: async () => {
      const code = await emulator.stop();
      await onServer(`drop database ${name} with (force)`);
      return code;
    },
  };
}
