import { describe, expect, it } from '@jest/globals';
import type { ScriptedRequest } from '../../src/testing';
import { nothingPending } from '../support/connectionSetup';
import {
  grant,
  ids,
  initFrame,
  me,
  messageFrame,
  refuse,
  row,
  snapshotAnswer,
  success,
} from '../support/hudhudAnswers';
import type { HudhudWorld, Routes } from '../support/hudhudWorld';
import { createHudhudWorld, enter, streamRoute } from '../support/hudhudWorld';
import { limitRoutes } from '../support/limitedRoutes';

const pollRoute = 'GET /realtime/poll';
const workspaceRoute = 'GET /workspace/hudhud/general';
const randomRoute = 'GET /workspace/hudhud/random';

/** A server that can be read and written, and whose streams do not come through. */
function createChat(ways: Routes) {
  const rows: Record<string, unknown>[] = [row(1)];
  let sent = 0;
  const snapshotOf = (id: string, slug: string) => (request: ScriptedRequest) => {
    const messages = rows.filter((given) => given['channel_id'] === id).slice(-50);
    const current = { channel_id: id, name: slug, slug };
    request.json(snapshotAnswer({ messages, current_channel: current }));
  };
  const limited = limitRoutes(
    {
      'POST /auth/login': (request) => {
        request.json({ success: true, user: me, tokens: grant() });
      },
      'POST /auth/refresh': (request) => {
        request.json({ success: true, ...grant('refreshed') });
      },
      [workspaceRoute]: snapshotOf(ids.general, 'general'),
      [randomRoute]: snapshotOf(ids.random, 'random'),
      'GET /chat/messages': (request) => {
        const id = new URL(request.url).searchParams.get('channelId');
        const messages = rows.filter((given) => given['channel_id'] === id).slice(-50);
        request.json({ success: true, messages, has_more: false });
      },
      'GET /chat/messages/unread/count': (request) => {
        request.json({ success: true, data: { total: 0, channels: {} } });
      },
      'POST /chat/messages': (request) => {
        const { content, metadata } = JSON.parse(request.body ?? '{}') as Record<string, unknown>;
        sent += 1;
        const message = row(5_000 + sent, { user_id: ids.me, username: 'lina', content, metadata });
        rows.push(message);
        request.json({ success: true, message }, { status: 201 });
      },
      'POST /chat/messages/read': success,
      ...ways,
    },
    () => world.platform.clock,
  );
  const world = createHudhudWorld({ routes: limited.routes });
  return { world, rows, limited };
}

const general = { projectSlug: 'hudhud', channelSlug: 'general' };
const statusOf = ({ hudhud, store }: HudhudWorld) =>
  hudhud.selectors.selectConnectionStatus(store.getState());
const noticesOf = ({ hudhud, store }: HudhudWorld) =>
  hudhud.selectors.selectNotices(store.getState()).map(({ code }) => code);
const textsOf = ({ hudhud, store }: HudhudWorld) =>
  hudhud.selectors.selectMessages(store.getState(), ids.general).map(({ content }) => content);

async function show({ hudhud, store, platform }: HudhudWorld): Promise<void> {
  store.dispatch(hudhud.actions.loadWorkspace(general));
  await platform.settle();
  store.dispatch(hudhud.actions.channelOpened({ channelId: ids.general }));
  await platform.settle();
}

