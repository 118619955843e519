import { access, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import type { PGlite, Transaction } from '@electric-sql/pglite';
import type { Db, Sql } from './db.ts';
import { lockFolder } from './lock.ts';
import { emptyCluster } from './cluster.ts';

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

/**
 * The engine's quick compiler only. To optimize what Postgres does once at a start costs more than the start itself;
 * without it a query takes a fifth longer, and a start half as long.
 */
function compileQuickly(): void {
  setFlagsFromString('--no-wasm-tier-up');
  setFlagsFromString('--no-wasm-dynamic-tiering');
}

const byteaOid = 17;

/** Its own ways with bytes go through one string for each: seconds for a file of 10 MB. */
const bytesAsHex = {
  serializers: { [byteaOid]: (bytes: Uint8Array) => `\\x${Buffer.from(bytes).toString('hex')}` },
  parsers: { [byteaOid]: (text: string) => new Uint8Array(Buffer.from(text.slice(2), 'hex')) },
};

/** Postgres inside this process: in a folder that survives restarts, or in memory when no folder is named. */
export async function openPglite(folder?: string): Promise<Db> {
  compileQuickly();
  const { PGlite } = await import('@electric-sql/pglite');
  const fresh = async () => ({
    loadDataDir: await emptyCluster((options) => PGlite.create(options)),
  });
  if (folder === undefined) {
    const pg = await PGlite.create({ ...bytesAsHex, ...(await fresh()) });
    return { ...dbOver(pg), close: () => pg.close() };
  }

  const unlock = await lockFolder(folder);
  const dataDir = join(folder, 'pglite');
  // the mark is written last: a folder whose first start was cut short is made again
  const mark = join(folder, 'pglite.ready');
  const known = await exists(mark);
  if (!known) await rm(dataDir, { recursive: true, force: true });
  const pg = await PGlite.create({ ...bytesAsHex, dataDir, ...(known ? {} : await fresh()) });
  if (!known) await writeFile(mark, '');
  return {
    ...dbOver(pg),
    close: async () => {
      await pg.close();
      await unlock();
    },
  };
}

function sqlOver(pg: PGlite | Transaction): Sql {
  return {
    query: async <R>(text: string, params: readonly unknown[] = []) =>
      (await pg.query<R>(text, [...params])).rows,
    exec: async (script) => {
      await pg.exec(script);
    },
  };
}

function dbOver(pg: PGlite): Omit<Db, 'close'> {
  return {
    kind: 'pglite',
    ...sqlOver(pg),
    tx: (run) => pg.transaction((inner) => run(sqlOver(inner))),
    listen: async (channel, listener) => {
      // there is one session, and it is never lost
      const unlisten = await pg.listen(channel, () => {
        listener.heard();
      });
      await listener.opened(sqlOver(pg));
      return () => unlisten();
    },
  };
}
