import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { buildSync } from 'esbuild';
import type { Browser, Page } from 'playwright-core';
import type { UploadLike, UploadReply } from '../../src/platform/upload';
import { describeInBrowser, connectBrowser, openWindow } from '../support/browser';
import { root } from '../support/documents';
import type { SseScript, SseServer } from '../support/sseServer';
import { refuse, startSseServer, until } from '../support/sseServer';

/** The port as a page has it. */
interface PortScope {
  readonly port: { readonly createUpload: (fetch: unknown) => UploadLike };
}

interface Outcome {
  readonly reply: UploadReply | null;
  readonly failure: string | null;
  readonly progress: readonly number[];
}

const size = 4 * 1_024 * 1_024;

/** Uploads from within the page; called off at the first step if that is wanted. */
function uploadIn(page: Page, isCalledOff = false): Promise<Outcome> {
  return page.evaluate(
    async ([bytes, callOff]) => {
      const scope = globalThis as unknown as PortScope;
      const progress: number[] = [];
      const controller = new AbortController();
      const upload = scope.port.createUpload(null);
      try {
        const reply = await upload({
          url: '/api/upload',
          headers: { Authorization: 'Bearer s3cr3t' },
          file: new Blob([new Uint8Array(bytes)]),
          name: 'a.bin',
          withCredentials: true,
          signal: controller.signal,
          onProgress(loaded) {
            progress.push(loaded);
            if (callOff) controller.abort();
          },
        });
        return { reply, failure: null, progress };
      } catch (error) {
        return { reply: null, failure: (error as Error).name, progress };
      }
    },
    [size, isCalledOff] as const,
  );
}

describeInBrowser('the port for uploads, by a real XMLHttpRequest', () => {
  let browser: Browser;
  let server: SseServer;
  let answer: SseScript;
  let page: Page;
  let close: () => Promise<void>;

  beforeAll(async () => {
    const bundle = buildSync({
      entryPoints: [join(root, 'src/platform/upload.ts')],
      ...{ bundle: true, write: false, format: 'iife', globalName: 'port' },
    }).outputFiles[0]?.text;
    server = await startSseServer((response, n, request) => {
      if (request.method === 'POST') return answer(response, n, request);
      const html = `<!doctype html><link rel="icon" href="data:,"><script>${bundle ?? ''}</script>`;
      refuse(response, 200, { 'Content-Type': 'text/html' }, html);
    });
    browser = await connectBrowser();
    ({ page, close } = await openWindow(browser, server.url));
  }, 60_000);
  afterAll(async () => {
    await close();
    await browser.close();
    await server.close();
  });

  test('tells how far it is while it goes, and what was answered', async () => {
    let received = 0;
    answer = async (response, _n, request) => {
      for await (const chunk of request) received += (chunk as Uint8Array).byteLength;
      refuse(response, 503, { 'Retry-After': '7' }, request.headers.authorization);
    };
    const { reply, progress } = await uploadIn(page);
    expect(reply).toEqual({ status: 503, text: 'Bearer s3cr3t', retryAfter: '7' });
    expect(received).toBeGreaterThan(size);
    expect(progress.at(-1)).toBe(size);
    expect(progress).toEqual([...progress].sort((a, b) => a - b));
  });

  test('is called off by its signal, and the server hears of it', async () => {
    let isGone = false;
    answer = (_response, _n, request) => {
      request.socket.on('close', () => {
        isGone = true;
      });
      request.resume();
    };
    expect(await uploadIn(page, true)).toMatchObject({ reply: null, failure: 'AbortError' });
    await until(() => isGone, 'the socket closes');
  });

  test('fails where the connection drops', async () => {
    answer = (response) => void response.destroy();
    expect(await uploadIn(page)).toMatchObject({ reply: null, failure: 'TypeError' });
  });
});
