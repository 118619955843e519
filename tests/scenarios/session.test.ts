import { describe, expect, it } from '@jest/globals';
import { isHudhudError } from '../../src';
import { createFakeOrigin } from '../../src/testing';
import { nothingPending, pingFrame } from '../support/connectionSetup';
import {
  accessToken,
  grant,
  ids,
  initFrame,
  messageFrame,
  refuse,
  me,
} from '../support/hudhudAnswers';
import type { Routes } from '../support/hudhudWorld';
import { createHudhudWorld, enter, streamRoute } from '../support/hudhudWorld';
import { noop, withGlobals } from '../support/browserGlobals';

/** Takes the renewed token only. */
const onlyRenewed: Routes = {
  [streamRoute]: (request) => {
    const isRenewed = request.headers.get('Authorization') === `Bearer ${accessToken('refreshed')}`;
    if (isRenewed) request.stream().push(initFrame());
    else refuse(401, 'TOKEN_EXPIRED')(request);
  },
};

describe('a token that is refused', () => {
  it('is renewed once, and the stream opens at once', async () => {
    const world = createHudhudWorld({ routes: onlyRenewed });
    await enter(world);
    await world.platform.advance(20);
    expect(world.asked('POST /auth/refresh')).toHaveLength(1);
    expect(world.asked(streamRoute)).toHaveLength(2);
    expect(world.hudhud.getStatus().connectionStatus).toBe('connected');
    expect(world.platform.clock.now()).toBeLessThan(1_756_700_000_100);
  });

  it('with a session that is over asks for a sign-in, keeps what is shown, and leaves no timer', async () => {
    const world = createHudhudWorld({ routes: { 'POST /auth/refresh': refuse(401) } });
    const { hudhud, store, platform } = world;
    await enter(world);
    await world.push(initFrame(), messageFrame(1));
    await platform.advance(10_000);
    platform.jumpClock(20 * 60_000);
    world.stream().end();
    await platform.advance(2_000);
    expect(hudhud.selectors.selectConnectionStatus(store.getState())).toBe('authRequired');
    expect(hudhud.getStatus().connections).toMatchObject([{ error: { code: 'UNAUTHORIZED' } }]);
    expect(hudhud.selectors.selectMessages(store.getState(), ids.general)).toHaveLength(1);
    await expect(hudhud.rest.unread()).rejects.toMatchObject({ code: 'UNAUTHORIZED' });

    await hudhud.auth.login({ username: 'lina', password: 'x' });
    await platform.settle();
    expect(hudhud.selectors.selectIsConnected(store.getState())).toBe(true);
    hudhud.stop();
    expect(platform.pending()).toEqual(nothingPending);
  });

  it('by requests and the stream at once is renewed once (D25)', async () => {
    const meIfRenewed: Routes[string] = (request) => {
      const { headers } = request;
      const isRenewed = headers.get('Authorization') === `Bearer ${accessToken('refreshed')}`;
      if (isRenewed) request.json({ success: true, user: me });
      else refuse(401)(request);
    };
    const world = createHudhudWorld({ routes: { ...onlyRenewed, 'GET /auth/me': meIfRenewed } });
    const { hudhud, platform, store } = world;
    const login = hudhud.auth.login({ username: 'lina', password: 'x' });
    await platform.settle();
    await login;
    hudhud.start();
    const people = await Promise.all([hudhud.rest.me(), hudhud.rest.me()]);
    await platform.settle();
    expect(people).toMatchObject([{ id: ids.me }, { id: ids.me }]);
    expect(hudhud.selectors.selectConnectionStatus(store.getState())).toBe('connected');
    expect(world.asked('POST /auth/refresh')).toHaveLength(1);
  });

  it('by a request alone, with a session that is over, ends what is open', async () => {
    const world = createHudhudWorld({
      routes: { 'POST /auth/refresh': refuse(401), 'GET /auth/me': refuse(401) },
    });
    await enter(world);
    await world.push(initFrame(), messageFrame(1));
    await expect(world.hudhud.rest.me()).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
    const { selectors } = world.hudhud;
    expect(selectors.selectConnectionStatus(world.store.getState())).toBe('authRequired');
    await world.platform.settle();
    expect(world.stream().isOpen()).toBe(false);
    // refreshes are few: none is spent on what is known to be over
    await expect(world.hudhud.rest.me()).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
    expect(world.asked('POST /auth/refresh')).toHaveLength(1);
    expect(selectors.selectMessages(world.store.getState(), ids.general)).toHaveLength(1);
  });

  it('stays good where its renewal meets a bad network', async () => {
    const world = createHudhudWorld({
      routes: { 'POST /auth/refresh': refuse(503), 'GET /auth/me': refuse(401) },
    });
    await enter(world);
    await expect(world.hudhud.rest.me()).rejects.toMatchObject({ code: 'SERVER_ERROR' });
    const { selectors } = world.hudhud;
    expect(selectors.selectConnectionStatus(world.store.getState())).toBe('connected');
  });
});

