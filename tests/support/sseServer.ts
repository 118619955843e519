import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

interface SeenRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  /** Whether the client is gone. */
  readonly isClosed: () => boolean;
}

/** Answers request number `n` (from 0); may take its time. */
export type SseScript = (
  response: ServerResponse,
  n: number,
  request: IncomingMessage,
) => Promise<void> | void;

export interface SseServer {
  readonly url: string;
  readonly requests: readonly SeenRequest[];
  /** Sockets that carried a request and are open. */
  openSockets(): number;
  /** Those that carried none too: Node's fetch opens a spare one after an abort, and drops it after 3 s. */
  allSockets(): number;
  close(): Promise<void>;
}

/** A real server that does what a script says; at a port of its own unless one is given. */
export async function startSseServer(script: SseScript, at = 0): Promise<SseServer> {
  const requests: SeenRequest[] = [];
  const sockets = new Set<Socket>();
  const used = new Set<Socket>();
  const server = createServer((request, response) => {
    const n = requests.length;
    used.add(request.socket);
    requests.push({
      method: request.method ?? '',
      url: request.url ?? '',
      headers: request.headers,
      isClosed: () => response.destroyed || request.socket.destroyed,
    });
    void script(response, n, request);
  });
  server.on('connection', (socket) => {
    socket.setNoDelay(true);
    sockets.add(socket);
    socket.on('close', () => {
      sockets.delete(socket);
      used.delete(socket);
    });
  });
  await new Promise<void>((resolve) => server.listen(at, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    openSockets: () => used.size,
    allSockets: () => sockets.size,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

/** Sends the head of a stream. */
export function openSse(response: ServerResponse, contentType = 'text/event-stream'): void {
  response.writeHead(200, { 'Content-Type': contentType, 'Cache-Control': 'no-store' });
  response.flushHeaders();
}

/** Answers without a stream, and closes the socket. */
export function refuse(
  response: ServerResponse,
  status: number,
  headers: Record<string, string> = {},
  body = '',
): void {
  response.writeHead(status, { Connection: 'close', ...headers });
  response.end(status === 204 ? undefined : body);
}

/** Writes a chunk and waits until it was given to the network. */
export function write(response: ServerResponse, chunk: string | Uint8Array): Promise<boolean> {
  return new Promise((resolve) => {
    if (response.destroyed) {
      resolve(false);
      return;
    }
    response.write(chunk, (error) => {
      setImmediate(resolve, !error);
    });
  });
}

/** Writes each byte on its own. */
export async function writeByteByByte(response: ServerResponse, text: string): Promise<void> {
  for (const byte of new TextEncoder().encode(text)) await write(response, Uint8Array.of(byte));
}

/** Writes the bytes in two pieces, the second one after this place; each is a chunk of its own on the wire. */
export async function writeSplitAt(
  response: ServerResponse,
  bytes: Uint8Array,
  place: number,
): Promise<void> {
  for (const part of [bytes.slice(0, place), bytes.slice(place)]) {
    if (part.length > 0) await write(response, part);
  }
}

/** Sends on to another address. */
export function redirect(response: ServerResponse, status: number, location: string): void {
  response.writeHead(status, { Location: location });
  response.end();
}

/** Waits until something is so; fails after some seconds. */
export async function until(isSo: () => boolean, what: string): Promise<void> {
  const deadline = Date.now() + 8_000;
  while (!isSo()) {
    if (Date.now() > deadline) throw new Error(`Waited too long until ${what}.`);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}
