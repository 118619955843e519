import type { OutgoingHttpHeaders } from 'node:http';
import type { FastifyReply } from 'fastify';
import { onGone } from '../http/gone.ts';
import type { Outlet } from '../faults/network.ts';

/** One answer in JSON, as a connection that takes one chunk. */
export interface AnswerOutlet extends Outlet {
  /** Resolves when the answer is out, or its reader is gone. */
  readonly over: Promise<void>;
}

export function answerOutlet(reply: FastifyReply): AnswerOutlet {
  const { raw } = reply;
  let size = 0;
  let written = 0;
  void reply.type('application/json; charset=utf-8').header('cache-control', 'no-store');

  /** By hand, as it is not sure that all of it will be written. */
  function begin(): void {
    reply.hijack();
    const headers = reply.getHeaders() as OutgoingHttpHeaders;
    raw.writeHead(200, { ...headers, 'content-length': size });
  }

  return {
    pass: (chunk) => void reply.send(chunk),
    bytesOf: (chunk) => {
      const bytes = Buffer.from(chunk);
      size = bytes.length;
      return bytes;
    },
    write: (bytes) => {
      if (raw.destroyed) return;
      if (written === 0) begin();
      raw.write(bytes);
      written += bytes.length;
      if (written === size) raw.end();
    },
    reset: () => reply.hijack().raw.socket?.resetAndDestroy(),
    cut: (clean) => {
      if (clean) raw.end();
      else raw.write('', () => raw.destroy());
    },
    over: new Promise((resolve) => {
      onGone(reply, resolve);
    }),
  };
}
