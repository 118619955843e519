import { expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { describeInBrowser } from '../support/browser';
import { useChat } from '../support/chat';
import { messageWith, press, say } from '../support/chatPage';
import { channelId, signIn } from '../support/client';
import { until } from '../support/deadline';
import { messagesIn, messagesOn } from '../support/shownMessages';

const channelName = 'bad weather';

/** What somebody does who does not leave it at a failure. */
async function retryAll(pages: readonly Page[]): Promise<void> {
  for (const page of pages) {
    const [button] = await page.getByRole('button', { name: 'Retry', exact: true }).all();
    await button?.click({ timeout: 1_000 }).catch(() => undefined); // it may have gone meanwhile
  }
}

/** What people do, as soon as it can be done: not while a message's own request is under way, or before it came. */
function doings(pages: readonly Page[]) {
  const begin = async (page: Page, text: string, tool: string, key: string) => {
    const row = messageWith(page, text);
    const ready = row.getByLabel(tool, { exact: true });
    await until(
      async () => {
        await retryAll(pages);
        // a row has its tools while somebody is at it
        await row.focus({ timeout: 1_000 }).catch(() => undefined);
        return ready.count();
      },
      (count) => count > 0,
      20_000,
    );
    await press(row, key);
  };
  return {
    edit: async (page: Page, text: string, next: string): Promise<void> => {
      await begin(page, text, 'Edit', 'e');
      await page.getByLabel('Edit message').fill(next);
      await page.getByLabel('Edit message').press('Enter');
    },
    remove: (page: Page, text: string) => begin(page, text, 'Delete', 'Delete'),
    /** Picks the emoji at a place of the picker. */
    react: async (page: Page, text: string, place: number): Promise<void> => {
      await begin(page, text, 'React', 'r');
      for (let i = 0; i < place; i++) await page.keyboard.press('ArrowRight');
      await page.keyboard.press('Enter');
    },
  };
}

describeInBrowser('two windows in bad weather', () => {
  const chat = useChat();

  test('both show in the end what the database holds, whatever was lost, doubled, late or refused', async () => {
    const admin = await signIn(chat.emulator.url, 'lina');
    const { body } = await admin.get<{ readonly project: { readonly project_id: string } }>(
      '/workspace/hudhud/general',
    );
    await admin.post(`/projects/${body.project.project_id}/channels`, { name: channelName });
    const channel = await channelId(admin, 'bad-weather');
    const viewport = { width: 1280, height: 1600 };
    const windows = await Promise.all(
      ['lina', 'omar'].map((name) => chat.open(name, { viewport })),
    );
    const [lina, omar] = windows.map(({ page }) => page);
    if (lina === undefined || omar === undefined) throw new Error('Two windows.');
    for (const page of [lina, omar]) {
      await page.getByRole('link', { name: channelName }).click();
      await page.getByText(/Nothing in .?#bad weather.? yet/).waitFor();
    }

    const { edit, remove, react } = doings([lina, omar]);
    await chat.emulator.setFaults({ preset: 'chaos', seed: 7 });
    for (const number of [1, 2, 3, 4]) {
      await Promise.all([say(lina, `lina ${number}.`), say(omar, `omar ${number}.`)]);
    }
    await Promise.all([edit(lina, 'lina 1.', 'lina 1. again'), react(omar, 'omar 1.', 0)]);
    await Promise.all([react(lina, 'omar 1.', 0), edit(omar, 'omar 2.', 'omar 2. again')]);
    await Promise.all([remove(lina, 'lina 2.'), remove(omar, 'omar 3.')]);
    // both at the same message: one changes it while the other one deletes it
    await Promise.all([remove(lina, 'omar 4.'), edit(omar, 'omar 4.', 'omar 4. again')]);
    await Promise.all([react(lina, 'lina 3.', 1), react(omar, 'lina 3.', 1)]);
    await Promise.all([react(lina, 'lina 3.', 1), react(omar, 'lina 1.', 2)]);
    await Promise.all([say(lina, 'lina 5.'), edit(omar, 'omar 1.', 'omar 1. again')]);
    await chat.emulator.setFaults();

    const shown = await until(
      async () => {
        await retryAll([lina, omar]);
        const [database, ...pages] = await Promise.all([
          messagesIn(admin, channel),
          ...[lina, omar].map((page) => messagesOn(page)),
        ]);
        return { database, pages };
      },
      ({ database, pages }) =>
        pages.every((page) => JSON.stringify(page) === JSON.stringify(database)),
      40_000,
    );
    const texts = shown.database.map(({ text }) => text).sort();
    expect(texts).toEqual([
      ...['lina 1. again', 'lina 3.', 'lina 4.', 'lina 5.'],
      ...['omar 1. again', 'omar 2. again'],
    ]);
    // a refused request is in the console, whoever asked; nothing else may be
    const problems = windows.flatMap((window) => window.problems);
    expect(problems.filter((problem) => !problem.startsWith('Failed to load resource'))).toEqual(
      [],
    );
  }, 120_000);
});
