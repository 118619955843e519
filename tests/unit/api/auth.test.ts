import { describe, expect, it } from '@jest/globals';
import { createAuth } from '../../../src/api/auth';
import type { ScriptedRequest } from '../../../src/testing';
import { createFakePlatform, createScriptedServer } from '../../../src/testing';
import { createHttpClient } from '../../../src/transport/httpClient';
import { createSession } from '../../../src/transport/session';
import { accessToken, grant, jwt, me, refuse, startMs, success } from '../../support/hudhudAnswers';
import type { Routes } from '../../support/hudhudWorld';
import { routeOf } from '../../support/hudhudWorld';

const login = 'POST /auth/login';
const refresh = 'POST /auth/refresh';
const logout = 'POST /auth/logout';
const credentials = { username: 'lina', password: 'pa55-w0rd' };
const minute = 60_000;

function setUp(routes: Routes = {}) {
  const all: Routes = {
    [login]: (request) => {
      request.json({ success: true, user: me, tokens: grant() });
    },
    [logout]: success,
    'GET /auth/me': (request) => {
      request.json({ success: true, user: me });
    },
    ...routes,
  };
  const server = createScriptedServer((request) => all[routeOf(request)]?.(request));
  const platform = createFakePlatform({ fetch: server.fetch });
  const { auth, source, lifeOf } = createAuth(() => http, platform.clock);
  const session = createSession(source, { clock: platform.clock, lifeOf });
  const http = createHttpClient({ baseUrl: '/api', session, platform });
  const asked = (route: string) => server.requests.filter((one) => routeOf(one) === route);
  return { auth, source, session, platform, server, asked };
}

const renewed =
  (name = 'second', over: Record<string, unknown> = {}) =>
  (request: ScriptedRequest) => {
    request.json({ success: true, accessToken: accessToken(name), ...over });
  };

describe('signing in', () => {
  it('keeps the token in memory and gives back who it is', async () => {
    const { auth, source, server } = setUp();
    await expect(auth.login(credentials)).resolves.toMatchObject({ id: me.id, username: 'lina' });
    expect(await source.getToken()).toBe(accessToken());
    expect(server.last()).toMatchObject({ body: JSON.stringify(credentials) });
    expect(server.last().headers.get('Authorization')).toBeNull();
  });

  it('registers the same way', async () => {
    const { auth, source, asked } = setUp({
      'POST /auth/register': (request) => {
        request.json({ success: true, user: me, tokens: grant() }, { status: 201 });
      },
    });
    await auth.register({ ...credentials, email: me.email, fullName: 'Lina' });
    expect(asked('POST /auth/register')).toHaveLength(1);
    expect(await source.getToken()).toBe(accessToken());
  });

  it.each([
    [401, 'UNAUTHORIZED'],
    [429, 'RATE_LIMITED'],
    [400, 'REQUEST_REJECTED'],
    [500, 'SERVER_ERROR'],
  ])('rejects an answer of %i as %s, and keeps nothing', async (status, code) => {
    const { auth, source, server } = setUp({ [login]: refuse(status) });
    await expect(auth.login(credentials)).rejects.toMatchObject({ code });
    expect(await source.getToken()).toBeNull();
    expect(server.requests).toHaveLength(1);
  });
});

