import { expect, test } from '@jest/globals';
import { describeInBrowser } from '../support/browser';
import { useBuiltDemo } from '../support/builtDemo';
import { confirmed, messageWith, openStreams, say, shownIds, signInOn } from '../support/chatPage';
import { channelId, signIn } from '../support/client';
import { until } from '../support/deadline';

describeInBrowser('a backend that dies under the built demo', () => {
  const site = useBuiltDemo({ keepsData: true, isStarted: true });

  test('is waited for: the page says so, recovers by itself, and nothing is lost or doubled', async () => {
    const { page, close } = await site.visit();
    await signInOn(page, 'lina');
    await say(page, 'before the outage');
    // what is not answered yet would hold up what is written next
    await confirmed(messageWith(page, 'before the outage')).waitFor();
    const before = await shownIds(page);

    await site.emulator.kill();
    await page.getByText('The connection was lost.').waitFor();
    await page.getByRole('button', { name: 'Retry now' }).waitFor();
    await page.getByText(/Trying (again in \d+ seconds?|now)/).waitFor();
    await page.getByText('Who is here is not known').waitFor();
    // what was on the page stays readable, less what the banner takes
    expect(await shownIds(page)).toEqual(expect.arrayContaining(before.slice(-5)));
    await say(page, 'written in the dark');
    const dark = messageWith(page, 'written in the dark');
    await dark.getByText(/Not sent yet|Checking whether it arrived/).waitFor();

    await site.emulator.restart();
    // said while the page may still be waiting for its next try
    const omar = await signIn(site.emulator.url, 'omar');
    const general = await channelId(omar, 'general');
    await omar.post('/chat/messages', { channelId: general, content: 'first one after' });
    await page.getByText('The connection was lost.').waitFor({ state: 'hidden', timeout: 40_000 });
    await page.getByText('Live', { exact: true }).waitFor();
    await messageWith(page, 'first one after').waitFor();

    await omar.post('/chat/messages', { channelId: general, content: 'live again' });
    await messageWith(page, 'live again').waitFor();
    // what was written meanwhile goes out by itself
    await confirmed(dark).waitFor({ timeout: 40_000 });

    const after = await shownIds(page);
    expect(new Set(after).size).toBe(after.length);
    expect(after).toEqual(expect.arrayContaining(before.slice(-5)));
    for (const text of ['before the outage', 'first one after', 'live again', 'in the dark']) {
      expect(await messageWith(page, text).count()).toBe(1);
    }
    await until(
      () => openStreams(site.emulator.url),
      (count) => count === 1,
    );
    await close();
  });

  test('is polled where streams are refused, and tried at once when the reader asks for it', async () => {
    const { page, close } = await site.visit();
    const lina = await signIn(site.emulator.url, 'lina');
    const general = await channelId(lina, 'general');
    await page.route('**/api/realtime/**', (route) =>
      route.fulfill({ status: 403, contentType: 'application/json', body: '{}' }),
    );
    await page.getByRole('button', { name: /Omar Haddad/ }).click();
    await page.getByText('Live updates do not come through here.').waitFor();
    await page.getByText('Delayed', { exact: true }).waitFor();
    // what others write comes all the same, with the next poll
    await lina.post('/chat/messages', { channelId: general, content: 'told without a stream' });
    await messageWith(page, 'told without a stream').waitFor();
    await page.unroute('**/api/realtime/**');
    await page.getByRole('button', { name: 'Refresh' }).press('Enter');
    await page.getByText('Live', { exact: true }).waitFor();
    await page.getByText('do not come through').waitFor({ state: 'hidden' });
    await close();
  });
});
