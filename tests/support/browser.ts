import { existsSync } from 'node:fs';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { chromium } from 'playwright-core';
import { endpointVariable, executablePath } from './browserServer';
import type { Need } from './needs';
import { describeWith } from './needs';

const chromiumNeed: Need = {
  name: 'a browser',
  isThere: existsSync(executablePath),
  hint: `There is no browser at ${executablePath}. Install chromium, or set CHROMIUM to where it is.`,
  requiredBy: 'HUDHUD_REQUIRE_BROWSER',
};

/** A suite that needs a real browser. */
export function describeInBrowser(name: string, suite: () => void): void {
  describeWith([chromiumNeed], name, suite);
}

/** The run's browser; to close it is to close this file's windows. */
export function connectBrowser(): Promise<Browser> {
  return chromium.connect(process.env[endpointVariable] ?? '');
}

/** Redux Toolkit's development checks warn by the clock: that says how busy the machine is, not what the page does. */
const saysOnlyTheTime = /InvariantMiddleware took \d+ms/;

export interface Window {
  readonly page: Page;
  /** Errors and warnings of the console (but those that are about the time alone), and what was thrown and not caught. */
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
    if (message.type() !== 'error' && message.type() !== 'warning') return;
    if (!saysOnlyTheTime.test(message.text())) problems.push(message.text());
  });
  page.on('pageerror', (error) => {
    problems.push(String(error));
  });
  await page.goto(address);
  return { page, problems, close: () => context.close() };
}
