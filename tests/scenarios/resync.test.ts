import { describe, expect, it } from '@jest/globals';
import type { ScriptedRequest } from '../../src/testing';
import { nothingPending } from '../support/connectionSetup';
import {
  ids,
  initFrame,
  messageFrame,
  messageId,
  refuse,
  row,
  snapshotAnswer,
} from '../support/hudhudAnswers';
import type { HudhudWorld, Routes } from '../support/hudhudWorld';
import { createHudhudWorld, enter, routeOf, streamRoute } from '../support/hudhudWorld';

const messagesRoute = 'GET /chat/messages';
const unreadRoute = 'GET /chat/messages/unread/count';
const withId = (id: number, text: string) => `id: ${id}\n${text}`;
const channelOf = ({ url }: ScriptedRequest) => new URL(url).searchParams.get('channelId');

const routes: Routes = {
  [messagesRoute]: (request) => {
    const messages = [row(1, { channel_id: channelOf(request) })];
    request.json({ success: true, messages, has_more: false });
  },
  [`GET /chat/messages/${messageId(1)}/replies`]: (request) => {
    request.json({ success: true, replies: [], messages: [], has_more: false });
  },
  'GET /workspace/hudhud/random': (request) => {
    request.json(
      snapshotAnswer({
        messages: [row(1, { channel_id: ids.random })],
        current_channel: { channel_id: ids.random, name: 'random', slug: 'random' },
      }),
    );
  },
  [unreadRoute]: (request) => {
    const channels = { [ids.general]: 3, [ids.random]: 0 };
    request.json({ success: true, data: { total: 3, channels } });
  },
};

interface Resyncing extends HudhudWorld {
  /** What was asked for since the stream broke off, but for the stream itself. */
  readonly since: () => readonly string[];
  readonly breakOff: () => Promise<void>;
}

/** Two channels and a thread on screen, live by a stream whose greeting has the id 1 and whose last event has the id 2. */
async function open(given: { routes?: Routes; withWorkspace?: boolean } = {}): Promise<Resyncing> {
  const world = createHudhudWorld({ routes: { ...routes, ...given.routes } });
  const { hudhud, store, platform, server } = world;
  await enter(world);
  await world.push(withId(1, initFrame()));
  const { actions } = hudhud;
  if (given.withWorkspace !== false) {
    store.dispatch(actions.loadWorkspace({ projectSlug: 'hudhud', channelSlug: 'general' }));
    await platform.settle();
  }
  store.dispatch(actions.channelOpened({ channelId: ids.general }));
  store.dispatch(actions.threadOpened({ channelId: ids.general, parentId: messageId(1) }));
  store.dispatch(actions.channelOpened({ channelId: ids.random }));
  await platform.settle();
  await world.push(withId(2, messageFrame(3)));
  let from = 0;
  const nameOf = (request: ScriptedRequest) => {
    const channelId = channelOf(request);
    const place = channelId === ids.general ? ' general' : channelId === null ? '' : ' random';
    return routeOf(request) + place;
  };
  return {
    ...world,
    since: () =>
      server.requests
        .slice(from)
        .map(nameOf)
        .filter((name) => !name.startsWith(streamRoute)),
    async breakOff() {
      from = server.requests.length;
      world.stream().fail();
      await platform.advance(1_500);
      expect(server.last().headers.get('last-event-id')).toBe('2');
    },
  };
}

const infoOf = ({ hudhud, store }: HudhudWorld, channelId: string = ids.general) =>
  hudhud.selectors.selectTimelineInfo(store.getState(), channelId);
const textsOf = ({ hudhud, store }: HudhudWorld) =>
  hudhud.selectors.selectMessages(store.getState(), ids.general).map(({ content }) => content);
const unreadOf = ({ hudhud, store }: HudhudWorld) =>
  hudhud.selectors.selectUnread(store.getState(), ids.general);

