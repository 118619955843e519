import { describe, expect, it, jest } from '@jest/globals';

import { HudhudError } from '../../../src/errors';
import { createVirtualTime } from '../../../src/testing';
import { createSession } from '../../../src/transport/session';
import { jwt } from '../../support/hudhudAnswers';

describe('createSession', () => {
  it('gives the token of its source, now or later', async () => {
    expect(await createSession({ getToken: () => 'a' }).getToken()).toBe('a');
    expect(await createSession({ getToken: () => Promise.resolve('b') }).getToken()).toBe('b');
    expect(await createSession({ getToken: () => null }).getToken()).toBeNull();
  });

  it('shares one refresh among all who ask at once, and with who comes late', async () => {
    const refresh = jest.fn<() => Promise<string | null>>().mockResolvedValue('new');
    // the source gives the old one for a while
    const session = createSession({ getToken: () => 'old', refresh });
    const all = await Promise.all([session.renew('old'), session.renew('old')]);
    expect(all).toEqual(['new', 'new']);
    expect(await session.renew('old')).toBe('new');
    expect(refresh).toHaveBeenCalledTimes(1);
    expect(await session.getToken()).toBe('new');
    refresh.mockResolvedValue('newer');
    expect(await session.renew('new')).toBe('newer');
    expect(refresh).toHaveBeenCalledTimes(2);
  });

  it('starts a new refresh for another token', async () => {
    let token = 'old';
    const refresh = jest.fn(() => {
      token = token === 'old' ? 'new' : 'newer';
      return Promise.resolve(token);
    });
    const session = createSession({ getToken: () => token, refresh });
    expect(await session.renew('old')).toBe('new');
    expect(await session.renew('new')).toBe('newer');
    expect(refresh).toHaveBeenCalledTimes(2);
  });

  it.each<[string, () => Promise<string | null>]>([
    ['says no', () => Promise.resolve(null)],
    ['gives the refused one again', () => Promise.resolve('old')],
    ['rejects', () => Promise.reject(new Error('nope'))],
    ['is refused', () => Promise.reject(new HudhudError('UNAUTHORIZED', 'nope'))],
    [
      'throws',
      () => {
        throw new Error('nope');
      },
    ],
  ])('is over when the refresh %s, and spends no other one on it', async (_name, refresh) => {
    let token = 'old';
    const asked = jest.fn(refresh);
    const onOver = jest.fn();
    const session = createSession({ getToken: () => token, refresh: asked }, { onOver });
    expect(await Promise.all([session.renew('old'), session.renew('old')])).toEqual([null, null]);
    expect(await session.renew('old')).toBeNull();
    expect(await session.getToken()).toBeNull();
    expect(asked).toHaveBeenCalledTimes(1);
    expect(onOver).toHaveBeenCalledTimes(1);
    token = 'another';
    expect(await session.getToken()).toBe('another');
  });

  it('is over when its source has no token any more, and was not before it had one', async () => {
    let token: string | null = null;
    const onOver = jest.fn();
    const session = createSession({ getToken: () => token }, { onOver });
    await session.getToken();
    token = 't0k';
    await session.getToken();
    expect(onOver).not.toHaveBeenCalled();
    token = null;
    await session.getToken();
    await session.getToken();
    expect(onOver).toHaveBeenCalledTimes(1);
  });

  it('forgets that when somebody signs in, even with the same token', async () => {
    const session = createSession({ getToken: () => 'old', refresh: () => Promise.resolve(null) });
    await session.renew('old');
    expect(await session.getToken()).toBeNull();
    session.reset();
    expect(await session.getToken()).toBe('old');
  });

  it('that cannot renew is not over: only this one request was refused', async () => {
    const onOver = jest.fn();
    const session = createSession({ getToken: () => 'old' }, { onOver });
    expect(await session.renew('old')).toBeNull();
    expect(await session.getToken()).toBe('old');
    expect(onOver).not.toHaveBeenCalled();
  });

  it('does not call the session over because of a bad network, and can refresh again', async () => {
    const refresh = jest
      .fn<() => Promise<string | null>>()
      .mockRejectedValueOnce(new HudhudError('NETWORK', 'down'))
      .mockResolvedValueOnce('new');
    const onOver = jest.fn();
    const session = createSession({ getToken: () => 'old', refresh }, { onOver });
    await expect(session.renew('old')).rejects.toMatchObject({ code: 'NETWORK' });
    expect(await session.getToken()).toBe('old');
    expect(await session.renew('old')).toBe('new');
    expect(onOver).not.toHaveBeenCalled();
  });

  it.each([['a b'], ['a\nb'], ['é'], ['']])(
    'does not hand out %p, which a header cannot carry',
    async (token) => {
      expect(await createSession({ getToken: () => token }).getToken()).toBeNull();
    },
  );

  it('takes a source that throws as signed out', async () => {
    const session = createSession({
      getToken: () => {
        throw new Error('storage');
      },
    });
    expect(await session.getToken()).toBeNull();
  });
});

