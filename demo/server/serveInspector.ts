import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename, extname, join, relative, sep } from 'node:path';
import { pipeline } from 'node:stream';
import { fileTypes } from './fileTypes.ts';
import type { PageServer } from './servePage.ts';

const host = '127.0.0.1';
const page = '/inspector.html';

/** A page that has a log of somebody in it talks to nobody, and is in nobody's frame. */
const headers: OutgoingHttpHeaders = {
  'content-security-policy':
    "default-src 'self'; img-src 'self' data:; frame-ancestors 'none'; form-action 'none'; base-uri 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
};

/** Addresses, and the file that each one stands for. There is no other way to a file than to be listed here. */
type Listed = ReadonlyMap<string, string>;

async function pageFiles(folder: string): Promise<[address: string, file: string][]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && Object.hasOwn(fileTypes, extname(entry.name)))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((file): [string, string] => [`/${relative(folder, file).replaceAll(sep, '/')}`, file])
    .filter(([address]) => address === page || extname(address) !== '.html');
}

function refuse(response: ServerResponse, status: number, sentence: string): void {
  response.writeHead(status, { ...headers, 'content-type': 'text/plain' });
  response.end(`${sentence}\n`);
}

function answer(listed: Listed, request: IncomingMessage, response: ServerResponse): void {
  const port = request.socket.localPort ?? 0;
  // a foreign name that was made to point here is another origin's page
  if (![`${host}:${port}`, `localhost:${port}`].includes(request.headers.host ?? '')) {
    refuse(response, 403, 'This server answers to its own address only.');
    return;
  }
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    refuse(response, 405, 'There is nothing to change here.');
    return;
  }
  const file = listed.get(request.url?.split('?', 1)[0] ?? '');
  if (file === undefined) {
    refuse(response, 404, 'There is no such page.');
    return;
  }
  const source = createReadStream(file);
  source.once('error', () => {
    if (!response.headersSent) refuse(response, 404, 'The file cannot be read any more.');
  });
  source.once('open', () => {
    const type = fileTypes[extname(file)] ?? 'application/octet-stream';
    response.writeHead(200, { ...headers, 'content-type': type });
    if (request.method === 'HEAD') {
      source.destroy();
      response.end();
    } else pipeline(source, response, () => undefined);
  });
}

/**
 * Serves the inspector from a folder with a build of it, and some logs with it, to this machine only. The logs are below
 * an address that cannot be guessed: others who work on this machine do not see them.
 */
export async function serveInspector(folder: string, logs: readonly string[]): Promise<PageServer> {
  const key = randomUUID();
  const listed: Listed = new Map([
    ...(await pageFiles(folder)),
    ...logs.map((file, i): [string, string] => [`/logs/${key}/${i}`, file]),
  ]);
  if (!listed.has(page)) throw new Error(`${folder} has no inspector.html: it is no build of it.`);
  const server = createServer((request, response) => {
    answer(listed, request, response);
  });
  server.listen(0, host);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  // behind the #, so that the key is in no request for the page and in no log of it
  const said = new URLSearchParams([
    ['logs', key],
    ...logs.map((file) => ['name', basename(file)]),
  ]);
  return {
    url: `http://${host}:${port}${page}#${said}`,
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
