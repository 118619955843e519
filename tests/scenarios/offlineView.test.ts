import { describe, expect, it } from '@jest/globals';
import type { LiftedStore } from '@redux-devtools/instrument';
import { ActionCreators, instrument } from '@redux-devtools/instrument';
import type { UnknownAction } from '@reduxjs/toolkit';
import type { PersistenceOptions } from '../../src';
import type { ScriptedRequest } from '../../src/testing';
import { createFakeOrigin } from '../../src/testing';
import { frame, ids, initFrame, messageFrame, messageId, row } from '../support/hudhudAnswers';
import type { HudhudWorld } from '../support/hudhudWorld';
import { createHudhudWorld, enter } from '../support/hudhudWorld';

const withText: PersistenceOptions = { messageText: true };

interface Place {
  readonly persistence?: PersistenceOptions;
  readonly pages?: (request: ScriptedRequest) => void;
  readonly now?: number;
}

/** Pages of one browser, one after the other or at once. */
function createBrowser() {
  const origin = createFakeOrigin();
  let seed = 0;
  return {
    origin,
    async open({ persistence = withText, pages, now }: Place = {}) {
      seed += 1;
      const tab = origin.tab();
      const world = createHudhudWorld({
        ...{ tab, seed, options: { persistence, shareStream: false } },
        ...(now === undefined ? {} : { now }),
        routes: pages === undefined ? {} : { 'GET /chat/messages': pages },
      });
      await enter(world);
      return Object.assign(world, { tab });
    },
    /** Of the person's own space. */
    entries: () =>
      new Map([...origin.disk].flatMap(([name, all]) => (name.endsWith(ids.me) ? [...all] : []))),
    onDisk: () => JSON.stringify([...origin.disk].map(([space, all]) => [space, [...all]])),
  };
}

const pageOf =
  (rows: readonly object[]) =>
  (request: ScriptedRequest): void => {
    request.json({ success: true, messages: rows, has_more: false });
  };

const textsOf = ({ hudhud, store }: HudhudWorld, channelId: string = ids.general) =>
  hudhud.selectors.selectTimeline(store.getState(), channelId).map(({ content }) => content);
const cachedOf = ({ hudhud, store }: HudhudWorld) =>
  hudhud.selectors.selectTimeline(store.getState(), ids.general).map(({ isCached }) => isCached);
const syncOf = ({ hudhud, store }: HudhudWorld, channelId?: string) =>
  hudhud.selectors.selectSyncStatus(store.getState(), channelId);

/** Reads a workspace and looks at #general. */
async function look(world: HudhudWorld): Promise<void> {
  const { hudhud, store, platform } = world;
  store.dispatch(hudhud.actions.loadWorkspace({ projectSlug: 'hudhud', channelSlug: 'general' }));
  store.dispatch(hudhud.actions.channelOpened({ channelId: ids.general }));
  await platform.settle();
}