it('a message that waits for a token without an answer has not left, and goes once there is one', async () => {
  let isMute = true;
  const world = createHudhudWorld({
    routes: {
      'POST /auth/refresh': (request) => {
        if (!isMute) request.json({ success: true, ...grant('refreshed') });
      },
    },
  });
  const { hudhud, store, platform } = world;
  await enter(world);
  await world.push(initFrame());
  platform.jumpClock(20 * 60_000);
  store.dispatch(hudhud.actions.sendMessage({ channelId: ids.general, content: 'hello' }));
  const send = 'POST /chat/messages';
  const pending = () => hudhud.selectors.selectTimeline(store.getState(), ids.general).at(-1);
  for (let minutes = 0; minutes < 10; minutes++) {
    await platform.advance(60_000);
    expect(pending()?.status).not.toBe('uncertain');
    expect(pending()?.status).not.toBe('failed');
  }
  expect(world.asked(send)).toEqual([]);
  isMute = false;
  await platform.advance(120_000);
  expect(world.asked(send).length).toBeGreaterThan(0);
  hudhud.stop();
});

describe('a token that is about to end', () => {
  it('is renewed ahead, without touching the open stream', async () => {
    const world = createHudhudWorld();
    await enter(world);
    for (let passed = 0; passed < 15; passed += 1) {
      await world.push(passed === 0 ? initFrame() : pingFrame);
      await world.platform.advance(60_000);
    }
    expect(world.asked('POST /auth/refresh')).toHaveLength(1);
    expect(world.asked(streamRoute)).toHaveLength(1);
    expect(world.stream().isOpen()).toBe(true);
    world.hudhud.stop();
    expect(world.platform.pending()).toEqual(nothingPending);
  });

  it('is renewed to the end where that is under way at stop(): the server has replaced the old one by then', async () => {
    const tab = createFakeOrigin().tab();
    const world = createHudhudWorld({ tab, routes: { 'POST /auth/refresh': () => undefined } });
    const { hudhud, platform } = world;
    await enter(world);
    await platform.advance(811_000);
    expect(world.asked('POST /auth/refresh')).toHaveLength(1);
    hudhud.stop();
    await platform.settle();
    const [renewal] = world.asked('POST /auth/refresh');
    expect(renewal?.isAborted()).toBe(false);
    expect(platform.pending()).toEqual({ ...nothingPending, timers: 1 });
    expect(tab.held()).toEqual({ locks: 1, lines: 0, databases: 0 });
    renewal?.json({ success: true, ...grant('refreshed') });
    await platform.settle();
    expect(platform.pending()).toEqual(nothingPending);
    expect(tab.held()).toEqual({ locks: 0, lines: 0, databases: 0 });
    hudhud.start();
    await platform.advance(1_000);
    expect(world.asked(streamRoute).at(-1)?.headers.get('Authorization')).toBe(
      `Bearer ${accessToken('refreshed')}`,
    );
  });

  it('is not waited for longer than a request may take, after stop() too', async () => {
    const tab = createFakeOrigin().tab();
    const world = createHudhudWorld({ tab, routes: { 'POST /auth/refresh': () => undefined } });
    await enter(world);
    await world.platform.advance(811_000);
    world.hudhud.stop();
    await world.platform.advance(30_000);
    expect(world.platform.pending()).toEqual(nothingPending);
    expect(tab.held()).toEqual({ locks: 0, lines: 0, databases: 0 });
    expect(world.asked('POST /auth/refresh')).toHaveLength(1);
  });

  it('is not renewed once its person has left', async () => {
    const world = createHudhudWorld();
    await enter(world);
    await world.hudhud.auth.logout();
    await world.platform.advance(1_800_000);
    expect(world.asked('POST /auth/refresh')).toHaveLength(0);
    expect(world.platform.pending()).toEqual(nothingPending);
  });
});

