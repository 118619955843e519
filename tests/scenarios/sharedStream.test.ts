import { describe, expect, it } from '@jest/globals';
import type { ScriptedRequest } from '../../src/testing';
import {
  grant,
  ids,
  initFrame,
  jwt,
  me,
  messageFrame,
  refuse,
  row,
  typingFrame,
} from '../support/hudhudAnswers';
import type { Routes } from '../support/hudhudWorld';
import type { Tab, Tabs } from '../support/tabs';
import { createTabs } from '../support/tabs';

/** What the server has; pages tell it. */
function createRows(count: number) {
  const rows = Array.from({ length: count }, (_, i) => row(i + 1));
  return {
    rows,
    routes: {
      'GET /chat/messages': (request: ScriptedRequest) => {
        request.json({ success: true, messages: rows.slice(-50), has_more: false });
      },
    },
  };
}

const textsOf = ({ hudhud, store }: Tab) =>
  hudhud.selectors.selectTimeline(store.getState(), ids.general).map(({ content }) => content);
const look = ({ hudhud, store }: Tab) => {
  store.dispatch(hudhud.actions.channelOpened({ channelId: ids.general }));
};
const isLive = ({ hudhud, store }: Tab) =>
  hudhud.selectors.selectTimelineInfo(store.getState(), ids.general).isLive;
const allHeld = (tabs: Tabs) => tabs.all.map(({ tab }) => tab.held());

async function openTabs(count: number, routes = {}) {
  const tabs = createTabs(routes);
  for (let n = 0; n < count; n++) await tabs.open();
  await tabs.push(initFrame());
  return tabs;
}

describe.each([2, 6])('%i tabs of one person', (count) => {
  it('have one stream, and all of them have what it tells', async () => {
    const tabs = await openTabs(count);
    tabs.all.forEach(look);
    await tabs.settle();
    await tabs.push(messageFrame(1));
    await tabs.push(messageFrame(2), typingFrame(ids.omar));
    expect(tabs.streams).toHaveLength(1);
    expect(new Set(tabs.phases())).toEqual(new Set(['open']));
    for (const one of tabs.all) {
      const { selectors } = one.hudhud;
      expect(textsOf(one)).toEqual(['message 1', 'message 2']);
      expect(isLive(one)).toBe(true);
      expect(selectors.selectIsCovered(one.store.getState(), ids.general)).toBe(true);
      expect(selectors.selectTypingUserIds(one.store.getState(), ids.general)).toEqual([ids.omar]);
      expect(selectors.selectConnectionStatus(one.store.getState())).toBe('connected');
    }
  });

  it('have another one when the tab that read is closed, and lose nothing', async () => {
    const { rows, routes } = createRows(2);
    const tabs = await openTabs(count, routes);
    tabs.all.forEach(look);
    await tabs.settle();
    const [first] = tabs.leaders();
    if (first === undefined) throw new Error('nobody leads');
    // said while nobody reads
    rows.push(row(3));
    await tabs.crash(first);
    await tabs.advance(40);
    expect(tabs.openStreams()).toHaveLength(1);
    expect(tabs.leaders()).not.toContain(first);
    await tabs.push(initFrame());
    await tabs.push(messageFrame(4));
    for (const one of tabs.all.filter(({ isGone }) => !isGone)) {
      expect(textsOf(one)).toEqual(['message 1', 'message 2', 'message 3', 'message 4']);
      expect(isLive(one)).toBe(true);
    }
  });

  it('have another one within 2 s when the tab that read is frozen; it joins them when it thaws', async () => {
    const { routes } = createRows(2);
    const tabs = await openTabs(count, routes);
    tabs.all.forEach(look);
    await tabs.settle();
    const [frozen] = tabs.leaders();
    if (frozen === undefined) throw new Error('nobody leads');
    await tabs.freeze(frozen, true);
    await tabs.advance(2_000);
    // the frozen one cannot close its own
    expect(tabs.openStreams()).toHaveLength(2);
    const leaders = tabs.leaders().filter((one) => one !== frozen);
    expect(leaders).toHaveLength(1);
    await tabs.push(initFrame());
    await tabs.push(messageFrame(3));
    await tabs.freeze(frozen, false);
    await tabs.advance(1_000);
    expect(tabs.openStreams()).toHaveLength(1);
    expect(tabs.leaders()).toEqual(leaders);
    await tabs.push(messageFrame(4));
    expect(new Set(tabs.phases())).toEqual(new Set(['open']));
    for (const one of tabs.all) {
      expect(textsOf(one).slice(-1)).toEqual(['message 4']);
      expect(isLive(one)).toBe(true);
    }
  });

  it('leave nothing behind when they stop, one after the other', async () => {
    const tabs = await openTabs(count);
    for (const one of tabs.all) {
      one.hudhud.stop();
      await tabs.settle();
      await tabs.advance(100);
      expect(tabs.openStreams().length).toBeLessThanOrEqual(1);
      expect(one.tab.held()).toEqual({ locks: 0, lines: 0, databases: 0 });
      expect(one.platform.pending()).toEqual({ timers: 0, frames: 0, listeners: 0 });
    }
    expect(tabs.openStreams()).toHaveLength(0);
    expect(allHeld(tabs)).toEqual(tabs.all.map(() => ({ locks: 0, lines: 0, databases: 0 })));
  });
});