describe('what was shown', () => {
  it('is shown by the next page as cached, until the server has confirmed it', async () => {
    const browser = createBrowser();
    const page = await browser.open();
    await page.push(initFrame());
    await look(page);
    await page.push(messageFrame(3));
    await page.platform.advance(2_000);
    page.tab.crash();

    const next = await browser.open({
      pages: pageOf([row(2), row(3, { content: 'was edited' }), row(4)]),
    });
    const { hudhud, store } = next;
    expect(textsOf(next)).toEqual(['message 1', 'message 2', 'message 3']);
    expect(cachedOf(next)).toEqual([true, true, true]);
    const [first] = hudhud.selectors.selectTimeline(store.getState(), ids.general);
    expect(first?.author?.username).toBe('omar');
    const info = hudhud.selectors.selectTimelineInfo(store.getState(), ids.general);
    expect(info).toMatchObject({ isKnown: true, isLive: false, hasOlder: false });
    expect(hudhud.selectors.selectChannelBySlug(store.getState(), 'random')?.name).toBe('random');
    expect(hudhud.selectors.selectProject(store.getState())?.slug).toBe('hudhud');
    expect(syncOf(next)).toMatchObject({ state: 'synced', isCached: true });
    expect(syncOf(next).cachedAt).toBeGreaterThan(0);
    expect(syncOf(next, ids.general)).toMatchObject({ state: 'syncing', isCached: true });
    expect(syncOf(next, ids.random)).toMatchObject({ state: 'synced', isCached: false });

    await next.push(initFrame());
    store.dispatch(hudhud.actions.channelOpened({ channelId: ids.general }));
    await next.platform.settle();
    // the first one was deleted meanwhile
    expect(textsOf(next)).toEqual(['message 2', 'was edited', 'message 4']);
    expect(cachedOf(next)).toEqual([false, false, false]);
    expect(syncOf(next)).toEqual({
      ...{ state: 'synced', pending: 0, failed: 0, isCached: false, cachedAt: null },
    });
  });

  it('stays shown where the server cannot be reached', async () => {
    const browser = createBrowser();
    const page = await browser.open();
    await page.push(initFrame());
    await look(page);
    await page.platform.advance(2_000);
    page.tab.crash();
    const next = await browser.open({
      pages(request) {
        request.fail();
      },
    });
    next.stream().fail();
    next.platform.setOnline(false);
    next.store.dispatch(next.hudhud.actions.channelOpened({ channelId: ids.general }));
    await next.platform.advance(60_000);
    expect(textsOf(next)).toEqual(['message 1', 'message 2']);
    expect(cachedOf(next)).toEqual([true, true]);
    expect(syncOf(next)).toMatchObject({ state: 'offline', isCached: true });
  });

  it('leaves a gap where more happened meanwhile than a page tells', async () => {
    const browser = createBrowser();
    const page = await browser.open();
    await page.push(initFrame());
    await look(page);
    await page.platform.advance(2_000);
    page.tab.crash();
    const next = await browser.open({
      pages(request) {
        request.json({ success: true, messages: [row(8), row(9)], has_more: true });
      },
    });
    await next.push(initFrame());
    next.store.dispatch(next.hudhud.actions.channelOpened({ channelId: ids.general }));
    await next.platform.settle();
    const rows = next.hudhud.selectors.selectTimeline(next.store.getState(), ids.general);
    expect(rows.map(({ content, isCached }) => [content, isCached])).toEqual([
      ['message 1', true],
      ['message 2', true],
      ['message 8', false],
      ['message 9', false],
    ]);
    expect(rows.map(({ gapBefore }) => gapBefore !== null)).toEqual([false, false, true, false]);
  });

  it('gives way to what this visit has heard already', async () => {
    const browser = createBrowser();
    const page = await browser.open();
    await page.push(initFrame());
    await look(page);
    await page.platform.advance(2_000);
    page.tab.crash();
    // a host that says nothing of who is signed in: the stream is the first to know
    const world = createHudhudWorld({
      tab: browser.origin.tab(),
      options: { shareStream: false, persistence: withText, tokens: { getToken: () => 'opaque' } },
    });
    world.hudhud.start();
    await world.platform.settle();
    await world.push(initFrame(), messageFrame(7));
    await world.platform.settle();
    expect(textsOf(world)).toEqual(['message 7']);
  });

  it('is there for a host with a token of its own before the stream is', async () => {
    const browser = createBrowser();
    const page = await browser.open();
    await page.push(initFrame());
    await look(page);
    await page.platform.advance(2_000);
    page.tab.crash();
    const token = [{}, { userId: ids.me }, 'c2ln']
      .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
      .join('.');
    const world = createHudhudWorld({
      tab: browser.origin.tab(),
      options: { shareStream: false, persistence: withText, tokens: { getToken: () => token } },
    });
    world.hudhud.start();
    await world.platform.settle();
    expect(textsOf(world)).toEqual(['message 1', 'message 2']);
    expect(world.hudhud.selectors.selectViewerId(world.store.getState())).toBe(ids.me);
    expect(world.streams).toHaveLength(1);
  });
});

