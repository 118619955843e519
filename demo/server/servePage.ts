import { resolve } from 'node:path';
import type { InlineConfig } from 'vite';
import { createServer, preview } from 'vite';
import { apiProxy } from './apiProxy.ts';
import { buildPages, viteConfig } from './buildPages.ts';

/** The page's server. */
export interface PageServer {
  readonly url: string;
  close(): Promise<void>;
}

interface PageOptions {
  readonly port: number;
  readonly isBuilt: boolean;
  readonly distFolder: string | undefined;
  readonly backend: URL;
}

const host = '127.0.0.1';

function addressOf(urls: { readonly local: readonly string[] } | null): string {
  const [url] = urls?.local ?? [];
  if (url === undefined) throw new Error('The page has no address.');
  return url.replace(/\/$/, '');
}

async function serveSources(config: InlineConfig, port: number): Promise<PageServer> {
  const server = await createServer({ ...config, server: { host, port } });
  await server.listen();
  return { url: addressOf(server.resolvedUrls), close: () => server.close() };
}

async function serveFolder(
  config: InlineConfig,
  outDir: string,
  port: number,
): Promise<PageServer> {
  const server = await preview({ ...config, build: { outDir }, preview: { host, port } });
  return { url: addressOf(server.resolvedUrls), close: () => server.close() };
}

async function serveBuild(config: InlineConfig, port: number): Promise<PageServer> {
  const built = await buildPages();
  try {
    const server = await serveFolder(config, built.folder, port);
    return {
      url: server.url,
      async close() {
        await server.close();
        await built.remove();
      },
    };
  } catch (error) {
    await built.remove();
    throw error;
  }
}

/** Serves the page, from the first free port upwards, and the backend below it. */
export function servePage(options: PageOptions): Promise<PageServer> {
  const { port, isBuilt, distFolder, backend } = options;
  const config: InlineConfig = { ...viteConfig, plugins: [apiProxy(backend)] };
  if (distFolder !== undefined) return serveFolder(config, resolve(distFolder), port);
  return isBuilt ? serveBuild(config, port) : serveSources(config, port);
}
