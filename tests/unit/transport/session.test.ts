import { describe, expect, it, jest } from '@jest/globals';

import { HudhudError } from '../../../src/errors';
import { createSession } from '../../../src/transport/session';

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
    refresh.mockResolvedValue('newer');
    expect(await session.renew('new')).toBe('old');
    expect(refresh).toHaveBeenCalledTimes(1);
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
    const session = createSession({ getToken: () => token, refresh: asked }, onOver);
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
    const session = createSession({ getToken: () => token }, onOver);
    await session.getToken();
    token = 't0k';
    await session.getToken();
    expect(onOver).not.toHaveBeenCalled();
    token = null;
    await session.getToken();
    await session.getToken();
    expect(onOver).toHaveBeenCalledTimes(1);
  });

  it('that cannot renew is not over: only this one request was refused', async () => {
    const onOver = jest.fn();
    const session = createSession({ getToken: () => 'old' }, onOver);
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
    const session = createSession({ getToken: () => 'old', refresh }, onOver);
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
