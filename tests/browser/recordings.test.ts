import { execFile } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import type { configureStore } from '@reduxjs/toolkit';
import type { createHudhud } from '../../src';
import type { createRecorder, createRecordingStore } from '../../src/replay';
import { createPlayer, readLog } from '../../src/replay';
import { describeInBrowser, connectBrowser, openWindow } from '../support/browser';
import { until } from '../support/deadline';
import type { SseServer } from '../support/sseServer';
import { startSseServer } from '../support/sseServer';

const entry = 'reports/programs/recordings.ts';
const bundle = 'reports/programs/recordings.mjs';

/** What the page has of the package, and what it made of that. */
interface PageScope {
  readonly configureStore: typeof configureStore;
  readonly createHudhud: typeof createHudhud;
  readonly createRecorder: typeof createRecorder;
  readonly createRecordingStore: typeof createRecordingStore;
  recordings: ReturnType<typeof createRecordingStore>;
  say(text: string): void;
}

/** Begins to record in the page. */
async function record(page: Page): Promise<void> {
  await page.waitForFunction('globalThis.createRecordingStore');
  await page.evaluate(() => {
    const scope = globalThis as unknown as PageScope;
    const hudhud = scope.createHudhud({ baseUrl: '/api' });
    scope.recordings = scope.createRecordingStore({ name: 'browser' });
    const recorder = scope.createRecorder({ sink: scope.recordings.sink, redaction: 'none' });
    const store = scope.configureStore({
      reducer: { hudhud: hudhud.reducer },
      middleware: (getDefault) =>
        getDefault({ immutableCheck: false, serializableCheck: false }).concat(recorder.middleware),
    });
    recorder.start();
    scope.say = (content) => {
      store.dispatch(hudhud.actions.sendMessage({ channelId: 'general', content }));
    };
  });
}

const stored = (page: Page) =>
  page.evaluate(async () => (globalThis as unknown as PageScope).recordings.list());

describeInBrowser('recordings in a browser', () => {
  let server: SseServer;
  let browser: Browser;

  beforeAll(async () => {
    await mkdir('reports/programs', { recursive: true });
    await writeFile(
      entry,
      "export * from '../../src/replay';\nexport { createHudhud } from '../../src';\nexport { configureStore } from '@reduxjs/toolkit';\n",
    );
    await promisify(execFile)('node_modules/.bin/esbuild', [
      entry,
      ...['--bundle', '--format=esm', `--outfile=${bundle}`, '--log-level=warning'],
    ]);
    const code = await readFile(bundle, 'utf8');
    server = await startSseServer((response, _n, { url = '' }) => {
      const isCode = url.endsWith('.mjs');
      response.writeHead(200, { 'Content-Type': isCode ? 'text/javascript' : 'text/html' });
      response.end(
        isCode
          ? code
          : '<link rel="icon" href="data:,"><script type="module">import * as all from "/recordings.mjs"; Object.assign(globalThis, all);</script>',
      );
    });
    browser = await connectBrowser();
  }, 60_000);
  afterAll(async () => {
    await browser.close();
    await server.close();
  });

  test('survive a reload, with what was said in the last moment, and come to the same in Node', async () => {
    const { page, problems, close } = await openWindow(browser, server.url);
    await record(page);
    // a page that ends does not wait for a database to be opened
    await until(
      () => stored(page),
      ({ length }) => length === 1,
    );
    await page.evaluate(() => {
      const scope = globalThis as unknown as PageScope;
      for (let n = 1; n <= 20; n += 1) scope.say(`message ${n}`);
      globalThis.location.reload();
    });
    await page.waitForFunction('globalThis.recordings === undefined');
    await record(page);
    // the newest first: the recording of this visit may be there already
    const before = (await stored(page)).at(-1);
    const text = await page.evaluate(
      (id) => (globalThis as unknown as PageScope).recordings.read(id),
      before?.id ?? '',
    );
    const player = createPlayer(readLog(text));
    expect(player.verify()).toEqual([]);
    expect(player.last).toBe(20);
    player.seek(player.last);
    expect(JSON.stringify(player.state)).toContain('message 20');
    expect(problems).toEqual([]);
    await close();
  });
});
