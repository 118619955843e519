import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { connectBrowser, describeInBrowser, openWindow } from '../support/browser';
import { within } from '../support/deadline';
import { builtDemo, userEnvironment } from '../support/demo';

const golden = 'tests/replay/failed-send.ndjson';

const running = new Set<ChildProcess>();
afterEach(() => {
  for (const child of running) child.kill('SIGKILL');
});

/** The command in a process of its own. */
function start(...args: string[]) {
  const program = ['--import', 'tsx', 'src/replay/cli/main.ts', 'replay', 'open', ...args];
  const child = spawn(process.execPath, program, {
    env: { ...userEnvironment, DISPLAY: undefined, WAYLAND_DISPLAY: undefined },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  child.once('close', () => running.delete(child));
  let words = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (words += text));
  const closed = once(child, 'close') as Promise<[code: number | null]>;
  return {
    line: async (): Promise<string> => {
      const [line] = (await within(
        60_000,
        Promise.race([
          once(createInterface({ input: child.stdout }), 'line'),
          closed.then(() => {
            throw new Error(words);
          }),
        ]),
        () => `hudhud replay open says nothing: ${words}`,
      )) as [string];
      return line;
    },
    end: async (signal?: NodeJS.Signals) => {
      if (signal !== undefined) child.kill(signal);
      const [code] = await within(20_000, closed, () => 'hudhud replay open does not end');
      return { code, words };
    },
  };
}

/** What is answered to a request as it is written: no client tidies its path. */
const ask = (
  base: URL,
  path: string,
  { host = base.host, method = 'GET' }: { readonly host?: string; readonly method?: string } = {},
) =>
  new Promise<{ readonly status: number; readonly body: Buffer }>((resolve, reject) => {
    const { hostname, port } = base;
    request({ hostname, port, path, method, headers: { host } }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks) });
      });
    })
      .on('error', reject)
      .end();
  });

describeInBrowser('hudhud replay open, in the browser', () => {
  let browser: Browser;
  let folder = '';
  let packed = '';
  beforeAll(async () => {
    browser = await connectBrowser();
    folder = mkdtempSync(join(tmpdir(), 'hudhud-'));
    packed = join(folder, 'packed log #2.ndjson.gz');
    writeFileSync(packed, gzipSync(readFileSync('tests/replay/quiet-day.ndjson')));
  });
  afterAll(async () => {
    await browser.close();
    rmSync(folder, { recursive: true });
  });

  it('serves the page and the named logs, to this machine and its own address only', async () => {
    const command = start(golden, packed, '--no-browser', '--page', builtDemo, '--json');
    const { url } = JSON.parse(await command.line()) as { readonly url: string };
    const base = new URL(url);
    const key = new URLSearchParams(base.hash.slice(1)).get('logs') ?? '';
    expect(base.hostname).toBe('127.0.0.1');
    expect((await ask(base, '/inspector.html')).body.toString()).toContain(
      '<title>Hudhud inspector',
    );
    expect((await ask(base, `/logs/${key}/0`)).body).toEqual(readFileSync(golden));
    expect((await ask(base, `/logs/${key}/1`)).body).toEqual(readFileSync(packed));
    const head = await ask(base, '/inspector.html', { method: 'HEAD' });
    expect([head.status, head.body.length]).toEqual([200, 0]);

    const elsewhere = [
      `/logs/${key}/2`,
      '/logs/0',
      '/index.html',
      '/',
      '/../package.json',
      '/assets/../../../package.json',
      '/..%2f..%2fpackage.json',
      `/logs/${key}/../../../../package.json`,
      '//etc/passwd',
      '/inspector.html%00',
      'http://127.0.0.1/etc/passwd',
    ];
    for (const path of elsewhere) {
      expect({ path, status: (await ask(base, path)).status }).toEqual({ path, status: 404 });
    }
    for (const host of ['evil.example', `evil.example:${base.port}`, '127.0.0.1']) {
      expect((await ask(base, `/logs/${key}/0`, { host })).status).toBe(403);
    }
    expect((await ask(base, '/inspector.html', { host: `localhost:${base.port}` })).status).toBe(
      200,
    );
    expect((await ask(base, '/inspector.html', { method: 'POST' })).status).toBe(405);
    const { headers } = await fetch(`${base.origin}/logs/${key}/0`, {
      headers: { origin: 'http://evil.example' },
    });
    expect(headers.get('access-control-allow-origin')).toBeNull();
    expect(headers.get('content-security-policy')).toContain("default-src 'self'");
    expect((await command.end('SIGINT')).code).toBe(0);
    await expect(fetch(base)).rejects.toThrow();
  });

  it('shows the log by itself, and the next one when it is picked', async () => {
    // there is no desktop here: without the option the address is all that it can give
    const command = start(golden, packed, '--page', builtDemo);
    const window = await openWindow(browser, await command.line());
    const { page } = window;
    const first = /"a":\{"type":"([^"]+)"/.exec(readFileSync(golden, 'utf8'))?.[1] ?? '';
    await page.getByRole('heading', { level: 2, name: first, exact: true }).waitFor();
    await page.locator('.inspector-about', { hasText: 'failed-send.ndjson' }).waitFor();
    await page.getByLabel('Log', { exact: true }).selectOption('packed log #2.ndjson.gz');
    await page.locator('.inspector-about', { hasText: 'packed log #2' }).waitFor();
    expect(window.problems).toEqual([]);
    await window.close();
    expect((await command.end('SIGTERM')).code).toBe(0);
  });
});