describe('where no way to hear the server leads anywhere', () => {
  const noWay: Routes = { [streamRoute]: refuse(403), [pollRoute]: refuse(404) };
  const down = async () => {
    const chat = createChat(noWay);
    await enter(chat.world);
    await show(chat.world);
    await chat.world.platform.advance(1_000);
    return chat;
  };

  it('what is shown is read by one request every 15 s, every 60 s while nobody looks', async () => {
    const { world, rows } = await down();
    const { platform } = world;
    expect(statusOf(world)).toBe('degraded');
    const countIn = async (ms: number) => {
      const before = world.server.requests.length;
      await platform.advance(ms);
      return world.server.requests.length - before;
    };
    rows.push(row(2));
    rows[0] = row(1, { content: 'edited', edited_at: row(9).created_at });
    await platform.advance(17_000);
    expect(textsOf(world)).toEqual(['edited', 'message 2']);
    rows.splice(0, 1);
    await platform.advance(17_000);
    expect(textsOf(world)).toEqual(['message 2']);

    const seen = await countIn(150_000);
    expect(seen).toBeGreaterThanOrEqual(9);
    expect(seen).toBeLessThanOrEqual(12);
    platform.setVisible(false);
    await platform.advance(20_000);
    const polled = world.asked(workspaceRoute).length;
    await platform.advance(180_000);
    expect(world.asked(workspaceRoute).length - polled).toBe(3);
    // as it was opened; since then all is in the snapshot
    expect(world.asked('GET /chat/messages')).toHaveLength(1);
  });

  it('so it is where a page stands at every address that is not there: tries become fewer, and polls begin', async () => {
    const page = (request: ScriptedRequest) => {
      request.text('<!doctype html>', { headers: { 'Content-Type': 'text/html' } });
    };
    const { world, rows } = createChat({ [streamRoute]: page, [pollRoute]: page });
    await enter(world);
    await show(world);
    await world.platform.advance(60_000);
    expect(statusOf(world)).toBe('degraded');
    rows.push(row(2));
    await world.platform.advance(20_000);
    expect(textsOf(world)).toEqual(['message 1', 'message 2']);
    await world.platform.advance(10 * 60_000);
    expect(world.hudhud.getStatus().connections).toMatchObject([{ phase: 'failed', attempt: 10 }]);
    expect(world.asked(streamRoute).length).toBeLessThan(20);
    expect(world.asked(pollRoute).length).toBeLessThan(20);
    world.hudhud.stop();
    expect(world.platform.pending()).toEqual(nothingPending);
  });

  it('it is told once, and away when the stream is heard again', async () => {
    const { world } = await down();
    const { hudhud, store, platform } = world;
    expect(noticesOf(world)).toEqual(['DEGRADED']);
    expect(hudhud.getStatus().connectionStatus).toBe('degraded');
    expect(hudhud.selectors.selectIsDegraded(store.getState())).toBe(true);
    expect(hudhud.selectors.selectNextRetryAt(store.getState())).toBeGreaterThan(
      platform.clock.now(),
    );
    store.dispatch(hudhud.actions.dismissNotice({ id: 'DEGRADED' }));
    await platform.advance(120_000);
    expect(noticesOf(world)).toEqual([]);
    expect(statusOf(world)).toBe('degraded');
  });

  it('polls end with the first frame of the main stream, and not before', async () => {
    let isBack = false;
    const chat = createChat({
      [pollRoute]: refuse(404),
      [streamRoute]: (request) => {
        if (isBack) world.streams.push(request.stream());
        else refuse(403)(request);
      },
    });
    const { world } = chat;
    await enter(world);
    await show(world);
    const { hudhud, store, platform } = world;
    isBack = true;
    store.dispatch(hudhud.actions.retryConnection());
    await platform.advance(20);
    expect(hudhud.getStatus().connections).toMatchObject([{ phase: 'open', source: 'sse' }]);
    expect(statusOf(world)).toBe('degraded');
    await world.push(initFrame());
    expect(statusOf(world)).toBe('connected');
    expect(noticesOf(world)).toEqual([]);
    await platform.advance(5_000);
    const before = world.server.requests.length;
    await platform.advance(60_000);
    expect(world.server.requests.length).toBe(before);
    hudhud.stop();
    expect(platform.pending()).toEqual(nothingPending);
  });

  it('nothing is polled without a network, and after stop', async () => {
    const { world } = await down();
    const { hudhud, platform } = world;
    platform.setOnline(false);
    await platform.settle();
    expect(statusOf(world)).toBe('offline');
    const before = world.server.requests.length;
    await platform.advance(120_000);
    expect(world.server.requests.length).toBe(before);
    platform.setOnline(true);
    await platform.advance(1_000);
    expect(statusOf(world)).toBe('degraded');
    hudhud.stop();
    expect(platform.pending()).toEqual(nothingPending);
    expect(statusOf(world)).toBe('disconnected');
  });
});

