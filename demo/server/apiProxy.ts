import type { Connect, Plugin } from 'vite';
import { forward } from './forward.ts';

/**
 * Serves the backend under `/api` of the page's own address, so that its cookie is the page's own. Vite's proxy option
 * could, but it leaves a page's stream open when the backend is killed, and prints a stack for every failed try.
 */
export function apiProxy(backend: URL): Plugin {
  const handle: Connect.NextHandleFunction = (incoming, response, next) => {
    if (incoming.url?.startsWith('/api/') === true) forward(backend, incoming, response);
    else next();
  };
  return {
    name: 'hudhud-api-proxy',
    configureServer(server) {
      server.middlewares.use(handle);
    },
    configurePreviewServer(server) {
      server.middlewares.use(handle);
    },
  };
}
