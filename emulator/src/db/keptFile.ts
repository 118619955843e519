import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Bytes whose memory is theirs alone, as `Blob` asks for. */
export type Bytes = Uint8Array<ArrayBuffer>;

const digestBytes = 32;
const digestOf = (bytes: Bytes): Buffer => createHash('sha256').update(bytes).digest();

/** What was kept there; undefined when there is nothing, or when it is not whole. */
export async function readKept(file: string): Promise<Bytes | undefined> {
  const stored = await readFile(file).catch(() => undefined);
  if (stored === undefined) return undefined;
  const bytes = new Uint8Array(stored.subarray(digestBytes));
  return digestOf(bytes).equals(stored.subarray(0, digestBytes)) ? bytes : undefined;
}

/** Written beside and then renamed: whoever reads at the same time gets a whole file or none. */
export async function keep(file: string, bytes: Bytes): Promise<void> {
  const beside = `${file}.${process.pid}`;
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(beside, Buffer.concat([digestOf(bytes), bytes]));
    await rename(beside, file);
  } catch {
    // a read-only or full disk only loses the shortcut
    await rm(beside, { force: true }).catch(() => undefined);
  }
}