/** Polls that wait for something to tell, as a server does. */
function createLongPolling(world: () => HudhudWorld) {
  const events: { readonly event: string; readonly data: unknown }[] = [];
  let waiting: (() => void)[] = [];
  const route = (request: ScriptedRequest) => {
    const { searchParams } = new URL(request.url);
    const cursor = searchParams.get('cursor');
    const from = cursor === null ? 0 : Number(cursor.slice(1));
    let isAnswered = false;
    const answer = () => {
      if (isAnswered) return;
      isAnswered = true;
      request.json({
        ...{ success: true, events: events.slice(from), cursor: `c${events.length}` },
        continuous: cursor !== null,
      });
    };
    if (events.length > from || cursor === null) answer();
    else {
      waiting.push(answer);
      world().platform.timers.after(Number(searchParams.get('timeout_ms')), answer);
    }
  };
  const tell = (text: string) => {
    const [, event = '', data = ''] = /event: (.*)\ndata: (.*)\n/.exec(text) ?? [];
    events.push({ event, data: JSON.parse(data) });
    const answers = waiting;
    waiting = [];
    for (const answer of answers) answer();
  };
  return { route, tell };
}

describe('a degraded hour', () => {
  const longPolling = createLongPolling(() => polled.world);
  const polled = createChat({ [streamRoute]: refuse(403), [pollRoute]: longPolling.route });
  longPolling.tell(initFrame());

  it.each([
    [
      'by polls of the snapshot, since streams are refused and long polling is not offered',
      createChat({ [streamRoute]: refuse(403), [pollRoute]: refuse(404) }),
      () => undefined,
    ],
    [
      'by polls of the snapshot, since the server is in trouble',
      createChat({ [streamRoute]: refuse(503), [pollRoute]: refuse(502) }),
      () => undefined,
    ],
    ['by long polling of a busy chat', polled, longPolling.tell],
  ])('%s stays within the documented limits', async (_name, chat, tell) => {
    const { world, rows, limited } = chat;
    const { hudhud, store, platform } = world;
    const { actions } = hudhud;
    await enter(world);
    await show(world);
    let isGeneral = true;
    let late = 0;
    for (let minute = 0; minute < 60; minute++) {
      if (minute === 20 || minute === 30) platform.setVisible(minute === 30);
      if (minute === 40) for (let i = 0; i < 5; i++) void hudhud.manualRefresh();
      if (minute % 5 === 4) {
        const [from, to] = isGeneral ? [ids.general, ids.random] : [ids.random, ids.general];
        store.dispatch(actions.channelOpened({ channelId: to }));
        store.dispatch(actions.channelClosed({ channelId: from }));
        isGeneral = !isGeneral;
      }
      store.dispatch(actions.sendMessage({ channelId: ids.general, content: `mine ${minute}` }));
      if (minute % 2 === 0) hudhud.markRead(ids.general);
      for (let half = 0; half < 2; half++) {
        const n = 10 + minute * 2 + half;
        rows.push(row(n));
        tell(messageFrame(n));
        await platform.advance(29_900);
        const isWatched = isGeneral && (minute < 20 || minute > 30);
        if (isWatched && !textsOf(world).includes(`message ${n}`)) late += 1;
      }
      if (minute > 2) expect(statusOf(world)).toBe('degraded');
    }
    expect(limited.refused).toEqual([]);
    expect(limited.busiest()).toBeGreaterThan(50);
    expect(limited.busiest()).toBeLessThanOrEqual(100);
    expect(late).toBeLessThanOrEqual(20);
    expect(noticesOf(world)).toEqual(['DEGRADED']);
    // all that was sent was taken, and is in its place
    const mine = rows.filter((given) => given['user_id'] === ids.me);
    expect(mine).toHaveLength(60);
    hudhud.stop();
  });
});