describe('where the stream goes on', () => {
  const told = (id: string, text: string) => `id: ${id}\n${text}`;

  it('is kept with the data that it stands for, and asked for by the next page', async () => {
    const browser = createBrowser();
    const page = await browser.open();
    await page.push(told('e1', initFrame()));
    await look(page);
    await page.platform.advance(2_000);
    expect(browser.entries().get('cursor')).toMatchObject({ lastEventId: 'e1' });
    // every write, as a crash right after it would leave the disk
    page.tab.storage.fate = (_space, changes) => {
      const keys = changes.flatMap((change) => ('put' in change ? [change.put] : []));
      if (keys.includes('cursor') && page.stream().isOpen()) {
        const cursor = changes.find((change) => 'put' in change && change.put === 'cursor');
        const text = JSON.stringify([cursor, changes]);
        if (text.includes('e2')) expect(text).toContain('message 3');
      }
      return 'done';
    };
    await page.push(told('e2', messageFrame(3)));
    await page.platform.advance(2_000);
    expect(browser.entries().get('cursor')).toMatchObject({ lastEventId: 'e2' });
    page.tab.crash();

    const next = await browser.open();
    const [request] = next.server.requests.filter(({ url }) => url.endsWith('/realtime/stream'));
    expect(request?.headers.get('last-event-id')).toBe('e2');
    expect(next.hudhud.selectors.selectStream(next.store.getState())?.lastEventId).toBe('e2');
  });

  it('is not kept without the messages', async () => {
    const browser = createBrowser();
    const page = await browser.open({ persistence: {} });
    await page.push(told('e1', initFrame()));
    await look(page);
    await page.push(told('e2', messageFrame(3)));
    await page.platform.advance(5_000);
    expect([...browser.entries().keys()].sort()).toEqual(['session', 'version']);
    expect(browser.onDisk()).not.toContain('message 3');
    page.tab.crash();
    const next = await browser.open({ persistence: {} });
    const [request] = next.server.requests.filter(({ url }) => url.endsWith('/realtime/stream'));
    expect(request?.headers.get('last-event-id')).toBeNull();
  });
});

describe('a write', () => {
  it('has what changed, many events at once, and nothing else', async () => {
    const browser = createBrowser();
    const page = await browser.open();
    const { hudhud, store, platform, tab } = page;
    await page.push(initFrame());
    await look(page);
    store.dispatch(hudhud.actions.channelOpened({ channelId: ids.random }));
    await platform.advance(2_000);
    const writes: string[][] = [];
    tab.storage.fate = (_space, changes) => {
      writes.push(changes.map((change) => Object.values(change).at(0) as string));
      return 'done';
    };
    for (let n = 10; n < 60; n++) await page.push(messageFrame(n));
    await platform.advance(2_000);
    expect(writes.flat().filter((key) => key !== 'cursor')).not.toContain('channels');
    expect(new Set(writes.flat())).toEqual(new Set([`channel/${ids.general}`, 'cursor']));
    // 50 flushes of 20 ms
    expect(writes.length).toBeLessThanOrEqual(3);
    await platform.advance(60_000);
    expect(writes.length).toBeLessThanOrEqual(3);
  });

  it('keeps the newest messages of the channels that were viewed last', async () => {
    const browser = createBrowser();
    const persistence = { ...withText, channels: 1, messagesPerChannel: 3 };
    const page = await browser.open({
      persistence,
      pages: pageOf(Array.from({ length: 9 }, (_, i) => row(i + 1))),
    });
    const { hudhud, store, platform } = page;
    await page.push(initFrame());
    store.dispatch(hudhud.actions.channelOpened({ channelId: ids.general }));
    await platform.advance(2_000);
    expect(browser.onDisk()).not.toContain('message 6');
    expect(browser.onDisk()).toContain('message 7');
    await page.push(messageFrame(10, { channelId: ids.random }));
    await platform.advance(2_000);
    expect(browser.onDisk()).not.toContain('message 10');
    store.dispatch(hudhud.actions.channelOpened({ channelId: ids.random }));
    await platform.advance(2_000);
    expect(browser.onDisk()).not.toContain('message 9');
    store.dispatch(hudhud.actions.channelOpened({ channelId: ids.general }));
    await page.push(messageFrame(11));
    await platform.advance(2_000);
    page.tab.crash();
    const next = await browser.open({ persistence });
    expect(textsOf(next)).toEqual(['message 8', 'message 9', 'message 11']);
    const info = next.hudhud.selectors.selectTimelineInfo(next.store.getState(), ids.general);
    // what is older is not claimed not to be there
    expect(info).toMatchObject({ hasOlder: true, isLive: false, gaps: [] });
  });

  it('is made at once when the page is hidden', async () => {
    const browser = createBrowser();
    const page = await browser.open();
    await page.push(initFrame());
    await look(page);
    await page.platform.advance(2_000);
    await page.push(messageFrame(3));
    expect(browser.onDisk()).not.toContain('message 3');
    page.platform.setVisible(false);
    await page.platform.settle();
    expect(browser.onDisk()).toContain('message 3');
  });

  it('is made by one tab, and by the next one when that goes', async () => {
    const browser = createBrowser();
    const one = await browser.open();
    const two = await browser.open();
    for (const page of [one, two]) {
      await page.push(initFrame());
      await look(page);
      await page.platform.advance(2_000);
    }
    const before = two.tab.storage.writes();
    await two.push(messageFrame(5));
    await two.platform.advance(5_000);
    expect(two.tab.storage.writes()).toBe(before);
    expect(browser.onDisk()).not.toContain('message 5');
    one.tab.crash();
    await two.platform.advance(2_000);
    expect(browser.onDisk()).toContain('message 5');
  });

  it('takes out what the host does not want kept any more', async () => {
    const browser = createBrowser();
    const page = await browser.open();
    await page.push(initFrame());
    await look(page);
    await page.platform.advance(2_000);
    expect(browser.onDisk()).toContain('message 1');
    page.tab.crash();
    const next = await browser.open({ persistence: {} });
    await next.platform.advance(2_000);
    expect(textsOf(next)).toEqual([]);
    expect(browser.onDisk()).not.toContain('message 1');
    expect([...browser.entries().keys()].sort()).toEqual(['session', 'version']);
  });

  it('has nothing of a state that somebody travelled to or imported (L19)', async () => {
    const browser = createBrowser();
    const tab = browser.origin.tab();
    const world = createHudhudWorld({
      tab,
      options: { shareStream: false, persistence: withText },
      enhancer: instrument(),
    });
    await enter(world);
    await world.push(initFrame());
    await look(world);
    world.store.dispatch(
      world.hudhud.actions.sendMessage({ channelId: ids.random, content: 'mine' }),
    );
    await world.platform.advance(2_000);
    const { liftedStore } = world.store as unknown as {
      readonly liftedStore: LiftedStore<unknown, UnknownAction, null>;
    };
    const exported = JSON.stringify(liftedStore.getState());
    const foreign = JSON.parse(
      exported.replaceAll('message 1', 'foreign').replaceAll('mine', 'theirs'),
    ) as Parameters<typeof ActionCreators.importState>[0];
    liftedStore.dispatch(ActionCreators.importState(foreign) as never);
    expect(textsOf(world)).toContain('foreign');
    await world.push(messageFrame(5));
    world.platform.setVisible(false);
    await world.platform.advance(5_000);
    expect(browser.onDisk()).not.toContain('foreign');
    expect(browser.onDisk()).not.toContain('theirs');
  });
});

