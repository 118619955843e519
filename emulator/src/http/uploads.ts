import multipart from '@fastify/multipart';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { ApiError, invalid } from '../errors.ts';

/** A file as it came in. Its name and type are what the sender says. */
export interface Upload {
  readonly name: string;
  readonly mimetype: string;
  readonly bytes: Buffer;
}

const mostBytes = 10 * 1024 * 1024;
const mostFiles = 10;

/** `throwFileSizeLimit` off: the rest of a body is read before it is refused, or its sender would not hear why. */
export async function installUploads(app: FastifyInstance): Promise<void> {
  await app.register(multipart, {
    throwFileSizeLimit: false,
    limits: { fileSize: mostBytes, files: mostFiles, fields: 20, fieldSize: 10_000 },
  });
}

/** The last part of a path, without what no file system takes. */
function nameOf(filename: string | undefined): string {
  const last = filename?.split(/[/\\]/).at(-1) ?? '';
  const name = Array.from(last.replace(/\p{Cc}/gu, '').trim());
  return name.slice(0, 200).join('') || 'file';
}

function mimetypeOf(value: string): string {
  return /^[\w.+-]+\/[\w.+-]+$/.test(value) ? value.toLowerCase() : 'application/octet-stream';
}

/** The files of the named field, in their order. */
export async function readUploads(request: FastifyRequest, field: string): Promise<Upload[]> {
  if (!request.isMultipart()) throw invalid('The body must be multipart/form-data');
  const uploads: Upload[] = [];
  let isTooLarge = false;
  for await (const part of request.files()) {
    const bytes = await part.toBuffer();
    isTooLarge ||= part.file.truncated;
    // forms call a list of files by either name
    if (part.fieldname !== field && part.fieldname !== `${field}[]`) continue;
    uploads.push({ name: nameOf(part.filename), mimetype: mimetypeOf(part.mimetype), bytes });
  }
  if (isTooLarge) throw new ApiError(413, 'PAYLOAD_TOO_LARGE', 'A file is larger than 10 MB');
  if (uploads.length === 0) throw invalid(`${field} is required`);
  return uploads;
}
