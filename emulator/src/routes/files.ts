import type { FastifyInstance } from 'fastify';
import type { Context } from '../context.ts';
import { signedInRoutes } from '../http/caller.ts';
import { fieldsOf, uuid } from '../http/input.ts';
import { readUploads } from '../http/uploads.ts';
import { fileById, saveFile } from '../services/files.ts';

/** What a browser shows and cannot run. */
const shown = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp']);

/** A file is what somebody sent: it must not act in the name of this server. */
function safeHeaders(mimetype: string, name: string) {
  const disposition = shown.has(mimetype) ? 'inline' : 'attachment';
  // RFC 8187: what encodeURIComponent leaves and the header does not take
  const encoded = encodeURIComponent(name).replace(/['()*]/g, (char) => {
    return `%${char.charCodeAt(0).toString(16).toUpperCase()}`;
  });
  return {
    'content-type': mimetype,
    'content-disposition': `${disposition}; filename*=UTF-8''${encoded}`,
    'content-security-policy': "default-src 'none'; sandbox",
    'x-content-type-options': 'nosniff',
    'cross-origin-resource-policy': 'cross-origin',
    'cache-control': 'private, max-age=31536000, immutable',
  };
}

export function fileRoutes(app: FastifyInstance, context: Context): void {
  const route = signedInRoutes(app, context);

  route('POST', '/upload', async ({ caller, request, reply }) => {
    const [upload] = await readUploads(request, 'file');
    const file = upload && (await saveFile(context, caller, upload));
    return reply.code(201).send({ success: true, file });
  });

  route('POST', '/upload/multiple', async ({ caller, request, reply }) => {
    const files = [];
    for (const upload of await readUploads(request, 'files')) {
      files.push(await saveFile(context, caller, upload));
    }
    return reply.code(201).send({ success: true, files });
  });

  // no token: an <img> sends none, and nobody guesses the id
  app.get('/files/:id/:name', async (request, reply) => {
    const { bytes, mimetype, name } = await fileById(context, uuid(fieldsOf(request.params), 'id'));
    const body = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    return reply.headers(safeHeaders(mimetype, name)).send(body);
  });
}