describe('a stream that proves that it goes on', () => {
  it('has nothing asked for: what was live is so again, and what was missed follows', async () => {
    const world = await open();
    const before = unreadOf(world)?.count ?? 0;
    await world.breakOff();
    expect(infoOf(world)).toMatchObject({ isLive: false });
    // such a server greets without an id where it goes on
    await world.push(initFrame(), withId(3, messageFrame(4)));
    expect(infoOf(world)).toMatchObject({ isLive: true, gaps: [] });
    expect(infoOf(world, ids.random)).toMatchObject({ isLive: true, gaps: [] });
    expect(textsOf(world).slice(-2)).toEqual(['message 3', 'message 4']);
    expect(unreadOf(world)).toMatchObject({ count: before + 1 });
    await world.platform.advance(10_000);
    expect(world.since()).toEqual([]);
  });

  it('has asked for what was not live before', async () => {
    const world = await open();
    await world.breakOff();
    const { hudhud, store, platform } = world;
    store.dispatch(hudhud.actions.threadOpened({ channelId: ids.random, parentId: messageId(2) }));
    await platform.settle();
    expect(world.since()).toHaveLength(1);
    await world.push(initFrame());
    expect(world.since().slice(1)).toEqual([`GET /chat/messages/${messageId(2)}/replies`]);
  });

  it('has nothing asked for after a second break either, though it told nothing in between', async () => {
    const world = await open();
    for (let i = 0; i < 2; i++) {
      await world.breakOff();
      await world.push(initFrame());
      expect(infoOf(world)).toMatchObject({ isLive: true, gaps: [] });
    }
    expect(world.since()).toEqual([]);
  });
});

describe('a channel of which only the stream told', () => {
  const random = { channelId: ids.random };
  const pageOf30: Routes[string] = (request) => {
    const messages = Array.from({ length: 30 }, (_, i) =>
      row(i, { channel_id: channelOf(request) }),
    );
    request.json({ success: true, messages, has_more: true });
  };
  const rowsOf = ({ hudhud, store }: HudhudWorld) =>
    hudhud.selectors.selectMessages(store.getState(), ids.random);

  it('is read once it is opened, and not again while it is live', async () => {
    const world = createHudhudWorld({ routes: { [messagesRoute]: pageOf30 } });
    const { hudhud, store, platform } = world;
    const { actions } = hudhud;
    await enter(world);
    await world.push(initFrame(), messageFrame(30, { channelId: ids.random }));
    expect(infoOf(world, ids.random)).toMatchObject({ isLive: true, hasOlder: true });
    store.dispatch(actions.channelOpened(random));
    await platform.settle();
    expect(rowsOf(world)).toHaveLength(31);
    store.dispatch(actions.channelClosed(random));
    store.dispatch(actions.channelOpened(random));
    await platform.settle();
    expect(world.asked(messagesRoute)).toHaveLength(1);
  });

  it('is read again where that failed, though much was told before its turn', async () => {
    let isOffline = false;
    const held: ScriptedRequest[] = [];
    const world = createHudhudWorld({
      routes: {
        [messagesRoute]: (request) => {
          if (isOffline) request.fail();
          else pageOf30(request);
        },
        'GET /workspace/hudhud/random': (request) => {
          held.push(request);
        },
      },
    });
    const { hudhud, store, platform } = world;
    await enter(world);
    await world.push(initFrame());
    const general = { projectSlug: 'hudhud', channelSlug: 'general' };
    store.dispatch(hudhud.actions.loadWorkspace(general));
    await platform.settle();
    isOffline = true;
    world.stream().fail();
    store.dispatch(hudhud.actions.channelOpened(random));
    await platform.settle();
    isOffline = false;
    await platform.advance(1_500);
    const told = Array.from({ length: 25 }, (_, i) => messageFrame(30 + i, random));
    await world.push(initFrame(), ...told);
    expect(infoOf(world, ids.random).isLive).toBe(true);
    held[0]?.json({ success: false, error: { code: 'NOT_FOUND' } }, { status: 404 });
    await platform.settle();
    expect(rowsOf(world)).toHaveLength(55);
  });

  it('is read again where that failed while the stream goes on, as is the workspace', async () => {
    let isLimited = true;
    const limited =
      (answer: Routes[string]): Routes[string] =>
      (request) => {
        if (isLimited) refuse(429, 'RATE_LIMITED')(request);
        else answer(request);
      };
    const world = createHudhudWorld({
      routes: {
        [messagesRoute]: limited(pageOf30),
        'GET /workspace/hudhud/general': limited((request) => {
          request.json(snapshotAnswer());
        }),
      },
    });
    const { hudhud, store, platform } = world;
    await enter(world);
    await world.push(initFrame());
    const general = { projectSlug: 'hudhud', channelSlug: 'general' };
    store.dispatch(hudhud.actions.loadWorkspace(general));
    store.dispatch(hudhud.actions.channelOpened(random));
    await platform.settle();
    isLimited = false;
    await platform.advance(60_000);
    expect(rowsOf(world)).toHaveLength(30);
    expect(hudhud.selectors.selectChannels(store.getState())).not.toHaveLength(0);
    expect(hudhud.selectors.selectHudhud(store.getState()).loads).toEqual([]);
  });

  it('is read on opening where a break lies behind what it told', async () => {
    const world = await open({ withWorkspace: false });
    const { hudhud, store, platform } = world;
    store.dispatch(hudhud.actions.channelClosed(random));
    await world.breakOff();
    await world.push(withId(90, initFrame()), messageFrame(9, random));
    expect(infoOf(world, ids.random)).toMatchObject({ isLive: true, gaps: [{}] });
    store.dispatch(hudhud.actions.channelOpened(random));
    await platform.settle();
    expect(world.since()).toContain('GET /chat/messages random');
  });
});

