import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { PGlite } from '@electric-sql/pglite';

/**
 * Making a fresh Postgres cluster costs about five seconds, unpacking a stored one less than one. So the first
 * start on a machine keeps its empty cluster beside the installed packages, under the version that made it.
 */
const cache = join(import.meta.dirname, '../../../node_modules/.cache/hudhud-emulator');

async function cacheFile(): Promise<string> {
  // the package exports no package.json: its main file stands two folders below it
  const main = createRequire(import.meta.url).resolve('@electric-sql/pglite');
  const manifest = await readFile(join(main, '../../package.json'), 'utf8');
  const { version } = JSON.parse(manifest) as { version: string };
  return join(cache, `pglite-${version}.tar`);
}

export async function emptyCluster(create: () => Promise<PGlite>): Promise<Blob> {
  const file = await cacheFile();
  const stored = await readFile(file).catch(() => undefined);
  if (stored !== undefined) return new Blob([stored]);

  const pg = await create();
  const dump = await pg.dumpDataDir('none');
  await pg.close();
  await keep(file, dump);
  return dump;
}

/** Write beside, then rename: a second emulator that starts now reads a whole file or none. */
async function keep(file: string, dump: Blob): Promise<void> {
  const beside = `${file}.${process.pid}`;
  try {
    await mkdir(cache, { recursive: true });
    await writeFile(beside, Buffer.from(await dump.arrayBuffer()));
    await rename(beside, file);
  } catch {
    // a read-only installation only loses the shortcut
  }
}
