import { expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { describeInBrowser } from '../support/browser';
import { useBuiltDemo } from '../support/builtDemo';
import { confirmed, messageWith, openStreams, say, signInOn } from '../support/chatPage';
import { channelId, signIn } from '../support/client';
import { until } from '../support/deadline';

describeInBrowser('six tabs of the built demo', () => {
  const site = useBuiltDemo();

  test('send and receive over one stream, whichever of them is closed or frozen', async () => {
    const { page: first, close } = await site.visit();
    const context = first.context();
    /** The tab that opened the newest stream. */
    let reader: Page = first;
    const watch = (page: Page) => {
      page.on('request', (request) => {
        if (request.url().endsWith('/api/realtime/stream')) reader = page;
      });
    };
    watch(first);
    await signInOn(first, 'lina');
    const pages = [first];
    while (pages.length < 6) {
      const page = await context.newPage();
      watch(page);
      await page.goto(site.url);
      await page.locator('.message-row').first().waitFor();
      pages.push(page);
    }
    const one = (count: number) => count === 1;
    await until(() => openStreams(site.emulator.url), one);

    const omar = await signIn(site.emulator.url, 'omar');
    const general = await channelId(omar, 'general');
    const tell = async (content: string, to: readonly Page[]) => {
      await omar.post('/chat/messages', { channelId: general, content });
      for (const page of to) await messageWith(page, content).waitFor({ timeout: 60_000 });
    };
    await tell('to all six', pages);
    for (const [n, page] of pages.entries()) {
      await say(page, `from tab ${n}`);
      await confirmed(messageWith(page, `from tab ${n}`)).waitFor();
    }
    for (const page of pages) {
      for (const n of pages.keys()) {
        // one who follows hears it after the one who reads
        await messageWith(page, `from tab ${n}`).waitFor();
        expect(await messageWith(page, `from tab ${n}`).count()).toBe(1);
      }
    }
    expect(await openStreams(site.emulator.url)).toBe(1);

    // the one that reads is closed
    const closed = reader;
    await closed.close();
    const left = pages.filter((page) => page !== closed);
    await until(() => openStreams(site.emulator.url), one);
    await tell('to the five that are left', left);
    expect(reader).not.toBe(closed);

    // and the next one is frozen
    const frozen = reader;
    const session = await context.newCDPSession(frozen);
    // it stands still with all that it holds, as a page does that a browser has frozen
    await session.send('Debugger.enable');
    await session.send('Debugger.pause');
    const awake = left.filter((page) => page !== frozen);
    await tell('to those that are awake', awake);
    expect(reader).not.toBe(frozen);
    await session.send('Debugger.resume');
    await session.send('Debugger.disable');
    await messageWith(frozen, 'to those that are awake').waitFor();
    await until(() => openStreams(site.emulator.url), one);
    await tell('to all of them again', left);

    // and the one after that crashes, with nobody to say goodbye
    const crashed = reader;
    const crash = crashed.waitForEvent('crash');
    const doomed = await context.newCDPSession(crashed);
    doomed.send('Page.crash').catch(() => undefined); // there is nobody left to answer
    await crash;
    const alive = left.filter((page) => page !== crashed);
    await tell('to those that are alive', alive);
    expect(reader).not.toBe(crashed);
    await until(() => openStreams(site.emulator.url), one);
    await close();
    await until(
      () => openStreams(site.emulator.url),
      (count) => count === 0,
    );
  }, 240_000);
});