describe('renewing the token', () => {
  it('happens 90 s before it ends, once for all who ask', async () => {
    const { auth, session, platform, asked } = setUp({ [refresh]: renewed() });
    await auth.login(credentials);
    platform.jumpClock(900_000 - 90_001);
    expect(await session.getToken()).toBe(accessToken());
    platform.jumpClock(1);
    const tokens = await Promise.all([
      session.getToken(),
      session.getToken(),
      session.renew(accessToken()),
    ]);
    expect(tokens).toEqual(Array.from({ length: 3 }, () => accessToken('second')));
    expect(asked(refresh)).toHaveLength(1);
    expect(asked(refresh)[0]).toMatchObject({ body: '{}' });
  });

  it('uses a token that lives shortly for half of its life', async () => {
    const { auth, session, platform, asked } = setUp({
      [login]: (request) => {
        request.json({ success: true, user: me, tokens: grant('first', 20) });
      },
      [refresh]: renewed(),
    });
    await auth.login(credentials);
    platform.jumpClock(9_999);
    await session.getToken();
    expect(asked(refresh)).toHaveLength(0);
    platform.jumpClock(1);
    await session.getToken();
    expect(asked(refresh)).toHaveLength(1);
  });

  it.each([
    ['hours ahead', 5 * 3_600_000],
    ['hours behind', -5 * 3_600_000],
  ])('does not mind a clock that is %s', async (_name, skew) => {
    const { auth, session, platform, asked } = setUp({
      [login]: (request) => {
        request.json({ success: true, user: me, tokens: { accessToken: accessToken() } });
      },
      [refresh]: renewed(),
    });
    platform.jumpClock(skew);
    await auth.login(credentials);
    await session.getToken();
    platform.jumpClock(13 * minute);
    await session.getToken();
    expect(asked(refresh)).toHaveLength(0);
    platform.jumpClock(minute);
    await session.getToken();
    expect(asked(refresh)).toHaveLength(1);
  });

  it.each([
    ['exp alone', { accessToken: jwt({ exp: startMs / 1000 + 600 }) }],
    ['expiresIn of a token that is no JWT', { accessToken: 'opaque', expiresIn: 600 }],
    ['expiresIn of a JWT without times', { accessToken: jwt({ sub: 'x' }), expiresIn: 600 }],
    ['expiresIn where the claims are no JSON', { accessToken: 'a.%%%.c', expiresIn: 600 }],
    ['expiresIn where the claims are null', { accessToken: 'a.bnVsbA.c', expiresIn: 600 }],
  ])('goes by %s', async (_name, tokens) => {
    const { auth, session, platform, asked } = setUp({
      [login]: (request) => {
        request.json({ success: true, user: me, tokens });
      },
      [refresh]: renewed(),
    });
    await auth.login(credentials);
    platform.jumpClock(600_000 - 90_001);
    expect(await session.getToken()).toBe(tokens.accessToken);
    platform.jumpClock(1);
    await session.getToken();
    expect(asked(refresh)).toHaveLength(1);
  });

  it('never happens ahead where nobody says when it ends', async () => {
    const { auth, session, platform, asked } = setUp({
      [login]: (request) => {
        request.json({ success: true, user: me, tokens: { accessToken: 'opaque' } });
      },
    });
    await auth.login(credentials);
    platform.jumpClock(10 ** 9);
    expect(await session.getToken()).toBe('opaque');
    expect(asked(refresh)).toHaveLength(0);
  });

  it('forgets the old end with the new token (D26)', async () => {
    const { auth, session, platform, asked } = setUp({
      [refresh]: (request) => {
        request.json({ success: true, accessToken: 'opaque' });
      },
    });
    await auth.login(credentials);
    platform.jumpClock(20 * minute);
    expect(await session.getToken()).toBe('opaque');
    platform.jumpClock(20 * minute);
    expect(await session.getToken()).toBe('opaque');
    expect(asked(refresh)).toHaveLength(1);
  });

  it('keeps a token that is still good when it fails for a passing reason', async () => {
    const { auth, session, platform } = setUp({
      [refresh]: (request) => {
        request.fail();
      },
    });
    await auth.login(credentials);
    platform.jumpClock(14 * minute);
    expect(await session.getToken()).toBe(accessToken());
    platform.jumpClock(minute);
    await expect(session.getToken()).rejects.toMatchObject({ code: 'NETWORK' });
    // and the session is not over: the next try may work
    await expect(session.getToken()).rejects.toMatchObject({ code: 'NETWORK' });
  });

  it.each([401, 403, 400])('ends the session when it is refused with %i', async (status) => {
    const { auth, session, platform, asked } = setUp({ [refresh]: refuse(status) });
    await auth.login(credentials);
    platform.jumpClock(20 * minute);
    expect(await session.getToken()).toBeNull();
    expect(await session.getToken()).toBeNull();
    expect(asked(refresh)).toHaveLength(1);
  });

  it.each([
    ['a page of a portal', '<html>Welcome to our network</html>'],
    ['an answer that was cut', '{"success":true,"accessTo'],
    ['nothing', ''],
  ])('does not end the session when the answer is %s', async (_name, text) => {
    let answer = text;
    const { auth, session, platform } = setUp({
      [refresh]: (request) => {
        request.text(answer);
      },
    });
    await auth.login(credentials);
    platform.jumpClock(20 * minute);
    await expect(session.getToken()).rejects.toMatchObject({ code: 'BAD_RESPONSE' });
    answer = JSON.stringify({ success: true, accessToken: accessToken('second') });
    platform.jumpClock(minute);
    expect(await session.getToken()).toBe(accessToken('second'));
  });

  it('ends the session when the cookie is another person’s by then', async () => {
    const { auth, source, session, platform, asked } = setUp({
      [refresh]: (request) => {
        request.json({ success: true, accessToken: jwt({ userId: 'omar', exp: 1, iat: 0 }) });
      },
    });
    await auth.login(credentials);
    platform.jumpClock(20 * minute);
    expect(await session.getToken()).toBeNull();
    expect(await session.getToken()).toBeNull();
    expect(await source.getToken()).toBeNull();
    expect(asked(refresh)).toHaveLength(1);
  });

  it.each([
    ['well', renewed()],
    ['badly', refuse(401)],
  ])('changes nothing when a sign-in overtook it and it ends %s', async (_name, late) => {
    const { auth, source, session, platform, asked } = setUp({ [refresh]: () => undefined });
    await auth.login(credentials);
    const renewing = source.refresh();
    await platform.settle();
    await auth.login(credentials);
    const [request] = asked(refresh);
    if (request !== undefined) late(request);
    expect(await renewing).toBe(accessToken());
    expect(await session.getToken()).toBe(accessToken());
  });
});

