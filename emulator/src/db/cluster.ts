import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { PGlite, PGliteOptions } from '@electric-sql/pglite';
import type { Bytes } from './keptFile.ts';
import { keep, readKept } from './keptFile.ts';
import { tables } from './schema.ts';

type Create = (options: PGliteOptions) => Promise<PGlite>;

/** A log in small pieces, and none of them kept for later: two are 2 MB of the cluster. */
const creation = {
  initDbStartParams: ['--wal-segsize=1', '-c', 'wal_recycle=off'],
} satisfies PGliteOptions;

/**
 * Gives a new cluster our tables, and cuts it down to what one database needs. The spare ones that a server copies
 * for `create database` are half of its bytes, and clearing Postgres' own 128 MB of buffers is a quarter of a start.
 */
const statements = [
  tables,
  'update pg_database set datistemplate = false',
  'drop database template0',
  'drop database template1',
  `alter system set shared_buffers = '16MB'`,
  'checkpoint',
];

/** Changes with what makes a cluster: what an older emulator kept is not taken then. */
const recipe = createHash('sha256')
  .update(JSON.stringify([creation, statements]))
  .digest('hex')
  .slice(0, 8);

async function makeCluster(create: Create): Promise<Bytes> {
  const pg = await create(creation);
  // one by one: together they would be a transaction, in which no database can be dropped
  for (const statement of statements) await pg.exec(statement);
  const dump = await pg.dumpDataDir('none');
  await pg.close();
  return new Uint8Array(await dump.arrayBuffer());
}

/** Beside the installed packages, under the version that made it. */
async function clusterFile(): Promise<string> {
  // the package exports no package.json: its main file stands two folders below it
  const main = createRequire(import.meta.url).resolve('@electric-sql/pglite');
  const manifest = await readFile(join(main, '../../package.json'), 'utf8');
  const { version } = JSON.parse(manifest) as { version: string };
  return join(main, '../../../../.cache/hudhud-emulator', `pglite-${version}-${recipe}.tar`);
}

/** Hands out its bytes themselves: a plain Blob would copy them twice. */
class Whole extends Blob {
  readonly #bytes: Bytes;

  constructor(bytes: Bytes) {
    super();
    this.#bytes = bytes;
  }

  override arrayBuffer(): Promise<ArrayBuffer> {
    return Promise.resolve(this.#bytes.buffer);
  }
}

/**
 * A Postgres cluster with our tables and nothing in them, to open. Making one costs about six seconds, unpacking a stored one less than one: so
 * the first start on a machine keeps what it made.
 */
export async function emptyCluster(create: Create): Promise<Blob> {
  const file = await clusterFile();
  let cluster = await readKept(file);
  if (cluster === undefined) {
    cluster = await makeCluster(create);
    await keep(file, cluster);
  }
  return new Whole(cluster);
}
