import { expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { describeInBrowser } from '../support/browser';
import { useBuiltDemo } from '../support/builtDemo';
import { messageWith, press, say, signInOn } from '../support/chatPage';
import { channelId, signIn } from '../support/client';
import { lowContrast } from '../support/contrast';

const background = (page: Page) =>
  page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);

describeInBrowser('how the built demo looks', () => {
  const site = useBuiltDemo();

  for (const colorScheme of ['light', 'dark'] as const) {
    test(`every word can be read in the ${colorScheme} appearance`, async () => {
      const { page, close } = await site.visit({ colorScheme });
      await page.getByRole('heading', { name: 'Welcome to Hudhud' }).waitFor();
      expect(await lowContrast(page)).toEqual([]);
      await signInOn(page, 'lina');
      expect(await background(page)).toBe(
        colorScheme === 'light' ? 'rgb(255, 255, 255)' : 'rgb(27, 26, 25)',
      );
      expect(await lowContrast(page)).toEqual([]);

      const refuse = { p: 1, statuses: [403], methods: ['POST'], paths: ['/chat/messages'] };
      await site.emulator.setFaults({ refuse });
      await say(page, `refused in the ${colorScheme} appearance`);
      const refused = messageWith(page, 'refused in the');
      await refused.getByRole('button', { name: 'Discard' }).waitFor();
      await site.emulator.setFaults();
      await press(page.locator('.message-row[data-message-id]').last(), 't');
      await page.getByRole('complementary', { name: 'Thread' }).waitFor();
      await refused.hover();
      expect(await lowContrast(page)).toEqual([]);

      const settings = page.getByRole('button', { name: 'Settings' });
      await settings.click();
      expect(await lowContrast(page)).toEqual([]);
      // the switch wins over the system, also after a reload
      await page.getByRole('radio', { name: colorScheme === 'light' ? 'Dark' : 'Light' }).check();
      await page.reload();
      await page.locator('.message-row').first().waitFor();
      expect(await background(page)).toBe(
        colorScheme === 'light' ? 'rgb(27, 26, 25)' : 'rgb(255, 255, 255)',
      );
      await close();
    });
  }

  test('Arabic turns the page around; each message keeps its own direction', async () => {
    const { page, problems, close } = await site.visit({ locale: 'ar' });
    await page.getByRole('heading', { name: 'أهلًا بك في هدهد' }).waitFor();
    await page.getByLabel('اسم المستخدم أو البريد').fill('omar');
    await page.getByLabel('كلمة المرور').fill('hudhud-demo');
    await page.getByRole('button', { name: 'تسجيل الدخول' }).click();
    await page.getByText('مباشر', { exact: true }).waitFor();

    const omar = await signIn(site.emulator.url, 'omar');
    const general = await channelId(omar, 'general');
    await omar.post('/chat/messages', { channelId: general, content: 'from left to right' });
    await omar.post('/chat/messages', { channelId: general, content: 'من اليمين إلى اليسار' });
    const directionOf = (text: string) =>
      page
        .locator('.message-content p', { hasText: text })
        .evaluate((paragraph) => getComputedStyle(paragraph).direction);
    expect(await directionOf('from left to right')).toBe('ltr');
    expect(await directionOf('من اليمين')).toBe('rtl');

    const root = await page.evaluate(() => {
      const { dir, lang } = document.documentElement;
      return { dir, lang, direction: getComputedStyle(document.body).direction };
    });
    expect(root).toEqual({ dir: 'rtl', lang: 'ar', direction: 'rtl' });
    const channels = await page.getByRole('navigation').boundingBox();
    const messages = await page.getByRole('main').boundingBox();
    expect(channels?.x).toBeGreaterThan(messages?.x ?? NaN);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(1280);

    await page.getByRole('button', { name: 'الإعدادات' }).click();
    await page.getByRole('radio', { name: 'English' }).check();
    await page.getByRole('heading', { name: 'Channels' }).waitFor();
    expect(await page.evaluate(() => document.documentElement.dir)).toBe('ltr');
    expect(problems).toEqual([]);
    await close();
  });

  test('on a narrow screen nothing is wider than it, and the sidebars are drawers', async () => {
    const { page, problems, close } = await site.visit({ viewport: { width: 360, height: 700 } });
    await signInOn(page, 'lina');
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
    expect(await page.getByRole('navigation').count()).toBe(0);
    await page.getByRole('button', { name: 'Show channels' }).click();
    await page.getByRole('link', { name: /engineering/ }).click();
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    await page.locator('h1', { hasText: 'engineering' }).waitFor();
    await page.getByRole('button', { name: 'Members' }).click();
    await page.getByRole('dialog', { name: 'Members' }).getByText('Omar Haddad').waitFor();
    await page.getByRole('button', { name: 'Close' }).click();
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    expect(problems).toEqual([]);
    await close();
  });
});
