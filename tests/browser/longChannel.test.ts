import { expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { describeInBrowser } from '../support/browser';
import { useBuiltDemo } from '../support/builtDemo';
import { enter, messageWith, shownIds } from '../support/chatPage';
import { until } from '../support/deadline';
import { serveLongHistory } from '../support/longHistory';

const total = 5_000;
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
  const site = useBuiltDemo();

  test('begins at its end; older pages come without moving what is read, and the page stays small', async () => {
    const { page, problems } = await site.visit();
    const history = await serveLongHistory(page, total);
    await enter(page, 'lina');
    await messageWith(page, `number ${total},`).waitFor();

    // each page is held back until it is known where the reader is
    history.holds = true;
    const scroller = page.locator('.message-list-scroller');
    const scroll = (to: number | 'top') =>
      scroller.evaluate((element, by) => {
        if (by === 'top') element.scrollTo(0, 0);
        else element.scrollBy(0, by);
      }, to);
    for (let pages = 0; pages < 4; pages++) {
      await until(
        async () => {
          if (history.held.length === 0) await scroll(-250);
          return history.held.length;
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
      history.held.shift()?.();
      expect(await moved()).toBeLessThanOrEqual(2);
    }

    history.holds = false;
    for (const release of history.held) release();
    const oldestShown = async () => {
      const text = await page.locator('.message-content').first().textContent();
      return Number(/number (\d+)/.exec(text ?? '')?.[1]);
    };
    await until(
      async () => {
        await scroll('top');
        return oldestShown();
      },
      (oldest) => oldest < total - 1_000,
      40_000,
    );
    const shown = await shownIds(page);
    expect(new Set(shown).size).toBe(shown.length);
    // only what is near is on the page
    expect(shown.length).toBeLessThan(60);

    await page.getByRole('button', { name: 'Jump to the latest' }).click();
    await messageWith(page, `number ${total},`).waitFor();
    expect(problems).toEqual([]);
  });

  test('goes to a day and back; what is missing in between is said, and loaded', async () => {
    const { page, problems } = await site.visit();
    const history = await serveLongHistory(page, total);
    await enter(page, 'lina');
    await messageWith(page, `number ${total},`).waitFor();

    history.holds = true;
    await page.getByRole('button', { name: 'Go to a date' }).click();
    await page.getByRole('button', { name: 'Yesterday' }).click();
    await page.getByText('Going to Yesterday…').waitFor();
    history.holds = false;
    for (const release of history.held.splice(0)) release();
    const separator = page.locator('.day-separator', { hasText: 'Yesterday' });
    await separator.waitFor();
    const first = separator.locator('xpath=following-sibling::article').first();
    const at = await first.locator('time').getAttribute('datetime');
    const midnight = new Date().setHours(0, 0, 0, 0) - 24 * 60 * 60_000;
    expect(Math.abs(Date.parse(at ?? '') - midnight)).toBeLessThan(2 * 60_000);
    const top = await page.locator('.message-list').boundingBox();
    const place = await separator.boundingBox();
    expect(Math.abs((place?.y ?? NaN) - (top?.y ?? NaN))).toBeLessThan(20);

    // down to where the page of that day ends
    const gap = page.locator('.gap-divider');
    const scroller = page.locator('.message-list-scroller');
    await until(
      async () => {
        if ((await gap.count()) === 0)
          await scroller.evaluate((list) => {
            list.scrollBy(0, 400);
          });
        return gap.count();
      },
      (count) => count > 0,
    );
    const entries = page.locator('[data-message-id]');
    const numbersShown = async () =>
      (await entries.locator('.message-content').allTextContents()).map((text) =>
        Number(/number (\d+)/.exec(text)?.[1]),
      );
    const before = await numbersShown();
    const edge = before.find((number, place) => before[place + 1] !== number + 1) ?? NaN;
    expect(edge).toBeLessThan(total - 100);
    await gap.getByRole('button', { name: 'Load' }).click();
    await messageWith(page, `number ${edge + 1},`).waitFor();
    expect(await messageWith(page, `number ${edge},`).count()).toBe(1);

    await page.getByRole('button', { name: 'Jump to the latest' }).click();
    await messageWith(page, `number ${total},`).waitFor();
    expect(problems).toEqual([]);
  });
});
