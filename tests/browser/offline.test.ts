import { expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { describeInBrowser } from '../support/browser';
import { useBuiltDemo } from '../support/builtDemo';
import { confirmed, messageWith, say, signInOn } from '../support/chatPage';
import { channelId, signIn } from '../support/client';
import { until } from '../support/deadline';

/** Everything that this site has in IndexedDB, as one text. */
async function onDisk(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const wait = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => {
          resolve(request.result);
        };
        request.onerror = () => {
          reject(new Error('The database cannot be read.'));
        };
      });
    const found: unknown[] = [];
    for (const { name = '' } of await indexedDB.databases()) {
      const database = await wait(indexedDB.open(name));
      for (const table of database.objectStoreNames) {
        const store = database.transaction(table).objectStore(table);
        found.push(name, await wait(store.getAllKeys()), await wait(store.getAll()));
      }
      database.close();
    }
    return JSON.stringify(found);
  });
}

/** The page's server is there, and what is behind it is not. */
async function cutOff(page: Page): Promise<void> {
  await page.route('**/api/**', (route) => route.abort());
}

async function reach(page: Page): Promise<void> {
  await page.unroute('**/api/**');
}

describeInBrowser('the built demo, left and opened again', () => {
  const site = useBuiltDemo();

  /** How often the server has a message. */
  async function countOf(text: string): Promise<number> {
    const omar = await signIn(site.emulator.url, 'omar');
    const general = await channelId(omar, 'general');
    const { body } = await omar.get<{ readonly messages: readonly { readonly content: string }[] }>(
      `/chat/messages?channelId=${general}&limit=50`,
    );
    return body.messages.filter(({ content }) => content === text).length;
  }

  test('sends once, after a reload, what was written without a network; others’ words are not on disk', async () => {
    const { page, close } = await site.visit();
    await signInOn(page, 'lina');
    const others = await page.locator('.chat-area .message-content').first().innerText();
    await page.context().setOffline(true);
    await say(page, 'written without a network');
    await messageWith(page, 'written without a network').waitFor();
    await until(
      () => onDisk(page),
      (disk) => disk.includes('written without a network'),
    );
    const disk = await onDisk(page);
    expect(others.length).toBeGreaterThan(3);
    expect(disk).not.toContain(others);
    expect(disk).not.toMatch(/eyJ|hudhud-demo|password/i);

    await cutOff(page);
    await page.context().setOffline(false);
    await page.reload();
    await page.getByText('The workspace could not be loaded').waitFor();
    expect(await countOf('written without a network')).toBe(0);
    await reach(page);
    await confirmed(messageWith(page, 'written without a network')).waitFor({ timeout: 40_000 });
    expect(await countOf('written without a network')).toBe(1);
    await until(
      () => onDisk(page),
      (left) => !left.includes('written without a network'),
    );
    await page.reload();
    await confirmed(messageWith(page, 'written without a network')).waitFor();
    expect(await countOf('written without a network')).toBe(1);
    await close();
  });

  test('shows what was shown, as what it is, until the server is there; signing out leaves none of it', async () => {
    const { page, close } = await site.visit();
    await page.evaluate(() => {
      localStorage.setItem('hudhud.keeps', 'messages');
    });
    await page.reload();
    await signInOn(page, 'lina');
    await say(page, 'to be seen again');
    await confirmed(messageWith(page, 'to be seen again')).waitFor();
    await until(
      () => onDisk(page),
      (disk) => disk.includes('to be seen again') && disk.includes('"windows"'),
    );
    expect(await onDisk(page)).not.toMatch(/eyJ|hudhud-demo|password/i);

    await cutOff(page);
    await page.reload();
    await messageWith(page, 'to be seen again').waitFor();
    await page.getByText(/These messages are from your last visit/).waitFor();
    expect(await page.locator('[data-cached]').count()).toBeGreaterThan(3);
    await say(page, 'an answer from yesterday');
    await messageWith(page, 'an answer from yesterday').waitFor();

    await reach(page);
    await confirmed(messageWith(page, 'an answer from yesterday')).waitFor({ timeout: 40_000 });
    await page.getByText(/from your last visit/).waitFor({ state: 'hidden' });
    expect(await countOf('an answer from yesterday')).toBe(1);

    await page.getByRole('button', { name: 'Settings' }).click();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByText('Welcome to Hudhud').waitFor();
    await until(
      () => onDisk(page),
      (disk) => !/seen again|yesterday|lina|session/.test(disk),
    );
    await close();
  });

  test('is one session in all its tabs: one takes over from another that closes, and signing out ends all', async () => {
    const { page: one, close } = await site.visit();
    await signInOn(one, 'lina');
    const two = await one.context().newPage();
    await two.goto(site.url);
    await two.locator('.message-row').first().waitFor();
    await cutOff(one);
    await say(one, 'of a tab that closes');
    await until(
      () => onDisk(two),
      (disk) => disk.includes('of a tab that closes'),
    );
    await one.close();
    await confirmed(messageWith(two, 'of a tab that closes')).waitFor({ timeout: 40_000 });
    expect(await countOf('of a tab that closes')).toBe(1);

    const three = await two.context().newPage();
    await three.goto(site.url);
    await three.locator('.message-row').first().waitFor();
    await three.getByRole('button', { name: 'Settings' }).click();
    await three.getByRole('button', { name: 'Sign out' }).click();
    await two.getByText('Welcome to Hudhud').waitFor();
    await until(
      () => onDisk(two),
      (disk) => !/closes|lina|session/.test(disk),
    );
    await close();
  });
});
