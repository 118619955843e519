import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import {
  composer,
  confirmed,
  enter,
  messageWith,
  openStreams,
  say,
  shownIds,
  signInOn,
} from '../support/chatPage';
import type { Window } from '../support/browser';
import { describeInBrowser, connectBrowser, openWindow } from '../support/browser';
import { useBuiltDemo } from '../support/builtDemo';
import { channelId, signIn } from '../support/client';
import { until } from '../support/deadline';
import type { Demo } from '../support/demo';
import { startDemo } from '../support/demo';
import type { Emulator } from '../support/emulator';
import { startEmulator } from '../support/emulator';

describeInBrowser('a demo that builds itself, among people who talk', () => {
  let emulator: Emulator;
  let demo: Demo;
  let browser: Browser;

  beforeAll(async () => {
    emulator = await startEmulator(['--traffic', '--traffic-rate', '4']);
    [demo, browser] = await Promise.all([
      startDemo(['--built', '--backend', emulator.url]),
      connectBrowser(),
    ]);
  });
  afterAll(async () => {
    await browser.close();
    await demo.stop();
    await emulator.stop();
  });

  test('signing in shows the history and what comes live, over one stream, without a word in the console', async () => {
    const { page, problems } = await openWindow(browser, demo.url);
    const streams: string[] = [];
    page.on('request', (request) => {
      if (request.url().includes('/realtime/stream')) streams.push(request.url());
    });
    await signInOn(page, 'lina');
    expect(page.url()).toBe(`${demo.url}/hudhud/general`);
    const before = await shownIds(page);
    expect(before.length).toBeGreaterThan(3);

    // the bots write on their own
    await until(
      () => shownIds(page),
      (ids) => ids.some((id) => !before.includes(id)),
      30_000,
    );
    expect(await openStreams(emulator.url)).toBe(1);
    expect(streams).toEqual([`${demo.url}/api/realtime/stream`]);
    expect(problems).toEqual([]);
  });
});

