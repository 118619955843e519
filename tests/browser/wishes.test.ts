import { expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { describeInBrowser } from '../support/browser';
import { useChat } from '../support/chat';
import { composer, confirmed, messageWith, say } from '../support/chatPage';
import { channelId, signIn } from '../support/client';
import { watchRows } from '../support/rowWatch';

const sending = { methods: ['POST'], paths: ['/chat/messages$'] };

/** Status codes that sends are answered with from here on. */
function answersTo(page: Page): readonly number[] {
  const statuses: number[] = [];
  page.on('response', (response) => {
    if (response.request().method() === 'POST' && response.url().endsWith('/chat/messages')) {
      statuses.push(response.status());
    }
  });
  return statuses;
}

describeInBrowser('what one sends, in the built demo', () => {
  const chat = useChat();

  test('is one row from the first moment on, whichever of echo and reply comes first', async () => {
    const { page, problems } = await chat.open('lina');
    const watched = await watchRows(page);
    const omar = await signIn(chat.emulator.url, 'omar');
    const general = await channelId(omar, 'general');

    await chat.emulator.setFaults({ hang: { p: 1, ms: 3_000, ...sending } });
    const answers = answersTo(page);
    await say(page, 'the echo is first');
    expect(await composer(page).inputValue()).toBe('');
    await confirmed(messageWith(page, 'the echo is first')).waitFor();
    expect(answers).toEqual([]);

    // frames keep their order: behind somebody else's message the echo has come too
    const slow = { p: 1, minMs: 1_500, maxMs: 1_500, users: ['lina'] };
    await chat.emulator.setFaults({ delayFrames: slow });
    await say(page, 'the reply is first');
    await confirmed(messageWith(page, 'the reply is first')).waitFor();
    await omar.post('/chat/messages', { channelId: general, content: 'after both' });
    await messageWith(page, 'after both').waitFor();

    for (const text of ['the echo is first', 'the reply is first']) {
      const { elements, statuses, atOnce } = await watched(text);
      expect({ elements, atOnce }).toEqual({ elements: 1, atOnce: 1 });
      expect(statuses[0]).not.toBe('confirmed');
      expect(statuses.at(-1)).toBe('confirmed');
      expect(statuses).not.toContain('failed');
    }
    expect(problems).toEqual([]);
  });

  test('is looked for where it is not certain, and there once in the end', async () => {
    const windows = await Promise.all([chat.open('lina'), chat.open('omar')]);
    const [lost, tripped] = ['the reply is lost', 'the server trips'] as const;
    await chat.emulator.setFaults({
      loseReply: { p: 1, times: 1, users: ['lina'], ...sending },
      refuse: { p: 1, times: 1, users: ['omar'], statuses: [500], ...sending },
    });
    await Promise.all(
      windows.map(async ({ page }, at) => {
        const text = at === 0 ? lost : tripped;
        const watched = await watchRows(page);
        const answers = answersTo(page);
        await say(page, text);
        await confirmed(messageWith(page, text)).waitFor();
        expect(await watched(text)).toMatchObject({ elements: 1, atOnce: 1 });
        // what was not carried out is sent again; of what was, the page's server says that no answer came
        expect(answers).toEqual(text === tripped ? [500, 201] : [503]);
      }),
    );
    for (const { page } of windows) {
      for (const text of [lost, tripped]) {
        await messageWith(page, text).waitFor();
        expect(await messageWith(page, text).count()).toBe(1);
      }
    }
  });

  test('says why where it is refused: it is tried again, or given up', async () => {
    const { page } = await chat.open('lina');
    await chat.emulator.setFaults({ refuse: { p: 1, statuses: [403], ...sending } });
    await say(page, 'sent in the end');
    await say(page, 'given up');
    const row = messageWith(page, 'sent in the end');
    await row.getByText('Not sent. You have no access here.').waitFor();
    await page
      .getByRole('status')
      .getByText(/Not sent/)
      .waitFor();
    const toasts = page.getByRole('region', { name: /Notifications/ });
    const toast = toasts.getByText(/did not go through/);
    await toast.waitFor();
    await toasts.getByText('You have no access here.').waitFor();
    await toasts.getByRole('button', { name: 'Dismiss' }).press('Enter');
    await toast.waitFor({ state: 'detached' });
    const other = messageWith(page, 'given up');
    await other.getByRole('button', { name: 'Discard' }).click();
    await other.waitFor({ state: 'detached' });

    await chat.emulator.setFaults();
    await row.getByRole('button', { name: 'Retry' }).click();
    await confirmed(row).waitFor();
    await page.reload();
    await messageWith(page, 'sent in the end').waitFor();
    expect(await messageWith(page, 'given up').count()).toBe(0);
  });

  test('what is being written stays with its channel', async () => {
    const { page } = await chat.open('lina');
    await composer(page).fill('not done yet');
    await page.getByRole('link', { name: /engineering/ }).click();
    await page.locator('h1', { hasText: 'engineering' }).waitFor();
    expect(await composer(page).inputValue()).toBe('');
    await page.goBack();
    await page.locator('h1', { hasText: 'general' }).waitFor();
    expect(await composer(page).inputValue()).toBe('not done yet');

    await composer(page).fill('x'.repeat(10_001));
    await page.getByText('1 character too many').waitFor({ state: 'attached' });
    await composer(page).press('Enter');
    expect(await composer(page).inputValue()).toHaveLength(10_001);
  });

  test('by keyboard alone: edited, deleted and taken back, reacted to, answered', async () => {
    const { page, problems } = await chat.open('lina');
    await page.keyboard.type('wirtten in a hurry');
    await page.keyboard.press('Enter');
    await confirmed(messageWith(page, 'wirtten')).waitFor();
    await page.keyboard.press('ArrowUp');
    await page.locator('.edit-form textarea:focus').waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Control+a');
    await page.keyboard.type('written with care');
    await page.keyboard.press('Enter');
    const row = messageWith(page, 'written with care');
    await row.getByText('(edited)').waitFor();
    // the focus is where one goes on writing
    await page.locator('.chat-area .composer textarea:focus').waitFor();

    await page.locator('.message-list-scroller').focus();
    await page.keyboard.press('ArrowUp');
    await row.and(page.locator(':focus')).waitFor();
    await page.keyboard.press('r');
    await page.getByRole('dialog', { name: 'Choose a reaction' }).waitFor();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await row.getByRole('button', { name: /❤️ from You/, pressed: true }).waitFor();
    await row.and(page.locator(':focus')).waitFor();

    await page.keyboard.press('Delete');
    const placeholder = page.locator('.message-row:focus', { hasText: 'Message deleted' });
    await placeholder.waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await row.waitFor();

    await row.focus();
    await page.keyboard.press('t');
    await page.locator('.thread-panel textarea:focus').waitFor();
    await page.keyboard.type('an answer to myself');
    await page.keyboard.press('Enter');
    await page.locator('.thread-panel').getByText('an answer to myself').waitFor();
    await page.keyboard.press('Escape');
    await page.locator('.thread-panel').waitFor({ state: 'detached' });
    await row.locator('.message-thread:focus').waitFor();
    expect(problems).toEqual([]);
  });
});
