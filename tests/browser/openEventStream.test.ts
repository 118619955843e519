import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import type * as transport from '../../src/transport';
import { describeInBrowser, connectBrowser, openWindow } from '../support/browser';
import { readNaively } from '../support/naiveEventStream';
import type { SseServer } from '../support/sseServer';
import { openSse, startSseServer, writeByteByByte } from '../support/sseServer';
import { streamScripts } from '../support/streamScripts';

const bundle = 'reports/programs/transport.mjs';
const names = Object.keys(streamScripts);
const scriptAt = (index: number) => streamScripts[names[index] ?? ''] ?? '';

const ids = [
  { name: 'an id above U+00FF', id: 'ид-☃-😀', isSent: true },
  { name: 'an id with a tab', id: 'a\tb', isSent: true },
  { name: 'an id that no header can carry', id: 'a\u0001b', isSent: false },
  { name: 'an id that no server takes', id: 'x'.repeat(20_000), isSent: false },
];

interface Answer {
  readonly events: readonly transport.StreamEvent[];
  readonly codes: readonly string[];
}

interface PageScope {
  readonly openEventStream: typeof transport.openEventStream;
}

/** Reads in the page until so many connections have ended. */
function read(page: Page, url: string, ends = 1) {
  return page.evaluate(
    ({ url: address, ends: most }) =>
      new Promise<Answer>((resolve) => {
        const events: transport.StreamEvent[] = [];
        const codes: string[] = [];
        const stream = (globalThis as unknown as PageScope).openEventStream(
          address,
          { initialDelayMs: 1 },
          {
            onEvent: (event) => events.push(event),
            onError({ code, fatal }) {
              codes.push(code);
              if (codes.length < most && !fatal) return;
              stream.close();
              resolve({ events, codes });
            },
          },
        );
      }),
    { url, ends },
  );
}

/** What the browser's own client makes of it. */
function readNatively(page: Page, url: string, types: readonly string[]) {
  return page.evaluate(
    ({ url: address, types: known }) =>
      new Promise<transport.StreamEvent[]>((resolve) => {
        const events: transport.StreamEvent[] = [];
        const source = new EventSource(address);
        for (const type of known) {
          source.addEventListener(type, ({ data, lastEventId }: MessageEvent<string>) => {
            events.push({ type, data, id: lastEventId });
          });
        }
        source.onerror = () => {
          source.close();
          resolve(events);
        };
      }),
    { url, types },
  );
}

describeInBrowser('openEventStream in a browser', () => {
  let server: SseServer;
  let browser: Browser;
  let page: Page;
  let problems: readonly string[];

  beforeAll(async () => {
    await promisify(execFile)('node_modules/.bin/esbuild', [
      'src/transport/index.ts',
      ...['--bundle', '--format=esm', `--outfile=${bundle}`, '--log-level=warning'],
    ]);
    const code = await readFile(bundle, 'utf8');
    server = await startSseServer(async (response, _n, { url = '' }) => {
      const [, kind = '', index = ''] = url.split('/');
      if (kind === 'script') {
        openSse(response);
        await writeByteByByte(response, scriptAt(Number(index)));
        response.end();
      } else if (kind === 'ids') {
        openSse(response);
        response.end(`id: ${ids[Number(index)]?.id ?? ''}\ndata: a\n\n`);
      } else if (kind === 'gone') {
        response.writeHead(204).end();
      } else {
        const isCode = kind === 'transport.mjs';
        response.writeHead(200, { 'Content-Type': isCode ? 'text/javascript' : 'text/html' });
        response.end(
          isCode
            ? code
            : '<link rel="icon" href="data:,"><script type="module">import * as all from "/transport.mjs"; Object.assign(globalThis, all);</script>',
        );
      }
    });
    browser = await connectBrowser();
    ({ page, problems } = await openWindow(browser, server.url));
    await page.waitForFunction('openEventStream');
  }, 60_000);
  afterAll(async () => {
    await browser.close();
    await server.close();
  });

  test.each(names.map((name, index) => ({ name, index })))(
    'reads as the standard says, and as the browser itself does: $name',
    async ({ index }) => {
      const { events } = readNaively(new TextEncoder().encode(scriptAt(index)));
      const url = `/script/${index}`;
      expect(await read(page, url)).toEqual({ events, codes: ['STREAM_ENDED'] });
      const types = [...new Set(['message', ...events.map(({ type }) => type)])];
      expect(await readNatively(page, url, types)).toEqual(events);
    },
  );

  test.each(ids.map((id, index) => ({ ...id, index })))(
    'goes on from $name',
    async ({ id, isSent, index }) => {
      const url = `/ids/${index}`;
      const { events, codes } = await read(page, url, 2);
      expect(codes).toEqual(['STREAM_ENDED', 'STREAM_ENDED']);
      expect(events.map((event) => event.id)).toEqual([id, id]);
      const asked = server.requests.filter((request) => request.url === url);
      const header = asked[1]?.headers['last-event-id'];
      expect(header && Buffer.from(String(header), 'latin1').toString()).toBe(
        isSent ? id : undefined,
      );
    },
  );

  test('ends at 204, and leaves the console quiet', async () => {
    expect(await read(page, '/gone', 9)).toEqual({ events: [], codes: ['STREAM_REFUSED'] });
    expect(problems).toEqual([]);
  });
});
