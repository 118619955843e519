import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/**
 * Keeps a second emulator out of a data folder: two PGlite processes in one folder destroy it. A process that
 * was killed leaves its file behind, so the file counts only while its process lives.
 */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  await mkdir(folder, { recursive: true });
  const file = join(folder, 'emulator.pid');
  const claim = () => writeFile(file, String(process.pid), { flag: 'wx' });
  try {
    await claim();
  } catch {
    const owner = Number(await readFile(file, 'utf8').catch(() => ''));
    if (owner > 0 && owner !== process.pid && alive(owner)) {
      throw new Error(
        `The data folder ${folder} is in use by process ${owner}. Stop it, or choose another --data folder.`,
      );
    }
    await rm(file, { force: true });
    await claim();
  }
  return () => rm(file, { force: true });
}
