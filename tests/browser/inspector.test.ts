import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { connectBrowser, describeInBrowser, openWindow } from '../support/browser';
import type { Window } from '../support/browser';
import type { Demo } from '../support/demo';
import { builtDemo, startDemo } from '../support/demo';

const golden = 'tests/replay/failed-send.ndjson';

describeInBrowser('the inspector', () => {
  let demo: Demo;
  let browser: Browser;
  beforeAll(async () => {
    // nobody is asked: the page reads a file
    demo = await startDemo(['--backend', 'http://127.0.0.1:9', '--dist', builtDemo]);
    browser = await connectBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await demo.stop();
  });

  const show = async (file: string, options: Parameters<typeof openWindow>[2] = {}) => {
    const window = await openWindow(browser, `${demo.url}/inspector.html`, options);
    await window.page.getByLabel('Open a log').setInputFiles(file);
    return window;
  };
  const position = (page: Page) => page.getByLabel('Position');
  const shot = async ({ page }: Window, name: string): Promise<void> => {
    await page.screenshot({ path: `reports/inspector-${name}.png`, fullPage: true });
  };

  it.each(['light', 'dark'] as const)('opens a golden log, %s', async (colorScheme) => {
    const window = await show(golden, { colorScheme });
    const { page } = window;
    await page.getByText('verified').waitFor();
    expect(await page.getByText(/^Gaps and errors \(\d+\)$/).count()).toBe(1);
    await position(page).focus();
    await page.keyboard.press('End');
    await page.getByRole('heading', { name: 'The end' }).waitFor();
    expect(
      await page.getByLabel('The chat as it looked').getByRole('listitem').count(),
    ).toBeGreaterThan(3);
    await shot(window, colorScheme);
    expect(window.problems).toEqual([]);
    await window.close();
  });

  it('goes step by step with the keyboard, and shows what each step changes', async () => {
    const window = await show(golden);
    const { page } = window;
    await page.getByText('verified').waitFor();
    const lines = readFileSync(golden, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { readonly i?: number; readonly a?: { type: string } });
    const types = lines.flatMap(({ a }) => (a === undefined ? [] : [a.type]));
    const wish = types.indexOf('outbox/sendRequested');
    const step = page.getByLabel('Step', { exact: true });
    for (let at = 0; at < 3; at++) {
      await step.getByRole('heading', { level: 2, name: types[at] ?? '', exact: true }).waitFor();
      await page.keyboard.press('ArrowRight');
    }
    await page.keyboard.press('Home');
    await step.getByRole('heading', { level: 2, name: types[0] ?? '', exact: true }).waitFor();
    await position(page).fill(String(wish));
    await step.getByRole('heading', { name: 'outbox/sendRequested' }).waitFor();
    await step.getByRole('heading', { name: 'Pending operations (0)' }).waitFor();
    expect(await step.getByRole('rowheader').allTextContents()).toEqual(
      expect.arrayContaining([expect.stringContaining('outbox')]),
    );
    await page.getByRole('button', { name: 'One on' }).press('Enter');
    await step.getByRole('heading', { name: 'Pending operations (1)' }).waitFor();
    await shot(window, 'step');
    expect(window.problems).toEqual([]);
    await window.close();
  });

  it('plays to the end', async () => {
    const window = await show('tests/replay/quiet-day.ndjson');
    const { page } = window;
    await page.getByLabel('Speed').selectOption('64');
    await page.getByRole('button', { name: 'Play' }).press('Enter');
    await page.getByRole('heading', { name: 'The end' }).waitFor();
    await page.getByRole('button', { name: 'Play' }).waitFor();
    await window.close();
  });

  it('says what is wrong with a file, and opens the next one', async () => {
    const window = await show('README.md');
    const { page } = window;
    const alert = page.getByRole('alert');
    await alert.waitFor();
    expect(await alert.textContent()).toContain('this is no log');
    await page.getByLabel('Open a log').setInputFiles(golden);
    await page.getByText('verified').waitFor();
    expect(await alert.count()).toBe(0);
    await window.close();
  });
});
