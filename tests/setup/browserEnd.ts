import type { BrowserServer } from 'playwright-core';

/** After the last test in a browser. */
export default async function end(): Promise<void> {
  const { hudhudBrowser } = globalThis as { readonly hudhudBrowser?: BrowserServer | null };
  await hudhudBrowser?.close();
}
