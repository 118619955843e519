import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { describeInBrowser, connectBrowser, openWindow } from '../support/browser';
import { confirmed, messageWith, openStreams, say, signInOn } from '../support/chatPage';
import { channelId, signIn } from '../support/client';
import { until } from '../support/deadline';
import type { Demo } from '../support/demo';
import { startDemo } from '../support/demo';
import { messagesIn } from '../support/shownMessages';

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

function pidOf({ emulatorPid }: Demo): number {
  if (emulatorPid === undefined) throw new Error('The demo runs no emulator.');
  return emulatorPid;
}

describeInBrowser('npm start', () => {
  let folder: string;
  let demo: Demo;
  let browser: Browser;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hudhud-start-'));
    [demo, browser] = await Promise.all([
      startDemo(['--data', folder, '--emulator-port', '0', '--no-traffic']),
      connectBrowser(),
    ]);
  }, 90_000);
  afterAll(async () => {
    await browser.close();
    await demo.stop();
    await rm(folder, { recursive: true, force: true });
  });

  test('serves the sources to a page with one stream and a quiet console, also under StrictMode; starts a backend that dies again, with the same data; then leaves nobody behind', async () => {
    const { page, problems, close } = await openWindow(browser, demo.url);
    const streams: string[] = [];
    page.on('request', (request) => {
      if (request.url().includes('/realtime/stream')) streams.push(request.url());
    });
    await signInOn(page, 'lina');
    await say(page, 'one stream, please');
    await confirmed(messageWith(page, 'one stream, please')).waitFor();
    expect(await openStreams(demo.emulatorUrl)).toBe(1);
    expect(streams).toHaveLength(1);
    expect(problems).toEqual([]);

    // a page that goes away takes its stream with it, through the page's server
    await page.goto('about:blank');
    await until(
      () => openStreams(demo.emulatorUrl),
      (count) => count === 0,
    );
    await page.goto(demo.url);
    await page.getByText('Live', { exact: true }).waitFor();

    process.kill(pidOf(demo), 'SIGKILL');
    await page.getByText('The connection was lost.').waitFor();
    await page.getByText('Live', { exact: true }).waitFor({ timeout: 40_000 });
    await messageWith(page, 'one stream, please').waitFor();
    // not only what was shown before
    const omar = await signIn(demo.emulatorUrl, 'omar');
    const kept = await messagesIn(omar, await channelId(omar, 'general'));
    expect(kept.map(({ text }) => text)).toContain('one stream, please');
    await close();

    expect(await demo.stop()).toBe(0);
    await expect(fetch(`${demo.emulatorUrl}/health`)).rejects.toThrow();
    expect(isAlive(pidOf(demo))).toBe(false);
  });
});
