import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import type { Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { fileTypes } from '../../demo/server/fileTypes';
import { forward } from '../../demo/server/forward';

/** A server of pages, in the process of the tests that visit them. */
export interface Pages {
  readonly url: string;
  stop(): Promise<void>;
}

const host = '127.0.0.1';

/** A file of the build, or its first page where there is none: the page knows its own addresses. */
async function serveFile(folder: string, path: string, response: ServerResponse): Promise<void> {
  const isAsset = path.startsWith('/assets/');
  const name = extname(path) === '' ? '/index.html' : path;
  let body: Buffer;
  try {
    body = await readFile(join(folder, name));
  } catch {
    response.writeHead(404).end();
    return;
  }
  response.writeHead(200, {
    'content-type': fileTypes[extname(name)] ?? 'application/octet-stream',
    // an asset's name changes with what is in it
    'cache-control': isAsset ? 'max-age=31536000, immutable' : 'no-cache',
  });
  response.end(body);
}

async function listening(server: Server): Promise<Pages> {
  server.listen(0, host);
  await once(server, 'listening');
  return {
    url: `http://${host}:${(server.address() as AddressInfo).port}`,
    async stop() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

/**
 * Serves a build as it is, and the backend below `/api` by what the demo passes it on with. The demo's own server takes
 * as long to start as many a test takes; what it does itself is for the tests that are about it.
 */
export function servePages(folder: string, backend: string): Promise<Pages> {
  return listening(
    createServer((request, response) => {
      const { pathname } = new URL(request.url ?? '/', `http://${host}`);
      if (pathname.startsWith('/api/')) forward(new URL(backend), request, response);
      else void serveFile(folder, decodeURIComponent(pathname), response);
    }),
  );
}