describe('restoring', () => {
  it('goes on with the session of an earlier visit', async () => {
    const { auth, server } = setUp({ [refresh]: renewed() });
    await expect(auth.restore()).resolves.toMatchObject({ id: me.id });
    expect(server.last().headers.get('Authorization')).toBe(`Bearer ${accessToken('second')}`);
  });

  it('says that there is none, or that it cannot be known', async () => {
    await expect(setUp({ [refresh]: refuse(401) }).auth.restore()).resolves.toBeNull();
    await expect(setUp({ [refresh]: refuse(503) }).auth.restore()).rejects.toMatchObject({
      code: 'SERVER_ERROR',
    });
  });
});

describe('signing out', () => {
  it.each([
    ['the server takes it', success],
    ['the server fails', refuse(500)],
    [
      'there is no network',
      (request: ScriptedRequest) => {
        request.fail();
      },
    ],
  ])('forgets the token when %s', async (_name, route) => {
    const { auth, source, asked } = setUp({ [logout]: route });
    await auth.login(credentials);
    await auth.logout();
    expect(await source.getToken()).toBeNull();
    expect(asked(logout)[0]?.headers.get('Authorization')).toBe(`Bearer ${accessToken()}`);
  });

  it('forgets the token when the server never answers', async () => {
    const { auth, source, platform } = setUp({ [logout]: () => undefined });
    await auth.login(credentials);
    const leaving = auth.logout();
    await platform.advance(30_000);
    await leaving;
    expect(await source.getToken()).toBeNull();
  });

  it('asks nothing when nobody is signed in', async () => {
    const { auth, server } = setUp();
    await auth.logout();
    expect(server.requests).toHaveLength(0);
  });

  it('keeps a session that is only being restored from beginning', async () => {
    const { auth, source, platform, asked } = setUp({ [refresh]: () => undefined });
    const restoring = auth.restore();
    await platform.settle();
    const leaving = auth.logout();
    await platform.settle();
    asked(refresh).forEach(renewed());
    await leaving;
    expect(await restoring).toBeNull();
    expect(await source.getToken()).toBeNull();
    expect(asked(logout)).toHaveLength(1);
  });

  it('leaves who signed in meanwhile alone', async () => {
    const { auth, source, platform, asked } = setUp({ [logout]: () => undefined });
    await auth.login(credentials);
    const leaving = auth.logout();
    await platform.settle();
    await auth.login(credentials);
    asked(logout).forEach(success);
    await leaving;
    expect(await source.getToken()).toBe(accessToken());
  });
});
