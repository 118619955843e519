import { expect, test } from '@jest/globals';
import { describeInBrowser } from '../support/browser';
import { useBuiltDemo } from '../support/builtDemo';
import { confirmed, messageWith, openStreams, say, signInOn } from '../support/chatPage';
import { channelId, signIn } from '../support/client';
import { until } from '../support/deadline';
import { messagesIn, messagesOn } from '../support/shownMessages';

/** `npm run test:crashes` asks for more. */
const kills = Number(process.env['HUDHUD_KILLS'] ?? 2);
const perKillMs = 60_000;

describeInBrowser('a backend that is killed again and again under traffic', () => {
  const site = useBuiltDemo({ keepsData: true });

  test(
    'has every message once in the end, and the page shows what it has',
    async () => {
      const { page } = await site.visit({
        viewport: { width: 1280, height: 1400 },
      });
      await signInOn(page, 'lina');
      for (let kill = 1; kill <= kills; kill++) {
        const name = `round ${kill}`;
        const omar = await signIn(site.emulator.url, 'omar');
        const general = await channelId(omar, 'general');
        const post = (text: string) =>
          omar.post('/chat/messages', { channelId: general, content: `${name} omar ${text}` }).then(
            ({ status }) => status < 300,
            () => false,
          );
        await say(page, `${name} lina 1`);
        expect(await post('1')).toBe(true);
        // both are under way as it dies
        const underWay = post('2');
        await say(page, `${name} lina 2`);
        await site.emulator.kill();
        const isTaken = await underWay;
        await say(page, `${name} lina 3`);
        await site.emulator.restart();
        expect(await post('3')).toBe(true);

        const retry = page.getByRole('button', { name: 'Retry now' });
        if (await retry.isVisible()) await retry.press('Enter').catch(() => undefined); // it may have come back by itself
        for (const text of ['lina 1', 'lina 2', 'lina 3', 'omar 1', 'omar 3']) {
          await confirmed(messageWith(page, `${name} ${text}`)).waitFor({ timeout: perKillMs });
        }
        await page.getByText('Live', { exact: true }).waitFor({ timeout: perKillMs });

        const database = await messagesIn(omar, general);
        const ofRound = database.filter(({ text }) => text.startsWith(`${name} `));
        const texts = ofRound.map(({ text }) => text.slice(name.length + 1)).sort();
        const unsure = texts.includes('omar 2') || isTaken ? ['omar 2'] : [];
        expect(texts).toEqual(['lina 1', 'lina 2', 'lina 3', 'omar 1', ...unsure, 'omar 3']);
        const said = database.flatMap(({ text }) => (text.startsWith('round') ? [text] : []));
        expect(new Set(said).size).toBe(said.length);
        await until(
          async () => (await messagesOn(page)).filter(({ text }) => text.startsWith(`${name} `)),
          (shown) => JSON.stringify(shown) === JSON.stringify(ofRound),
          perKillMs,
        );
        await until(
          () => openStreams(site.emulator.url),
          (count) => count === 1,
        );
      }
    },
    kills * perKillMs + 60_000,
  );
});
