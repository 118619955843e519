import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { describeInBrowser, launchBrowser, openWindow } from '../support/browser';
import { enter, messageWith, shownIds } from '../support/chatPage';
import { channelId, signIn } from '../support/client';
import { until } from '../support/deadline';
import type { Demo } from '../support/demo';
import { startDemo } from '../support/demo';
import type { Emulator } from '../support/emulator';
import { startEmulator } from '../support/emulator';

const total = 5_000;
const heights = ['short', 'of two lines\nlike this', 'of some length, '.repeat(12)];

/** Fills a channel of its own, several requests at a time. */
async function fillChannel(backend: string): Promise<void> {
  const omar = await signIn(backend, 'omar');
  const { body } = await omar.get<{ readonly project: { readonly project_id: string } }>(
    '/workspace/hudhud/general',
  );
  await omar.post(`/projects/${body.project.project_id}/channels`, { name: 'long' });
  const id = await channelId(omar, 'long');
  let sent = 0;
  const write = async () => {
    while (sent < total) {
      sent += 1;
      const content = `number ${sent}, ${heights[sent % heights.length] ?? ''}`;
      await omar.post('/chat/messages', { channelId: id, content });
    }
  };
  await Promise.all(Array.from({ length: 12 }, write));
}

interface Place {
  readonly id: string;
  readonly top: number;
}

/** A message in the middle of what is in sight, and how far from the edge it stands. */
function middleOf(page: Page): Promise<Place> {
  return page.locator('.message-list-scroller').evaluate((scroller) => {
    const frame = scroller.getBoundingClientRect();
    const rows = [...scroller.querySelectorAll<HTMLElement>('[data-message-id]')];
    const row = rows.find((one) => one.getBoundingClientRect().top > frame.top + frame.height / 3);
    return {
      id: row?.dataset['messageId'] ?? '',
      top: (row?.getBoundingClientRect().top ?? NaN) - frame.top,
    };
  });
}

/**
 * Begins to look at a message, frame by frame, until some time after older ones have come. What it gives back answers
 * how far the message moved at most.
 */
async function watchPlace(page: Page, id: string): Promise<() => Promise<number>> {
  const watch = await page.locator('.message-list-scroller').evaluateHandle((scroller, wanted) => {
    const place = () =>
      scroller.querySelector(`[data-message-id="${wanted}"]`)?.getBoundingClientRect().top ?? NaN;
    const from = place();
    const heightBefore = scroller.scrollHeight;
    const seen = { farthest: 0, framesLeft: 20 };
    const look = () => {
      seen.farthest = Math.max(seen.farthest, Math.abs(place() - from));
      if (scroller.scrollHeight > heightBefore + 500) seen.framesLeft -= 1;
      if (seen.framesLeft > 0) requestAnimationFrame(look);
    };
    look();
    return seen;
  }, id);
  return async () => {
    const { farthest } = await until(
      () => watch.jsonValue(),
      ({ framesLeft }) => framesLeft === 0,
    );
    return farthest;
  };
}

describeInBrowser('a channel of 5,000 messages', () => {
  let emulator: Emulator;
  let demo: Demo;
  let browser: Browser;

  beforeAll(async () => {
    emulator = await startEmulator();
    const filled = fillChannel(emulator.url);
    [demo, browser] = await Promise.all([
      startDemo(['--built', '--backend', emulator.url]),
      launchBrowser(),
      filled,
    ]);
  }, 90_000);
  afterAll(async () => {
    await browser.close();
    await demo.stop();
    await emulator.stop();
  });

  test('begins at its end, and older pages come without moving what is read', async () => {
    const { page, problems } = await openWindow(browser, `${demo.url}/hudhud/long`);
    await enter(page, 'lina');
    await messageWith(page, `number ${total},`).waitFor();

    // each page of history is held back until it is known where the reader is
    const held: (() => void)[] = [];
    await page.route('**/api/chat/messages?*before=*', async (route) => {
      await new Promise<void>((resolve) => held.push(resolve));
      await route.continue();
    });
    const scroller = page.locator('.message-list-scroller');
    for (let pages = 0; pages < 6; pages++) {
      await until(
        async () => {
          if (held.length === 0)
            await scroller.evaluate((element) => {
              element.scrollBy(0, -250);
            });
          return held.length;
        },
        (count) => count > 0,
      );
      // the list may still be measuring what it has just shown
      let before = await middleOf(page);
      await until(
        async () => {
          const known = before;
          before = await middleOf(page);
          return known.id === before.id && Math.abs(known.top - before.top) < 1;
        },
        (isStill) => isStill,
      );
      const moved = await watchPlace(page, before.id);
      held.shift()?.();
      expect(await moved()).toBeLessThanOrEqual(2);
    }
    const shown = await shownIds(page);
    expect(new Set(shown).size).toBe(shown.length);
    // only what is near is on the page
    expect(shown.length).toBeLessThan(80);
    const oldest = await page.locator('.message-content').first().textContent();
    expect(Number(/number (\d+)/.exec(oldest ?? '')?.[1])).toBeLessThan(total - 250);

    await page.unrouteAll({ behavior: 'ignoreErrors' });
    for (const release of held) release();
    await page.getByRole('button', { name: 'Jump to the latest' }).click();
    await messageWith(page, `number ${total},`).waitFor();
    expect(problems).toEqual([]);
  });
});