describe('a stream without proof', () => {
  const anew = withId(90, initFrame());

  it('leaves a gap, filled where somebody looks first, one request after another', async () => {
    const world = await open();
    await world.breakOff();
    await world.push(anew, withId(91, messageFrame(9)));
    expect(world.since()).toEqual([
      'GET /workspace/hudhud/random',
      'GET /chat/messages general',
      `GET /chat/messages/${messageId(1)}/replies`,
    ]);
    expect(world.asked(unreadRoute)).toEqual([]);
    expect(infoOf(world, ids.random)).toMatchObject({ isLive: true, gaps: [] });
  });

  it('shows the gap until its page has come', async () => {
    const held: (() => void)[] = [];
    let isSlow = false;
    const world = await open({
      withWorkspace: false,
      routes: {
        [messagesRoute]: (request) => {
          const rows = [row(1), row(3), row(4), row(9)].map((given) => ({
            ...given,
            channel_id: channelOf(request),
          }));
          const messages = isSlow ? rows : rows.slice(0, 1);
          const answer = () => {
            request.json({ success: true, messages, has_more: false });
          };
          if (isSlow) held.push(answer);
          else answer();
        },
      },
    });
    isSlow = true;
    await world.breakOff();
    await world.push(anew, withId(91, messageFrame(9)));
    // the other channel was opened last; one request at a time
    expect(world.since()).toEqual(['GET /chat/messages random']);
    held.shift()?.();
    await world.platform.settle();
    expect(world.since().slice(1)).toEqual(['GET /chat/messages general']);
    expect(infoOf(world).gaps).toHaveLength(1);
    held.shift()?.();
    await world.platform.settle();
    expect(infoOf(world)).toMatchObject({ isLive: true, gaps: [] });
    expect(textsOf(world)).toEqual(['message 1', 'message 3', 'message 4', 'message 9']);
    // what is unread by one call for all channels, after everything that is on screen
    expect(world.since().slice(2)).toEqual([`GET /chat/messages/${messageId(1)}/replies`]);
  });

  it('is not waited for longer than its greeting would take', async () => {
    const world = await open();
    await world.breakOff();
    const { hudhud, store, platform } = world;
    const { openedAt } = hudhud.selectors.selectStream(store.getState()) ?? {};
    const leftMs = (openedAt ?? 0) + 3_000 - platform.clock.now();
    await platform.advance(leftMs - 1);
    expect(world.since()).toEqual([]);
    await platform.advance(1);
    expect(world.since()).toHaveLength(3);
  });

  it('is not waited for where the server has shown that it never goes on', async () => {
    const world = await open();
    await world.breakOff();
    await world.push(anew, withId(2, messageFrame(9)));
    const asked = world.since().length;
    world.stream().fail();
    await world.platform.advance(1_500);
    expect(world.since()).toHaveLength(2 * asked);
  });

  it('reads what is not on screen once it is opened, and not before', async () => {
    const world = await open({ withWorkspace: false });
    const { hudhud, store, platform } = world;
    store.dispatch(hudhud.actions.channelClosed({ channelId: ids.random }));
    await world.breakOff();
    await world.push(anew);
    expect(world.since()).not.toContain('GET /chat/messages random');
    expect(infoOf(world, ids.random).isLive).toBe(false);
    store.dispatch(hudhud.actions.channelOpened({ channelId: ids.random }));
    await platform.settle();
    expect(world.since()).toContain('GET /chat/messages random');
    expect(infoOf(world, ids.random).isLive).toBe(true);
  });

  it('has what fails tried again when the server has room, but not what was closed meanwhile', async () => {
    let isLimited = false;
    const limited: Routes[string] = (request) => {
      const head = { status: 429, headers: { 'Retry-After': '60' } };
      if (isLimited) request.json({ success: false, error: { code: 'RATE_LIMITED' } }, head);
      else routes[messagesRoute]?.(request);
    };
    const world = await open({ withWorkspace: false, routes: { [messagesRoute]: limited } });
    const { hudhud, store, platform } = world;
    isLimited = true;
    await world.breakOff();
    await world.push(anew);
    expect(world.since()[0]).toBe('GET /chat/messages random');
    const asked = world.asked(messagesRoute).length;
    isLimited = false;
    await platform.advance(59_000);
    expect(world.asked(messagesRoute)).toHaveLength(asked);
    store.dispatch(hudhud.actions.channelClosed({ channelId: ids.random }));
    await platform.advance(5_000);
    expect(infoOf(world).isLive).toBe(true);
    expect(world.asked(messagesRoute).slice(asked).map(channelOf)).toEqual([ids.general]);
    hudhud.stop();
    expect(platform.pending()).toEqual(nothingPending);
  });
});

describe('the manual refresh', () => {
  it('reads all that is on screen again though it is live, and says that it came', async () => {
    const world = await open();
    const { hudhud, platform, server } = world;
    const from = server.requests.length;
    const done = hudhud.manualRefresh();
    await platform.settle();
    await expect(done).resolves.toBe(true);
    expect(server.requests.slice(from).map(routeOf)).toEqual([
      'GET /workspace/hudhud/random',
      messagesRoute,
      `GET /chat/messages/${messageId(1)}/replies`,
    ]);
    expect(world.streams).toHaveLength(1);
  });

  it('says that it did not come, and tries the stream', async () => {
    let isBroken = false;
    const world = await open({
      withWorkspace: false,
      routes: {
        [messagesRoute]: (request) => {
          if (isBroken) refuse(403)(request);
          else routes[messagesRoute]?.(request);
        },
      },
    });
    const { hudhud, platform } = world;
    world.stream().fail();
    await platform.settle();
    isBroken = true;
    expect(world.streams).toHaveLength(1);
    const done = hudhud.manualRefresh();
    await platform.settle();
    await expect(done).resolves.toBe(false);
    expect(world.streams).toHaveLength(2);
  });
});
