import { decodeFile } from './decodeFile';
import { fieldOf, maybeListOf, openEnvelope, rowOf } from './envelope';
import type { FileRef } from './models';
import { isRaw } from './raw';

/**
 * Decodes the answer to an upload: `file` (wire contract 1.6), or the first of `files`, which is how the endpoint for
 * several answers.
 *
 * @public
 */
export function decodeUpload(body: unknown): FileRef {
  const envelope = openEnvelope(body);
  if (isRaw(fieldOf(envelope, 'file'))) return rowOf(envelope, 'file', decodeFile);
  const [first] = maybeListOf(envelope, 'files') ?? [];
  const files = isRaw(first) ? { outer: envelope.outer, inner: first } : envelope;
  return rowOf(files, 'file', decodeFile);
}
