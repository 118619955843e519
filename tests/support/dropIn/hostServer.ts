import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { forward } from '../../../demo/server/forward';

/** The guide's app in one file, which a run of the tests makes once. */
export const builtHostApp = 'reports/dropIn/app.js';

const page = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <title>A host</title>
    <link rel="icon" href="data:," />
  </head>
  <body>
    <div id="root"></div>
    <script type="module" src="/app.js"></script>
  </body>
</html>
`;

export interface HostServer {
  readonly url: string;
  /**
   * Breaks the streams off. Other requests go on: Chromium repeats those of a connection that is reset, and what was
   * carried out already would be there twice.
   */
  cutStreams(): void;
  close(): Promise<void>;
}

/** Serves the guide's app, with the backend under `/api` of its own address. */
export async function serveHostApp(backend: string): Promise<HostServer> {
  const script = await readFile(builtHostApp);
  const streams = new Set<ServerResponse>();
  const server = createServer((request, response) => {
    if (request.headers.accept === 'text/event-stream') {
      streams.add(response);
      response.on('close', () => streams.delete(response));
    }
    if (request.url?.startsWith('/api/') === true) {
      forward(new URL(backend), request, response);
      return;
    }
    const isScript = request.url === '/app.js';
    response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html');
    response.end(isScript ? script : page);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    cutStreams() {
      for (const stream of streams) stream.destroy();
    },
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
