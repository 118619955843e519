import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import type { Window } from '../support/browser';
import { connectBrowser, describeInBrowser, openWindow } from '../support/browser';
import type { Client } from '../support/client';
import { channelId, signIn } from '../support/client';
import { until } from '../support/deadline';
import type { HostServer } from '../support/dropIn/hostServer';
import { serveHostApp } from '../support/dropIn/hostServer';
import {
  enterHostApp,
  hostRows,
  rows,
  sayInHost,
  watchAgreement,
} from '../support/dropIn/hostWindow';
import type { Emulator } from '../support/emulator';
import { startEmulator } from '../support/emulator';
import { watchRows } from '../support/rowWatch';

interface Written {
  readonly message: { readonly message_id: string };
}

interface Listed {
  readonly messages: readonly { readonly content: string }[];
}

const inHost = { rows: hostRows, text: null };

describeInBrowser('the app of the drop-in guide', () => {
  let emulator: Emulator;
  let host: HostServer;
  let browser: Browser;
  let omar: Client;
  let general: string;
  let windows: Window[] = [];

  beforeAll(async () => {
    emulator = await startEmulator();
    [host, browser, omar] = await Promise.all([
      serveHostApp(emulator.url),
      connectBrowser(),
      signIn(emulator.url, 'omar'),
    ]);
    general = await channelId(omar, 'general');
  });
  afterEach(async () => {
    await emulator.setFaults();
    await Promise.all(windows.map((window) => window.close()));
    windows = [];
  });
  afterAll(async () => {
    await browser.close();
    await host.close();
    await emulator.stop();
  });

  const open = async (username: string): Promise<Window> => {
    const window = await openWindow(browser, host.url);
    windows.push(window);
    await enterHostApp(window.page, username);
    return window;
  };
  const textsOf = (page: Page): Promise<string[]> => rows(page).allTextContents();
  /** What the backend says, oldest first. */
  const truth = async (): Promise<readonly string[]> => {
    const { body } = await omar.get<Listed>(`/chat/messages?channelId=${general}`);
    return body.messages.map(({ content }) => content);
  };
  const write = async (content: string): Promise<string> => {
    const { body } = await omar.post<Written>('/chat/messages', { channelId: general, content });
    return body.message.message_id;
  };

  test('shows history, and what others write, change and delete, in its own list and by selectors at once', async () => {
    const { page, problems } = await open('lina');
    expect(await textsOf(page)).toEqual(await truth());
    const disagreements = await watchAgreement(page);
    const id = await write('from somebody else');
    await rows(page).filter({ hasText: 'from somebody else' }).waitFor();
    await omar.send('PUT', `/chat/messages/${id}`, { content: 'changed by somebody else' });
    await rows(page).filter({ hasText: 'changed by somebody else' }).waitFor();
    expect(await rows(page).filter({ hasText: 'from somebody else' }).count()).toBe(0);
    await omar.send('DELETE', `/chat/messages/${id}`);
    await rows(page).filter({ hasText: 'changed by somebody else' }).waitFor({ state: 'detached' });
    expect(await disagreements()).toEqual([]);
    expect(problems).toEqual([]);
  });

  test('shows what one sends as one row from first to last', async () => {
    const { page, problems } = await open('lina');
    const watched = await watchRows(page, inHost);
    const disagreements = await watchAgreement(page);
    await emulator.setFaults({
      delay: { p: 1, minMs: 500, maxMs: 500, methods: ['POST'], paths: ['/chat/messages'] },
    });
    await sayInHost(page, 'one row');
    const row = rows(page).filter({ hasText: 'one row' });
    await row.and(page.locator('[data-status="confirmed"]')).waitFor();
    await write('after it');
    await rows(page).filter({ hasText: 'after it' }).waitFor();
    const { elements, statuses, atOnce } = await watched('one row');
    expect({ elements, atOnce }).toEqual({ elements: 1, atOnce: 1 });
    expect(statuses).toContain('sending');
    expect(statuses.at(-1)).toBe('confirmed');
    expect(statuses).not.toContain('failed');
    expect(await disagreements()).toEqual([]);
    expect(problems).toEqual([]);
  });

  test('agrees with itself in two windows, whatever comes in between', async () => {
    const [lina, sara] = await Promise.all([open('lina'), open('sara')]);
    const both = [lina, sara];
    await Promise.all(both.map(({ page }, i) => sayInHost(page, `hello from window ${i}`)));
    const id = await write('will be changed');
    // both streams break, and are opened again
    host.cutStreams();
    await omar.send('PUT', `/chat/messages/${id}`, { content: 'was changed' });
    await write('the last word');
    const [told, ...shown] = await until(
      () => Promise.all([truth(), textsOf(lina.page), textsOf(sara.page)]),
      (lists) =>
        lists[0].filter((text) => text.startsWith('hello from window')).length === 2 &&
        new Set(lists.map((texts) => JSON.stringify(texts))).size === 1,
      30_000,
    );
    expect(told).toEqual(
      expect.arrayContaining(['hello from window 0', 'hello from window 1', 'was changed']),
    );
    expect(shown).toEqual([told, told]);
    for (const { problems } of both) {
      // but for the connections themselves, which the browser tells of
      expect(problems.filter((problem) => !problem.includes('net::'))).toEqual([]);
    }
  });
});
