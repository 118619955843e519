/** What a file holds, unpacked as far as that goes. */
export interface Unpacked {
  readonly bytes: Uint8Array;
  /** A packed file that is damaged: there was more. */
  readonly isCut: boolean;
}

/** Unpacks a file, if it is packed. Rejects if nothing comes out of it. */
export async function unpack(blob: Blob): Promise<Unpacked> {
  const bytes = new Uint8Array(await blob.arrayBuffer());
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return { bytes, isCut: false };
  const reader = blob.stream().pipeThrough(new DecompressionStream('gzip')).getReader();
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let isCut = false;
  try {
    for (let read = await reader.read(); !read.done; read = await reader.read()) {
      chunks.push(read.value);
    }
  } catch {
    isCut = true;
  }
  if (chunks.length === 0) throw new Error('The packed file is damaged: nothing can be unpacked.');
  return { bytes: new Uint8Array(await new Blob(chunks).arrayBuffer()), isCut };
}