describe('every kind of message', () => {
  it('comes back as it was', async () => {
    const browser = createBrowser();
    const file = { id: 'f1', name: 'a.png', size: 3, url: '/f1', mimetype: 'image/png' };
    const users = [{ userId: ids.me, username: 'lina', createdAt: '2025-09-01T03:00:00.000Z' }];
    const rows = [
      row(1, { thread_count: 2, metadata: { deep: { a: [1, null] } } }),
      row(2, { edited_at: '2025-09-01T03:00:00.000Z', content: 'edited' }),
      row(3, { deleted_at: '2025-09-01T03:00:00.000Z', thread_count: 1 }),
      row(4, { type: 'image', content: '', files: [file] }),
      row(5, { reactions: [{ emoji: '👍', count: 3, users, has_reacted: true }] }),
      row(6, { user_id: null, from_agent: 'helper', type: 'agent', is_read: true }),
    ];
    const page = await browser.open({ pages: pageOf(rows) });
    await page.push(initFrame());
    page.store.dispatch(page.hudhud.actions.channelOpened({ channelId: ids.general }));
    // an edit whose time nobody says
    const news = { action: 'updated', message_id: messageId(1), channelId: ids.general };
    await page.push(frame('channel_message', { ...news, content: 'said anew' }));
    await page.platform.advance(2_000);
    const before = page.hudhud.selectors.selectTimeline(page.store.getState(), ids.general);
    expect(before).toHaveLength(6);
    page.tab.crash();
    const next = await browser.open({});
    const after = next.hudhud.selectors.selectTimeline(next.store.getState(), ids.general);
    // when it was edited nobody knows: that it was is kept
    const plain = ({ author, editedAt: _, ...shown }: (typeof before)[number]) => ({
      ...shown,
      isCached: null,
      author: author?.username ?? null,
    });
    expect(after.map(plain)).toEqual(before.map(plain));
    expect(after.map(({ isEdited }) => isEdited)).toEqual(before.map(({ isEdited }) => isEdited));
  });
});