describe('renewing', () => {
  it('uses the present token if somebody has renewed it meanwhile', async () => {
    const refresh = jest.fn<() => Promise<string | null>>().mockResolvedValue('newest');
    const session = createSession({ getToken: () => 'new', refresh });
    expect(await session.renew('old')).toBe('new');
    expect(refresh).not.toHaveBeenCalled();
  });

  it('refreshes when the present token is the refused one, or there is none', async () => {
    const refresh = () => Promise.resolve('newest');
    expect(await createSession({ getToken: () => 'old', refresh }).renew('old')).toBe('newest');
    expect(await createSession({ getToken: () => null, refresh }).renew('old')).toBe('newest');
  });
});

describe("a host's token", () => {
  const second = 1_000;
  const claims = (lifeS: number, n: number) => jwt({ iat: n, exp: n + lifeS });
  function setUp(refresh?: () => Promise<string | null>) {
    const time = createVirtualTime();
    let token = claims(900, 1);
    const refreshed = jest.fn(
      refresh ??
        (() => {
          token = claims(900, 2);
          return Promise.resolve(token);
        }),
    );
    const onOver = jest.fn();
    const source = { getToken: () => token, refresh: refreshed };
    const session = createSession(source, { clock: time.clock, onOver });
    return { time, session, refreshed, onOver, first: token };
  }

  it('is renewed 90 s before it ends, counted from when it was first seen', async () => {
    const { time, session, refreshed, first } = setUp();
    expect(session.renewsAt()).toBeNull();
    await session.getToken();
    expect(session.renewsAt()).toBe(time.clock.now() + 810 * second);
    time.jumpClock(810 * second - 1);
    expect(await session.getToken()).toBe(first);
    time.jumpClock(1);
    expect(await Promise.all([session.getToken(), session.getToken()])).toEqual([
      claims(900, 2),
      claims(900, 2),
    ]);
    expect(refreshed).toHaveBeenCalledTimes(1);
    expect(session.renewsAt()).toBe(time.clock.now() + 810 * second);
  });

  it('may be the same one, good for longer', async () => {
    const { time, session, refreshed, onOver, first } = setUp(() => Promise.resolve(first));
    await session.getToken();
    time.jumpClock(810 * second);
    expect(await session.getToken()).toBe(first);
    time.jumpClock(809 * second);
    expect(await session.getToken()).toBe(first);
    expect(refreshed).toHaveBeenCalledTimes(1);
    expect(onOver).not.toHaveBeenCalled();
  });

  it('that came again as it was, ahead of its end, is renewed once it is refused', async () => {
    const { time, session, refreshed, onOver, first } = setUp(() => Promise.resolve(first));
    await session.getToken();
    time.jumpClock(810 * second);
    expect(await session.getToken()).toBe(first);
    time.jumpClock(90 * second);
    refreshed.mockResolvedValue(claims(900, 2));
    expect(await session.renew(first)).toBe(claims(900, 2));
    expect(await session.renew(first)).toBe(claims(900, 2));
    expect(refreshed).toHaveBeenCalledTimes(2);
    expect(onOver).not.toHaveBeenCalled();
  });

  it('is used as long as it is good where that meets a bad network, which is asked more and more seldom', async () => {
    const { time, session, refreshed, onOver, first } = setUp(() =>
      Promise.reject(new HudhudError('NETWORK', 'down')),
    );
    await session.getToken();
    time.jumpClock(810 * second);
    const asked: number[] = [];
    for (let passed = 0; passed < 90; passed += 1) {
      const before = refreshed.mock.calls.length;
      expect(await session.getToken()).toBe(first);
      if (refreshed.mock.calls.length > before) asked.push(passed);
      time.jumpClock(second);
    }
    expect(asked).toEqual([0, 5, 15, 35, 75]);
    await expect(session.getToken()).rejects.toMatchObject({ code: 'NETWORK' });
    expect(onOver).not.toHaveBeenCalled();
  });

  it('is over when that is refused', async () => {
    const { time, session, onOver } = setUp(() => Promise.resolve(null));
    await session.getToken();
    time.jumpClock(810 * second);
    expect(await session.getToken()).toBeNull();
    expect(await session.getToken()).toBeNull();
    expect(onOver).toHaveBeenCalledTimes(1);
    expect(session.renewsAt()).toBeNull();
  });

  it('is not renewed ahead without a clock, without an end, or without a way', async () => {
    const time = createVirtualTime();
    const { clock } = time;
    const refresh = jest.fn(() => Promise.resolve('new'));
    const sessions = [
      createSession({ getToken: () => claims(10, 1), refresh }),
      createSession({ getToken: () => 'opaque', refresh }, { clock }),
      createSession({ getToken: () => claims(10, 1) }, { clock }),
    ];
    for (const session of sessions) await session.getToken();
    time.jumpClock(3_600 * second);
    for (const session of sessions) {
      expect(await session.getToken()).not.toBeNull();
      expect(session.renewsAt()).toBeNull();
    }
    expect(refresh).not.toHaveBeenCalled();
  });
});
