import { expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { describeInBrowser } from '../support/browser';
import { useChat } from '../support/chat';
import { composer, confirmed, messageWith, press, replyWith, say } from '../support/chatPage';

const pixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

/** What the page may send per second, in bytes. */
async function throttle(page: Page, uploadThroughput: number): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('Network.emulateNetworkConditions', {
    ...{ offline: false, latency: 0, downloadThroughput: -1, uploadThroughput },
  });
}

describeInBrowser('two people in the built demo', () => {
  const chat = useChat();

  test('edit, delete and take back, react and answer, and each sees what the other does', async () => {
    const [lina, omar] = await Promise.all([chat.open('lina'), chat.open('omar')]);
    await say(lina.page, 'the plan for Monday');
    await say(lina.page, 'to be deleted');
    await confirmed(messageWith(lina.page, 'to be deleted')).waitFor();
    const [mine, theirs] = [lina, omar].map(({ page }) => messageWith(page, 'the plan for'));
    if (mine === undefined || theirs === undefined) throw new Error('Two windows.');

    // it waits to be taken back; meanwhile the others still see it
    await press(messageWith(lina.page, 'to be deleted'), 'Delete');
    await lina.page.getByRole('button', { name: 'Undo' }).click();
    await messageWith(lina.page, 'to be deleted').waitFor();
    await press(messageWith(lina.page, 'to be deleted'), 'Delete');
    await lina.page.getByText('Message deleted').waitFor();
    expect(await messageWith(omar.page, 'to be deleted').count()).toBe(1);

    await mine.hover();
    await mine.getByRole('button', { name: 'Edit' }).click();
    await lina.page.getByLabel('Edit message').fill('the plan for Tuesday');
    await lina.page.getByRole('button', { name: 'Save' }).click();
    await messageWith(omar.page, 'the plan for Tuesday').getByText('(edited)').waitFor();
    await theirs.hover();
    expect(await theirs.getByRole('button', { name: 'Edit' }).count()).toBe(0);

    await theirs.getByRole('button', { name: 'React' }).click();
    await omar.page.getByRole('button', { name: '🎉', exact: true }).click();
    await mine.getByRole('button', { name: /🎉 from .?Omar/, pressed: false }).click();
    const both = theirs.locator('.reaction-chip', { hasText: '2' });
    await both.click();
    await mine.getByRole('button', { name: '🎉 from You', pressed: true }).waitFor();

    await theirs.hover();
    await theirs.getByRole('button', { name: 'Reply in thread' }).click();
    await omar.page.locator('.thread-panel textarea').fill('why not Monday?');
    await omar.page.keyboard.press('Enter');
    await mine.getByRole('button', { name: '1 reply' }).click();
    await replyWith(lina.page, 'why not Monday?').waitFor();
    await lina.page.keyboard.type('the office is closed');
    await lina.page.keyboard.press('Enter');
    await replyWith(omar.page, 'the office is closed').waitFor();
    await theirs.getByRole('button', { name: '2 replies' }).waitFor();
    // a reply is no message of the channel
    expect(await omar.page.locator('.chat-area').getByText('office is closed').count()).toBe(0);

    for (const { page } of [lina, omar]) {
      await messageWith(page, 'to be deleted').waitFor({ state: 'detached' });
      await page.getByText('Message deleted').waitFor({ state: 'detached' });
    }
    expect([...lina.problems, ...omar.problems]).toEqual([]);
  });

  test('send files: how far they are is seen, and the other one gets them', async () => {
    const [lina, omar] = await Promise.all([chat.open('lina'), chat.open('omar')]);
    const { page } = lina;
    const choose = (name: string, mimeType: string, buffer: Buffer) =>
      page.locator('.chat-area input[type=file]').setInputFiles({ name, mimeType, buffer });
    const chips = page.getByRole('list', { name: 'Attached files' }).getByRole('listitem');

    await chat.emulator.setFaults({ refuse: { p: 1, statuses: [403], paths: ['/upload'] } });
    await choose('pixel.png', 'image/png', pixel);
    const pixelChip = chips.filter({ hasText: 'pixel.png' });
    await pixelChip.getByText('Upload failed').waitFor();
    await chat.emulator.setFaults();
    await pixelChip.getByRole('button', { name: 'Upload pixel.png again' }).click();
    await pixelChip.locator('[data-upload-status="done"]').waitFor();

    await throttle(page, 200_000);
    await choose('unwanted.bin', 'application/octet-stream', Buffer.alloc(2_000_000));
    const unwanted = chips.filter({ hasText: 'unwanted.bin' });
    await unwanted.getByText(/^\d+ k?B of 2 MB$/).waitFor();
    await unwanted.getByRole('button', { name: 'Remove unwanted.bin' }).click();
    await unwanted.waitFor({ state: 'detached' });

    await choose('notes.txt', 'text/plain', Buffer.alloc(400_000, 'words '));
    await chips.filter({ hasText: 'notes.txt' }).getByRole('progressbar').waitFor();
    // not waited for: the message does that
    await say(page, 'two files');
    expect(await composer(page).inputValue()).toBe('');
    expect(await chips.count()).toBe(0);
    const row = messageWith(page, 'two files');
    await row.getByRole('progressbar', { name: 'Upload of notes.txt' }).waitFor();
    expect(await messageWith(omar.page, 'two files').count()).toBe(0);
    await throttle(page, -1);
    await confirmed(row).waitFor();

    const received = messageWith(omar.page, 'two files');
    const link = received.getByRole('link', { name: 'Download notes.txt' });
    await link.waitFor();
    expect(await link.getAttribute('rel')).toContain('noopener');
    expect(await link.getAttribute('download')).toBe('notes.txt');
    const file = await omar.page.request.get((await link.getAttribute('href')) ?? '');
    expect((await file.body()).length).toBe(400_000);
    const picture = received.getByRole('img', { name: 'pixel.png' });
    await picture.and(omar.page.locator(':not([src=""])')).waitFor();
    expect(await received.getByText('unwanted.bin').count()).toBe(0);
    expect(omar.problems).toEqual([]);
  });
});
