import type { Locator, Page } from 'playwright-core';
import { request } from './client';

/** What somebody does on the demo's page, in their own words. */

export async function enter(page: Page, username: string, password = 'hudhud-demo'): Promise<void> {
  await page.getByLabel('Username or email').fill(username);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

export async function signInOn(page: Page, username: string): Promise<void> {
  await enter(page, username);
  await page.locator('.message-row').first().waitFor();
  await page.getByText('Live', { exact: true }).waitFor();
}

/** Where one writes to the channel; a thread beside it has a place of its own. */
export function composer(page: Page): Locator {
  return page.locator('.chat-area .composer textarea');
}

export async function say(page: Page, text: string): Promise<void> {
  await composer(page).fill(text);
  await composer(page).press('Enter');
}

/** Presses a key on a message. */
export async function press(row: Locator, key: string): Promise<void> {
  await row.focus();
  await row.press(key);
}

export function messageWith(page: Page, text: string): Locator {
  return page.locator('.chat-area .message-row', { hasText: text });
}

export function replyWith(page: Page, text: string): Locator {
  return page.getByRole('complementary', { name: 'Thread' }).locator('.message-row', {
    hasText: text,
  });
}

/** The row, once the server's own version of it is shown. */
export function confirmed(row: Locator): Locator {
  return row.and(row.page().locator('[data-message-id][data-status="confirmed"]'));
}

/** Ids of the messages that are on the page. */
export function shownIds(page: Page): Promise<string[]> {
  return page
    .locator('[data-message-id]')
    .evaluateAll((rows) => rows.map((row) => row.getAttribute('data-message-id') ?? ''));
}

/** Streams that the server has open. */
export async function openStreams(backend: string): Promise<number> {
  const { body } = await request<{ readonly connections: number }>(
    backend,
    'GET',
    '/realtime/status',
  );
  return body.connections;
}
