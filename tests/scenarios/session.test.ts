import { describe, expect, it } from '@jest/globals';
import { isHudhudError } from '../../src';
import { nothingPending } from '../support/connectionSetup';
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

  it('with a session that is over ends in error, keeps what is shown, and leaves no timer', async () => {
    const world = createHudhudWorld({ routes: { 'POST /auth/refresh': refuse(401) } });
    const { hudhud, store, platform } = world;
    await enter(world);
    await world.push(initFrame(), messageFrame(1));
    await platform.advance(10_000);
    platform.jumpClock(20 * 60_000);
    world.stream().end();
    await platform.advance(2_000);
    expect(hudhud.selectors.selectConnectionStatus(store.getState())).toBe('error');
    expect(hudhud.getStatus().connections).toMatchObject([{ error: { code: 'UNAUTHORIZED' } }]);
    expect(hudhud.selectors.selectMessages(store.getState(), ids.general)).toHaveLength(1);
    expect(platform.pending()).toEqual(nothingPending);
    await expect(hudhud.rest.unread()).rejects.toMatchObject({ code: 'UNAUTHORIZED' });

    await hudhud.auth.login({ username: 'lina', password: 'x' });
    await platform.settle();
    expect(hudhud.selectors.selectIsConnected(store.getState())).toBe(true);
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