describe('a tab that follows', () => {
  it('that comes later knows at once who is covered', async () => {
    const tabs = await openTabs(1);
    const late = await tabs.open();
    await tabs.settle();
    const { selectors } = late.hudhud;
    expect(selectors.selectConnectionPhase(late.store.getState())).toBe('open');
    expect(selectors.selectHudhud(late.store.getState()).connection.covered).toEqual([
      ids.general,
      ids.random,
    ]);
    expect(tabs.streams).toHaveLength(1);
  });

  it('reads again what it may have missed', async () => {
    const { rows, routes } = createRows(1);
    const tabs = await openTabs(2, routes);
    tabs.all.forEach(look);
    await tabs.settle();
    const follower = tabs.all.find((one) => !tabs.leaders().includes(one));
    if (follower === undefined) throw new Error('all lead');
    const asked = follower.asked('GET /chat/messages').length;
    follower.tab.loseMessages(1);
    rows.push(row(2));
    await tabs.push(messageFrame(2));
    expect(textsOf(follower)).toEqual(['message 1']);
    rows.push(row(3));
    await tabs.push(messageFrame(3));
    expect(textsOf(follower)).toEqual(['message 1', 'message 2', 'message 3']);
    expect(isLive(follower)).toBe(true);
    expect(follower.asked('GET /chat/messages').length).toBe(asked + 1);
    // also where nothing comes after what was missed
    follower.tab.loseMessages(1);
    rows.push(row(4));
    await tabs.push(messageFrame(4));
    await tabs.advance(1_200);
    expect(textsOf(follower)).toContain('message 4');
    expect(tabs.streams).toHaveLength(1);
  });

  it('sees how the stream is tried again, and can ask for a try', async () => {
    const tabs = await openTabs(2);
    const follower = tabs.all.find((one) => !tabs.leaders().includes(one));
    if (follower === undefined) throw new Error('all lead');
    const { selectors, actions } = follower.hudhud;
    tabs.openStreams()[0]?.fail();
    await tabs.settle();
    const waiting = selectors.selectStream(follower.store.getState());
    expect(waiting).toMatchObject({ phase: 'waiting', attempt: 1 });
    expect(waiting?.nextRetryAt).toBeGreaterThan(0);
    follower.store.dispatch(actions.retryConnection());
    await tabs.settle();
    expect(new Set(tabs.phases())).toEqual(new Set(['open']));
    expect(tabs.streams).toHaveLength(2);
  });

  it('and is seen leads where the one that leads is hidden and cannot connect', async () => {
    const tabs = await openTabs(2);
    const [leader] = tabs.leaders();
    const follower = tabs.all.find((one) => one !== leader);
    if (leader === undefined || follower === undefined) throw new Error('nobody leads');
    follower.platform.setVisible(false);
    leader.platform.setVisible(false);
    await tabs.settle();
    // a stream that is open is not given up for that
    follower.platform.setVisible(true);
    await tabs.advance(2_000);
    expect(tabs.leaders()).toEqual([leader]);
    tabs.openStreams()[0]?.fail();
    await tabs.settle();
    await tabs.advance(100);
    expect(tabs.leaders()).toEqual([follower]);
    expect(tabs.openStreams()).toHaveLength(1);
    expect(new Set(tabs.phases())).toEqual(new Set(['open']));
  });
});

