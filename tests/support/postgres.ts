import { execFile, execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { chmod, chown, mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { freePort, startCompanion } from './companion';
import type { Need } from './needs';

interface Driver {
  readonly Client: new (options: { readonly connectionString: string }) => {
    connect(): Promise<void>;
    query(statement: string): Promise<{ readonly rows: unknown[] }>;
    end(): Promise<void>;
  };
}

// the driver belongs to the emulator's workspace
const { Client } = createRequire(resolve('emulator/package.json'))('pg') as Driver;

/** A server that was named, or else the programs to start one: Debian's folder of the newest version. */
const named = process.env['DATABASE_URL'] ?? '';
const debian = '/usr/lib/postgresql';

function findPrograms(): string | undefined {
  if (!existsSync(debian)) return undefined;
  const versions = readdirSync(debian).sort((one, other) => Number(other) - Number(one));
  const folders = versions.map((version) => join(debian, version, 'bin'));
  // the client's programs alone have a folder there too
  return folders.find((folder) => existsSync(join(folder, 'initdb')));
}

const programs = findPrograms();

export const postgres: Need = {
  name: 'Postgres',
  isThere: named !== '' || programs !== undefined,
  hint: `There is no server in ${debian}. Install postgresql, or set DATABASE_URL to a server where databases may be created.`,
};

/** A statement to the server or database at an address; answers its rows. */
export async function ask(url: string, statement: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(statement)).rows;
  } finally {
    await client.end();
  }
}

export interface PostgresServer {
  readonly url: string;
  stop(): Promise<void>;
}

/** Postgres refuses to be root. */
function userToBe(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const id = (of: string) => Number(execFileSync('id', [of, 'postgres']).toString());
  return { uid: id('-u'), gid: id('-g') };
}

/** The server that was named, or a new one on the loopback address, which nothing of the machine's own is part of. */
export async function startPostgres(): Promise<PostgresServer> {
  if (named !== '') return { url: named, stop: () => Promise.resolve() };
  if (programs === undefined) throw new Error(postgres.hint);
  const folder = await mkdtemp(join(tmpdir(), 'hudhud-postgres-'));
  const user = userToBe();
  if (user !== undefined) await chown(folder, user.uid, user.gid);
  await chmod(folder, 0o700);
  const data = join(folder, 'data');
  await promisify(execFile)(
    join(programs, 'initdb'),
    ['-D', data, '-A', 'trust', '-U', 'hudhud', '-E', 'UTF8', '--locale=C.UTF-8', '--no-sync'],
    { ...user, cwd: folder },
  );
  const port = await freePort();
  const settings = ['fsync=off', 'full_page_writes=off', 'unix_socket_directories='];
  const server = await startCompanion({
    command: [
      join(programs, 'postgres'),
      ...['-D', data, '-h', '127.0.0.1', '-p', String(port)],
      ...settings.flatMap((setting) => ['-c', setting]),
    ],
    ready: /ready to accept connections/,
    signal: 'INT',
    user,
  });
  return {
    url: `postgres://hudhud@127.0.0.1:${port}/postgres`,
    stop: async () => {
      await server.stop();
      await rm(folder, { recursive: true });
    },
  };
}

export interface Database {
  readonly url: string;
  drop(): Promise<void>;
}

/** An empty database of its own. */
export async function makeDatabase(server: string): Promise<Database> {
  const name = `hudhud_test_${randomUUID().replaceAll('-', '')}`;
  await ask(server, `create database ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return {
    url: url.href,
    drop: async () => {
      await ask(server, `drop database ${name} with (force)`);
    },
  };
}