describe('secrets (L17)', () => {
  const password = 'c0rrect-h0rse-battery';
  const refreshToken = 'r3fresh-t0ken-value';

  it('are in no action, state, log line, counter, error, status or window', async () => {
    const window: Record<string, unknown> = {};
    const restore = withGlobals({ window });
    const found: unknown[] = [];
    try {
      const world = createHudhudWorld({
        routes: {
          ...onlyRenewed,
          'POST /auth/login': (request) => {
            request.json({ success: true, user: me, tokens: { ...grant(), refreshToken } });
          },
          'POST /auth/register': (request) => {
            request.json(
              { success: false, error: { message: `bad ${password}`, code: 'VALIDATION' } },
              { status: 400 },
            );
          },
          'GET /chat/messages/unread/count': (request) => {
            request.text(`no JSON, but ${accessToken()}`);
          },
          'POST /auth/logout': noop,
        },
      });
      const { hudhud, store, platform } = world;
      const fail = async (work: Promise<unknown>) => {
        const error: unknown = await work.catch((thrown: unknown) => thrown);
        expect(isHudhudError(error)).toBe(true);
        const { message, stack, data, cause } = error as Error & { data: unknown };
        found.push({ message, stack, data, cause });
      };
      const login = hudhud.auth.login({ username: 'lina', password });
      await platform.settle();
      await login;
      hudhud.start();
      await platform.advance(20);
      await fail(hudhud.auth.register({ email: 'e', username: 'u', password }));
      await fail(hudhud.rest.unread());
      store.dispatch(hudhud.actions.sendMessage({ channelId: ids.general, content: 'x' }));
      store.dispatch(hudhud.actions.channelOpened({ channelId: ids.general }));
      await platform.settle();
      const { server } = world;
      found.push(hudhud.getStatus(), JSON.stringify(window['__SSE_STATUS__']), store.getState());
      const leaving = hudhud.auth.logout();
      await platform.advance(30_000);
      await leaving;
      found.push(world.actions, platform.logged, hudhud.getStatus(), store.getState());
      found.push(server.requests.map(({ url }) => url));
      expect(platform.pending()).toEqual(nothingPending);
    } finally {
      restore();
    }
    const text = JSON.stringify(found);
    expect(text.length).toBeGreaterThan(2_000);
    const secrets = [password, refreshToken, accessToken(), accessToken('refreshed'), 'eyJ'];
    for (const secret of secrets) expect(text).not.toContain(secret);
  });

  it('that a server repeats in a frame are masked in the quarantine', async () => {
    const world = createHudhudWorld();
    await enter(world);
    const data = { authorization: `Bearer ${accessToken()}`, password };
    await world.push(`event: debug\ndata: ${JSON.stringify(data)}\n\n`);
    const status = JSON.stringify(world.hudhud.getStatus());
    expect(status).toContain('unknown_type');
    for (const secret of [password, accessToken(), 'eyJ']) expect(status).not.toContain(secret);
  });
});
