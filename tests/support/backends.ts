import { randomUUID } from 'node:crypto';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import type { Emulator } from './emulator';
import { startEmulator } from './emulator';

/** Suites run on the built-in Postgres, and on a real one too when DATABASE_URL names a server. */
export type Backend = 'pglite' | 'postgres';

const server = process.env['DATABASE_URL'] ?? '';

export const backends: readonly Backend[] = server === '' ? ['pglite'] : ['pglite', 'postgres'];

interface Driver {
  readonly Client: new (options: { readonly connectionString: string }) => {
    connect(): Promise<void>;
    query(statement: string): Promise<unknown>;
    end(): Promise<void>;
  };
}

// the driver belongs to the emulator's workspace
const { Client } = createRequire(resolve('emulator/package.json'))('pg') as Driver;

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
