import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { expect, it } from '@jest/globals';
import { inEachAppearance } from '../support/appearances';
import { describeInBrowser } from '../support/browser';
import { lowContrast } from '../support/contrast';
import { smallLog } from '../support/logs';
import { shapes, useInspector } from '../support/inspectorPage';

const golden = readFileSync('tests/replay/ten-reconnects.ndjson', 'utf8');

/** A log with lines of it changed. */
function changed(change: (lines: string[]) => void): Buffer {
  const lines = golden.trimEnd().split('\n');
  change(lines);
  return Buffer.from(`${lines.join('\n')}\n`);
}

const numbersOf = (lines: readonly string[]): number[] =>
  lines.flatMap((line, n) => (line.startsWith('{"i":') ? [n] : []));

describeInBrowser('a log with broken lines in the inspector', () => {
  const inspector = useInspector();
  const show = (name: string, buffer: Buffer) =>
    inspector.show({ name, buffer, mimeType: 'application/octet-stream' });

  it('says how many lines are broken and where, and plays what is left, in the light and in the dark', async () => {
    let all: number[] = [];
    const broken = changed((lines) => {
      all = numbersOf(lines);
      // one that is no line any more, one that was edited, one that is no action any more
      lines[all[40] ?? 0] = 'ink was spilled here';
      lines[all[90] ?? 0] = (lines[all[90] ?? 0] ?? '').replace('"t":', '"t":1');
      lines[all[120] ?? 0] = (lines[all[120] ?? 0] ?? '').replace('"a":{', '"b":{');
    });
    const window = await show('spilled.ndjson', broken);
    const { page } = window;
    const notice = page.getByRole('region', { name: 'Broken lines' });
    await notice.getByRole('alert').getByText('3 lines of this log are broken.').waitFor();
    await notice.getByText('Where (3)').press('Enter');
    const places = notice.getByRole('listitem');
    const said = [40, 90, 120].map((n) => `Line ${(all[n] ?? 0) + 1}`);
    const texts = await places.allTextContents();
    expect(texts.map((text, i) => text.slice(0, said[i]?.length))).toEqual(said);
    expect(texts.join('\n')).toMatch(/LOG_DAMAGED[^]*LOG_DAMAGED[^]*LOG_INVALID/);
    expect(await page.locator('.inspector-drawing .mark-broken').count()).toBe(3);
    // two actions are gone, and those that are left are counted anew
    await page.getByText(`${all.length - 2} actions`).waitFor();
    await places.getByRole('button').nth(1).press('Enter');
    await page.getByText(`before action 89 of ${all.length - 2}`).waitFor();
    await inEachAppearance(page, async (colorScheme) => {
      expect(await lowContrast(page, shapes)).toEqual([]);
      await page.screenshot({ path: `reports/inspector-broken-${colorScheme}.png` });
    });
    await page.getByLabel('Position').press('End');
    await page.getByRole('heading', { name: 'The end' }).waitFor();
    expect(window.problems).toEqual([]);
    await window.close();
  });

  it('says that a sound log is of other reducers, and opens the next one', async () => {
    const window = await show('foreign.ndjson', Buffer.from(smallLog()));
    const { page } = window;
    await page.getByRole('alert').getByText('This log cannot be shown here').waitFor();
    await page.getByLabel('Open a log').setInputFiles('tests/replay/quiet-day.ndjson');
    await page.getByText('verified').waitFor();
    expect(await page.getByRole('alert').count()).toBe(0);
    await window.close();
  });

  it('opens a packed log as far as it can be unpacked', async () => {
    // chance is not packed: the file is about as long as its text
    const packed = gzipSync(golden, { level: 1 });
    const window = await show('half.ndjson.gz', packed.subarray(0, packed.length / 2));
    const { page } = window;
    const notice = page.getByRole('region', { name: 'Broken lines' });
    await notice.getByText(/^Where \(\d\)$/).press('Enter');
    await notice.getByText(/cannot be unpacked behind line \d+/).waitFor();
    await page.getByLabel('Position').press('End');
    await page.getByRole('heading', { name: 'The end' }).waitFor();
    expect(window.problems).toEqual([]);
    await window.close();
  });

  it('goes on over an action that is none any more', async () => {
    const broken = changed((lines) => {
      const n = lines.findIndex((line) => line.includes('"stream/') && line.includes('"events":['));
      lines[n] = (lines[n] ?? '').replace('"events":[', '"events":null,"others":[');
    });
    const window = await show('edited.ndjson', broken);
    const { page } = window;
    const notice = page.getByRole('region', { name: 'Broken lines' });
    await notice.getByText('Where (2)').press('Enter');
    await notice.getByText('cannot be applied: it is passed over').waitFor();
    await page.getByLabel('Position').press('End');
    await page.getByRole('heading', { name: 'The end' }).waitFor();
    expect(window.problems).toEqual([]);
    await window.close();
  });

  it('says nothing of the kind of a log that only ends early', async () => {
    const lines = golden.split('\n');
    const cut = Buffer.from(`${lines.slice(0, 60).join('\n')}\n${lines[60]?.slice(0, 30) ?? ''}`);
    const window = await show('cut.ndjson', cut);
    await window.page.getByText('not whole').waitFor();
    await window.page.getByText('verified').waitFor();
    expect(await window.page.getByRole('region', { name: 'Broken lines' }).count()).toBe(0);
    await window.close();
  });
});
