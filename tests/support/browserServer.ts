import { existsSync } from 'node:fs';
import type { BrowserServer } from 'playwright-core';
import { chromium } from 'playwright-core';

export const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';

/** Where the workers of a run find its browser. */
export const endpointVariable = 'HUDHUD_TEST_BROWSER';

/** Chromium with an empty profile, which calls nobody; `null` where there is none. */
export async function serveBrowser(): Promise<BrowserServer | null> {
  if (!existsSync(executablePath)) return null;
  const server = await chromium.launchServer({
    executablePath,
    headless: true,
    host: '127.0.0.1',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--no-first-run',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
  process.env[endpointVariable] = server.wsEndpoint();
  return server;
}
