import { existsSync } from 'node:fs';
import { describe, test } from '@jest/globals';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { chromium } from 'playwright-core';
import { endpointVariable, executablePath } from './browserServer';

const isRequired = process.env['CI'] === 'true' || process.env['HUDHUD_REQUIRE_BROWSER'] === '1';

/**
 * A suite that needs a real browser. Where there is none, it fails if one is required (CI=true or
 * HUDHUD_REQUIRE_BROWSER=1); else it is skipped, and says so loudly.
 */
export function describeInBrowser(name: string, suite: () => void): void {
  if (existsSync(executablePath)) {
    describe(name, suite);
    return;
  }
  const sentence = `There is no browser at ${executablePath}. Install chromium, or set CHROMIUM to where it is.`;
  if (isRequired) {
    test(`${name}: needs a browser`, () => {
      throw new Error(sentence);
    });
    return;
  }
  // not by console: this has to be seen under --silent too
  process.stderr.write(`\n!! NOT TESTED IN A BROWSER: ${name}\n!! ${sentence}\n\n`);
  describe.skip(`${name} (SKIPPED: no browser at ${executablePath})`, suite);
}

/** The run's browser; to close it is to close this file's windows. */
export function connectBrowser(): Promise<Browser> {
  return chromium.connect(process.env[endpointVariable] ?? '');
}

export interface Window {
  readonly page: Page;
  /** Errors and warnings of the console, and what was thrown and not caught. */
  readonly problems: readonly string[];
  readonly close: () => Promise<void>;
}

/** A window of somebody's own: no cookie and no storage is shared with the others. */
export async function openWindow(
  browser: Browser,
  address: string,
  options: BrowserContextOptions = {},
): Promise<Window> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    locale: 'en-GB',
    colorScheme: 'light',
    ...options,
  });
  context.setDefaultTimeout(20_000);
  const page = await context.newPage();
  const problems: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') problems.push(message.text());
  });
  page.on('pageerror', (error) => {
    problems.push(String(error));
  });
  await page.goto(address);
  return { page, problems, close: () => context.close() };
}
