import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';
import type { FastifyReply } from 'fastify';
import { isGone, onGone } from '../http/gone.ts';
import type { Encoding } from './encoding.ts';
import type { Connection, ReaderOptions, Readers } from './readers.ts';
import { mostBufferedBytes } from './readers.ts';

/** A response that never ends, as a connection. */
function connectionOver(raw: ServerResponse, encode: Encoding['sse']): Connection {
  function push(chunk: string | Uint8Array): void {
    if (raw.writableEnded || raw.destroyed) return;
    raw.write(chunk);
    if (raw.writableLength > mostBufferedBytes) raw.destroy();
  }
  return {
    encode,
    join: (chunks) => [chunks.join('')],
    pass: push,
    bytesOf: (chunk) => Buffer.from(chunk),
    write: push,
    reset: () => raw.socket?.resetAndDestroy(),
    cut: (clean) => {
      if (clean) raw.end();
      // an empty write is called back when all before it has gone out
      else raw.write('', () => raw.destroy());
    },
    end: () => raw.end(),
  };
}

/** Answers with a stream of server-sent events. */
export function openStream(
  readers: Readers,
  encoding: Encoding,
  reply: FastifyReply,
  options: ReaderOptions,
): void {
  const { raw } = reply.hijack();
  // gone while the greeting was looked up
  if (isGone(reply)) return;
  raw.writeHead(200, {
    ...(reply.getHeaders() as OutgoingHttpHeaders),
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-cache, no-transform',
    connection: 'keep-alive',
    'x-accel-buffering': 'no',
  });
  // a stream that stalls at once is open all the same
  raw.flushHeaders();
  onGone(
    reply,
    readers.open(
      connectionOver(raw, (frame, id) => encoding.sse(frame, id)),
      options,
    ),
  );
}
