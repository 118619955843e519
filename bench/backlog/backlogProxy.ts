import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ServerResponse } from 'node:http';
import { once } from 'node:events';

/** A way to a backend on which more can be said on the streams that pass than the backend says. */
export interface BacklogProxy {
  readonly url: string;
  /** Says it on every open stream, as fast as that takes it. */
  say(text: string): void;
  close(): void;
}

export async function startBacklogProxy(backend: string): Promise<BacklogProxy> {
  const streams = new Set<ServerResponse>();
  const server = createServer((asked, answer) => {
    const { method, headers, url = '/' } = asked;
    const passed = request(new URL(url, backend), { method, headers }, (told) => {
      answer.writeHead(told.statusCode ?? 502, told.headers);
      told.pipe(answer);
      if (!url.startsWith('/api/realtime/stream')) return;
      streams.add(answer);
      answer.on('close', () => streams.delete(answer));
    });
    passed.on('error', () => answer.destroy());
    answer.on('close', () => passed.destroy());
    asked.pipe(passed);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    say: (text) => {
      for (const stream of streams) stream.write(text);
    },
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
