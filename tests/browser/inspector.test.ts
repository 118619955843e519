import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { inEachAppearance } from '../support/appearances';
import type { Window } from '../support/browser';
import { describeInBrowser } from '../support/browser';
import { lowContrast } from '../support/contrast';
import { readLog } from '../../src/replay/readLog';
import { shapes, useInspector } from '../support/inspectorPage';

const golden = 'tests/replay/failed-send.ndjson';

describeInBrowser('the inspector', () => {
  const { open, show } = useInspector();
  const position = (page: Page) => page.getByLabel('Position');
  const shot = async ({ page }: Window, name: string): Promise<void> => {
    await page.screenshot({ path: `reports/inspector-${name}.png`, fullPage: true });
  };

  it('opens a golden log, in the light and in the dark', async () => {
    const window = await show(golden);
    const { page } = window;
    await page.getByText('verified').waitFor();
    expect(await page.getByText(/^Gaps and errors \(\d+\)$/).count()).toBe(1);
    await position(page).focus();
    await page.keyboard.press('End');
    await page.getByRole('heading', { name: 'The end' }).waitFor();
    expect(
      await page.getByLabel('The chat as it looked').getByRole('listitem').count(),
    ).toBeGreaterThan(3);
    await inEachAppearance(page, async (colorScheme) => {
      expect(await lowContrast(page, shapes)).toEqual([]);
      await shot(window, colorScheme);
    });
    expect(window.problems).toEqual([]);
    await window.close();
  });

  it('draws what happened so that it is seen, in the light and in the dark', async () => {
    const window = await open();
    const { page } = window;
    await page.getByText('Drop a recorded log here').waitFor();
    await inEachAppearance(page, async () => {
      expect(await lowContrast(page)).toEqual([]);
    });
    await page.getByLabel('Open a log').setInputFiles('tests/replay/ten-reconnects.ndjson');
    await page.getByText('verified').waitFor();
    await page.getByText('Gaps and errors (20)').press('Enter');
    await page.getByRole('button', { name: 'the stream came back' }).first().waitFor();
    for (const kind of ['density', 'phase-open', 'phase-waiting', 'mark-gap', 'mark-error']) {
      expect(await page.locator(`svg .${kind}`).count()).toBeGreaterThan(0);
    }
    await inEachAppearance(page, async (colorScheme) => {
      expect(await lowContrast(page, shapes)).toEqual([]);
      await shot(window, `reconnects-${colorScheme}`);
    });
    await window.close();
  });

  it('opens a log that is dropped on it', async () => {
    const { page, problems, close } = await open();
    await page.getByText('Drop a recorded log here').waitFor();
    // a file of the page's own making, in a drag of the browser's own
    const dropped = async (name: string, text: string): Promise<void> => {
      const transfer = await page.evaluateHandle(
        ([given = '', content = '']) => {
          const data = new DataTransfer();
          data.items.add(new File([content], given));
          return data;
        },
        [name, text],
      );
      const place = page.locator('.inspector');
      await place.dispatchEvent('dragover', { dataTransfer: transfer });
      await page.locator('.inspector-over').waitFor();
      await place.dispatchEvent('drop', { dataTransfer: transfer });
      await page.locator('.inspector:not(.inspector-over)').waitFor();
    };
    await dropped('dropped.ndjson', readFileSync(golden, 'utf8'));
    await page.locator('.inspector-about', { hasText: 'dropped.ndjson' }).waitFor();
    await page.getByText('verified').waitFor();
    await dropped('words.txt', 'hello');
    await page.getByRole('alert').getByText('words.txt: Line 1').waitFor();
    expect(problems).toEqual([]);
    await close();
  });

  it('goes along its slider by actions with the arrows, and by time with the pointer', async () => {
    const window = await show(golden);
    const { page } = window;
    await page.getByText('verified').waitFor();
    const slider = position(page);
    const at = () => slider.getAttribute('aria-valuetext');
    await slider.press('ArrowRight');
    expect(await at()).toMatch(/^before action 1, /);
    await slider.press('Shift+ArrowRight');
    expect(await at()).toMatch(/^before action 11, /);
    await slider.press('ArrowLeft');
    expect(await at()).toMatch(/^before action 10, /);
    await slider.press('Home');
    expect(await at()).toMatch(/^before action 0, /);
    const times = readLog(readFileSync(golden)).entries.flatMap((read) =>
      read.kind === 'action' ? [read.entry.t] : [],
    );
    const [start = 0] = times;
    const middle = ((times.at(-1) ?? 0) - start) / 2;
    await slider.fill(String(middle));
    const before = times.filter((t) => t - start <= middle).length - 1;
    expect(await at()).toMatch(new RegExp(`^before action ${before}, `));
    await window.close();
  });

  it('goes step by step with the keyboard, and shows what each step changes', async () => {
    const window = await show(golden);
    const { page } = window;
    await page.getByText('verified').waitFor();
    const lines = readFileSync(golden, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { readonly i?: number; readonly a?: { type: string } });
    const types = lines.flatMap(({ a }) => (a === undefined ? [] : [a.type]));
    const wish = types.indexOf('outbox/sendRequested');
    const step = page.getByLabel('Step', { exact: true });
    for (let at = 0; at < 3; at++) {
      await step.getByRole('heading', { level: 2, name: types[at] ?? '', exact: true }).waitFor();
      await page.keyboard.press('ArrowRight');
    }
    await page.keyboard.press('Home');
    await step.getByRole('heading', { level: 2, name: types[0] ?? '', exact: true }).waitFor();
    for (let at = 0; at < wish; at++) await page.keyboard.press('ArrowRight');
    await step.getByRole('heading', { name: 'outbox/sendRequested' }).waitFor();
    await step.getByRole('heading', { name: 'Pending operations (0)' }).waitFor();
    expect(await step.getByRole('rowheader').allTextContents()).toEqual(
      expect.arrayContaining([expect.stringContaining('outbox')]),
    );
    await page.getByRole('button', { name: 'One on' }).press('Enter');
    await step.getByRole('heading', { name: 'Pending operations (1)' }).waitFor();
    await shot(window, 'step');
    expect(window.problems).toEqual([]);
    await window.close();
  });

  it('plays to the end', async () => {
    const window = await show('tests/replay/quiet-day.ndjson');
    const { page } = window;
    await page.getByLabel('Speed').selectOption('64');
    await page.getByRole('button', { name: 'Play' }).press('Enter');
    await page.getByRole('heading', { name: 'The end' }).waitFor();
    await page.getByRole('button', { name: 'Play' }).waitFor();
    await window.close();
  });

  it('says what is wrong with a file, and opens the next one', async () => {
    const window = await show('README.md');
    const { page } = window;
    const alert = page.getByRole('alert');
    await alert.waitFor();
    expect(await alert.textContent()).toContain('this is no log');
    await page.getByLabel('Open a log').setInputFiles(golden);
    await page.getByText('verified').waitFor();
    expect(await alert.count()).toBe(0);
    await window.close();
  });
});
