import { expect, it } from '@jest/globals';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { createPlayer } from '../../src/replay/player';
import { readLog } from '../../src/replay/readLog';
import { inEachAppearance } from '../support/appearances';
import { describeInBrowser } from '../support/browser';
import { useBuiltDemo } from '../support/builtDemo';
import { confirmed, messageWith, say, signInOn } from '../support/chatPage';
import { lowContrast } from '../support/contrast';

const secret = 'the heron lands at noon';

interface Copied {
  readonly connectionStatus: string;
  readonly config: unknown;
  readonly counters: unknown;
  readonly recording: string;
}

describeInBrowser('copy diagnostics', () => {
  const site = useBuiltDemo();
  const signedIn = async (options: BrowserContextOptions) => {
    const window = await site.visit(options);
    const { page } = window;
    await signInOn(page, 'lina');
    await say(page, secret);
    await confirmed(messageWith(page, secret).last()).waitFor();
    return window;
  };
  const openMenu = async (page: Page) => {
    await page.getByRole('button', { name: 'Settings' }).press('Enter');
    return page.getByRole('dialog', { name: 'Settings' });
  };

  /** What was given away is of use, and nothing of what anybody wrote or is called is in it. */
  function check(text: string): void {
    const copied = JSON.parse(text) as Copied;
    expect(copied).toMatchObject({ connectionStatus: 'connected', config: {}, counters: {} });
    const log = readLog(copied.recording);
    expect(log.header).toMatchObject({ app: 'hudhud demo', redaction: 'pseudonyms' });
    expect(log.end.actions).toBeGreaterThan(5);
    expect(createPlayer(log).verify()).toEqual([]);
    for (const word of [secret, 'heron', 'lina', 'hudhud-demo', 'Bearer']) {
      expect(text).not.toContain(word);
    }
  }

  it('copies them, and says so, in the light and in the dark', async () => {
    const window = await signedIn({ permissions: ['clipboard-read', 'clipboard-write'] });
    const { page } = window;
    const menu = await openMenu(page);
    await menu.getByRole('button', { name: 'Copy diagnostics' }).press('Enter');
    await menu.getByRole('status').getByText('Copied.').waitFor();
    check(await page.evaluate(() => navigator.clipboard.readText()));
    await inEachAppearance(page, async (colorScheme) => {
      expect(await lowContrast(page)).toEqual([]);
      await page.screenshot({ path: `reports/diagnostics-${colorScheme}.png` });
    });
    // what it said is not said the next time
    await page.keyboard.press('Escape');
    await openMenu(page);
    await menu.getByText('No names and no messages').waitFor();
    expect(window.problems).toEqual([]);
    await window.close();
  });

  it('saves them as a file where the clipboard is refused', async () => {
    const { page, problems, close } = await signedIn({ permissions: [] });
    await page.evaluate(() => {
      // as a browser whose person, or whose policy, says no
      navigator.clipboard.writeText = () =>
        Promise.reject(new DOMException('Write permission denied.', 'NotAllowedError'));
    });
    const menu = await openMenu(page);
    const saved = page.waitForEvent('download');
    await menu.getByRole('button', { name: 'Copy diagnostics' }).press('Enter');
    const download = await saved;
    await menu.getByRole('status').getByText('saved as a file').waitFor();
    expect(download.suggestedFilename()).toBe('hudhud-diagnostics.json');
    const stream = await download.createReadStream();
    const chunks: Buffer[] = [];
    for await (const chunk of stream) chunks.push(chunk as Buffer);
    check(Buffer.concat(chunks).toString());
    expect(problems).toEqual([]);
    await close();
  });
});