describe('tabs of a host with a sign-in of its own', () => {
  it('share as soon as its token says whose it is', async () => {
    const tabs = createTabs({}, { tokens: { getToken: () => jwt({ userId: ids.me }) } });
    await tabs.open();
    await tabs.open();
    expect(tabs.openStreams()).toHaveLength(1);
    expect(tabs.phases()).toEqual(['open', 'open']);
  });

  it('do not share where it says nothing of that', async () => {
    const tabs = createTabs({}, { tokens: { getToken: () => 'opaque' } });
    await tabs.open();
    await tabs.open();
    expect(tabs.openStreams()).toHaveLength(2);
  });
});

describe('where tabs cannot share', () => {
  it('each has a stream of its own', async () => {
    const tabs = createTabs({}, { shareStream: false });
    await tabs.open();
    await tabs.open();
    expect(tabs.openStreams()).toHaveLength(2);
  });
});

describe('a session that is over', () => {
  /** Three tabs, of which some find out; `signIn` is the person, in one of them. */
  async function endSession(finders: readonly number[]) {
    let isOver = false;
    const unlessOver =
      (answer: () => Record<string, unknown>): Routes[string] =>
      (request) => {
        if (isOver) refuse(401, 'TOKEN_EXPIRED')(request);
        else request.json({ success: true, ...answer() });
      };
    const tabs = await openTabs(3, {
      'POST /auth/refresh': unlessOver(() => grant('refreshed')),
      'GET /auth/me': unlessOver(() => ({ user: me })),
    });
    isOver = true;
    for (const n of finders) {
      await expect(tabs.all[n]?.hudhud.rest.me()).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
      await tabs.settle();
    }
    const asksForSignIn = () =>
      tabs.all.map(({ hudhud, store }) =>
        hudhud.selectors.selectNotices(store.getState()).map(({ code }) => code),
      );
    expect(tabs.phases()).toEqual(['authRequired', 'authRequired', 'authRequired']);
    return {
      ...tabs,
      asksForSignIn,
      async signIn({ hudhud }: Tab) {
        isOver = false;
        const login = hudhud.auth.login({ username: 'lina', password: 'pa55-w0rd' });
        await tabs.settle();
        await login;
        await tabs.settle();
      },
    };
  }

  it.each([
    ['the tab that leads', 0, [1]],
    ['the tab that leads, and all of them have found out', 0, [0, 1, 2]],
    ['a tab that follows, and has found out', 1, [1]],
    ['a tab that follows, and all of them have found out', 1, [0, 1, 2]],
    ['a tab that follows, and the one that leads has found out', 2, [0]],
  ])('goes on in all tabs once the person signs in again in %s', async (_name, which, finders) => {
    const tabs = await endSession(finders);
    const one = tabs.all[which];
    if (one === undefined) throw new Error('no such tab');
    await tabs.signIn(one);
    expect(tabs.phases()).toEqual(['open', 'open', 'open']);
    expect(tabs.openStreams()).toHaveLength(1);
    expect(tabs.asksForSignIn()).toEqual([[], [], []]);
    for (const { hudhud } of tabs.all) {
      await expect(hudhud.rest.me()).resolves.toMatchObject({ id: ids.me });
    }
    // by those who found out, and by whoever of them did not sign in themselves
    const refreshes = tabs.all.flatMap((tab) => tab.asked('POST /auth/refresh'));
    const others = finders.filter((n) => n !== which);
    expect(refreshes).toHaveLength(finders.length + others.length);
  });

  it('stays over in a tab that signed out', async () => {
    const tabs = await endSession([0, 1, 2]);
    const [first, second] = tabs.all;
    if (first === undefined || second === undefined) throw new Error('no such tab');
    await second.hudhud.auth.logout();
    await tabs.signIn(first);
    expect(tabs.phases()).toEqual(['open', 'idle', 'open']);
  });
});