describeInBrowser('a conversation in the built demo', () => {
  const site = useBuiltDemo();
  let windows: Window[] = [];

  const open = async (path = '/'): Promise<Window> => {
    const window = await site.visit({}, path);
    windows.push(window);
    return window;
  };

  beforeEach(async () => {
    // the windows of the test before are gone for the server too
    await until(
      () => openStreams(site.emulator.url),
      (count) => count === 0,
    );
  });
  afterEach(async () => {
    await Promise.all(windows.map((window) => window.close()));
    windows = [];
  });

  test('what one window sends appears in another, and so does that somebody types', async () => {
    const [one, two] = await Promise.all([open(), open()]);
    await Promise.all([signInOn(one.page, 'omar'), signInOn(two.page, 'sara')]);
    expect(await openStreams(site.emulator.url)).toBe(2);

    await composer(one.page).pressSequentially('is anybody here');
    await two.page.getByText(/Omar Haddad.? is typing/).waitFor();
    await composer(one.page).press('Enter');
    await messageWith(two.page, 'is anybody here').waitFor();
    await messageWith(one.page, 'is anybody here').waitFor();

    await say(two.page, 'two lines:\n`code`, https://hudhud.example/board/42 and <b>no markup</b>');
    const row = messageWith(one.page, '<b>no markup</b>');
    await row.waitFor();
    expect(await row.locator('code').textContent()).toBe('code');
    const link = row.locator('a');
    expect(await link.getAttribute('href')).toBe('https://hudhud.example/board/42');
    expect(await link.getAttribute('rel')).toContain('noopener');
    expect(await messageWith(one.page, 'is anybody here').count()).toBe(1);
    expect([...one.problems, ...two.problems]).toEqual([]);
  });

  test('a reader at the end stays there in a storm, and one who went up is not moved', async () => {
    const { page } = await open();
    await signInOn(page, 'lina');
    const sara = await signIn(site.emulator.url, 'sara');
    const general = await channelId(sara, 'general');
    const storm = (name: string) =>
      Promise.all(
        Array.from({ length: 40 }, (_unused, at) =>
          sara.post('/chat/messages', { channelId: general, content: `${name} ${at}` }),
        ),
      );
    const pill = page.locator('.unseen-pill');

    await storm('hail');
    await sara.post('/chat/messages', { channelId: general, content: 'it is over' });
    await messageWith(page, 'it is over').waitFor();
    expect(await pill.count()).toBe(0);

    await page.locator('.message-list-scroller').hover();
    await page.mouse.wheel(0, -600);
    await pill.waitFor();
    const before = await shownIds(page);
    await storm('rain');
    await pill.getByText(/^[4-9]\d new messages$/).waitFor();
    expect(await shownIds(page)).toEqual(expect.arrayContaining(before.slice(0, 5)));
    await pill.click();
    await messageWith(page, 'rain').last().waitFor();
    await pill.waitFor({ state: 'hidden' });
  });

  test('a wrong password is said, and the right one is taken then', async () => {
    const { page } = await open();
    await enter(page, 'lina', 'hudhud-dem0');
    await page.getByText('That name and password do not go together.').waitFor();
    expect(await openStreams(site.emulator.url)).toBe(0);
    await signInOn(page, 'lina');
  });

  test('a message that cannot be sent yet says why, and goes out by itself', async () => {
    // not where another test has just let it rain: whether it arrived would take several pages to tell
    const { page } = await open('/hudhud/engineering');
    await signInOn(page, 'lina');
    await page.route('**/api/chat/messages', (route) => route.abort());
    await say(page, 'kept for later');
    const row = messageWith(page, 'kept for later');
    await row.getByText(/Not sent yet|Checking whether it arrived/).waitFor();
    expect(await composer(page).inputValue()).toBe('');

    await page.unroute('**/api/chat/messages');
    await confirmed(row).waitFor();
    expect(await row.count()).toBe(1);
  });

  test('no token is anywhere that a script, a log or a screenshot could find it', async () => {
    const { page } = await open();
    const answer = page.waitForResponse((response) => response.url().endsWith('/auth/login'));
    await signInOn(page, 'lina');
    const { tokens } = (await (await answer).json()) as {
      readonly tokens: { readonly accessToken: string };
    };
    const found = await page.evaluate(() =>
      JSON.stringify([
        Object.entries(localStorage),
        Object.entries(sessionStorage),
        location.href,
        document.cookie,
        document.documentElement.outerHTML,
        (window as { readonly __SSE_STATUS__?: unknown }).__SSE_STATUS__,
      ]),
    );
    expect(found).toContain('"connectionStatus":"connected"');
    expect(found).not.toContain(tokens.accessToken);
    expect(found).not.toMatch(/eyJ[\w-]{8,}\.|hudhud-demo/);
  });

  test('a reload goes on with the session, and signing out ends it', async () => {
    const { page, problems } = await open('/hudhud/engineering');
    await signInOn(page, 'sara');
    await page.reload();
    await page.locator('.message-row').first().waitFor();
    expect(await page.locator('h1').textContent()).toBe('engineering');

    await page.getByRole('button', { name: 'Settings' }).click();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'Welcome to Hudhud' }).waitFor();
    await until(
      () => openStreams(site.emulator.url),
      (count) => count === 0,
    );
    await page.reload();
    await page.getByRole('heading', { name: 'Welcome to Hudhud' }).waitFor();
    expect(problems).toEqual([]);
  });

  test('a session that the server ends is told beside what is shown, and leads to the sign-in', async () => {
    const { page } = await open();
    const refuse = { status: 401, contentType: 'application/json', body: '{"success":false}' };
    await signInOn(page, 'lina');
    await page.route('**/api/**', (route) => route.fulfill(refuse));
    await say(page, 'nobody takes this any more');
    await page.getByText('Your session has ended. Sign in again to go on.').waitFor();
    // what is shown stays, and what was not sent too
    await messageWith(page, 'nobody takes this any more').waitFor();

    await page.unrouteAll();
    await page.locator('.strip').getByRole('button', { name: 'Sign in' }).press('Enter');
    await page.getByRole('heading', { name: 'Welcome to Hudhud' }).waitFor();
    await page.getByText('Your session has ended. Sign in again to go on.').waitFor();
    await signInOn(page, 'omar');
    expect(await page.locator('.viewer-bar-username').textContent()).toBe('omar');
  });

  test('the page goes where the address says, and elsewhere when a channel is gone', async () => {
    const { page, problems } = await open('/hudhud/nowhere');
    await signInOn(page, 'lina');
    expect(page.url()).toBe(`${site.url}/hudhud/general`);
    await page.getByText('That channel is not available').waitFor();

    const lina = await signIn(site.emulator.url, 'lina');
    const { body } = await lina.get<{ readonly project: { readonly project_id: string } }>(
      '/workspace/hudhud/general',
    );
    await lina.post(`/projects/${body.project.project_id}/channels`, { name: 'short lived' });
    await page.getByRole('link', { name: 'short lived' }).click();
    await page.getByText(/Nothing in .?#short lived.? yet/).waitFor();
    await page.goBack();
    await page.locator('h1', { hasText: 'general' }).waitFor();
    await page.goForward();
    await page.locator('h1', { hasText: 'short lived' }).waitFor();

    await lina.send('DELETE', `/chat/channels/${await channelId(lina, 'short-lived')}`);
    await page.locator('h1', { hasText: 'general' }).waitFor();
    expect(page.url()).toBe(`${site.url}/hudhud/general`);
    expect(problems).toEqual([]);
  });

  test('all of it can be done by keyboard', async () => {
    const { page } = await open();
    await page.getByRole('heading', { name: 'Welcome to Hudhud' }).waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter'); // the first person
    await page.locator('.message-row').first().waitFor();

    await page.keyboard.press('Control+k');
    await page.keyboard.type('engin');
    await page.keyboard.press('Enter');
    await page.locator('h1', { hasText: 'engineering' }).waitFor();
    await page.keyboard.type('typed without a mouse');
    await page.keyboard.press('Shift+Enter');
    await page.keyboard.type('on two lines');
    await page.keyboard.press('Enter');
    await messageWith(page, 'on two lines').waitFor();

    await page.keyboard.press('Alt+ArrowUp');
    await page.locator('h1', { hasText: 'general' }).waitFor();
    await page.keyboard.press('Alt+ArrowDown');
    await messageWith(page, 'typed without a mouse').waitFor();

    await page.setViewportSize({ width: 390, height: 780 });
    await page.getByRole('button', { name: 'Show channels' }).press('Enter');
    await page.getByRole('dialog', { name: 'Channels' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog', { name: 'Channels' }).waitFor({ state: 'hidden' });
  });
});
