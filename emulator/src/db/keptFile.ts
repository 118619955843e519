import { createHash } from 'node:crypto';
import { mkdir, open, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Bytes whose memory is theirs alone, as `Blob` asks for. */
export type Bytes = Uint8Array<ArrayBuffer>;

const digestBytes = 32;
const digestOf = (bytes: Bytes): Buffer => createHash('sha256').update(bytes).digest();

/** What was kept there; undefined when there is nothing, or when it is not whole. */
export async function readKept(file: string): Promise<Bytes | undefined> {
  const handle = await open(file).catch(() => undefined);
  if (handle === undefined) return undefined;
  try {
    const { size } = await handle.stat();
    const digest = new Uint8Array(digestBytes);
    // read to where they stay: to copy some ten megabytes takes longer than to read them
    const bytes = new Uint8Array(Math.max(0, size - digestBytes));
    await handle.read(digest, 0, digestBytes, 0);
    await handle.read(bytes, 0, bytes.length, digestBytes);
    return digestOf(bytes).equals(digest) ? bytes : undefined;
  } finally {
    await handle.close();
  }
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
