import { describe, expect, it, jest } from '@jest/globals';

import { HudhudError } from '../../../src/errors';
import { createSession, renewToken } from '../../../src/transport/session';

describe('createSession', () => {
  it('gives the token of its source, now or later', async () => {
    expect(await createSession({ getToken: () => 'a' }).getToken()).toBe('a');
    expect(await createSession({ getToken: () => Promise.resolve('b') }).getToken()).toBe('b');
    expect(await createSession({ getToken: () => null }).getToken()).toBeNull();
  });

  it('shares one refresh among all who ask at once, and starts a new one later', async () => {
    const refresh = jest.fn<() => Promise<string | null>>().mockResolvedValue('new');
    const session = createSession({ getToken: () => 'old', refresh });
    const all = await Promise.all([session.refresh(), session.refresh(), session.refresh()]);
    expect(all).toEqual(['new', 'new', 'new']);
    expect(refresh).toHaveBeenCalledTimes(1);
    await session.refresh();
    expect(refresh).toHaveBeenCalledTimes(2);
  });

  it.each<[string, (() => Promise<string | null>) | undefined]>([
    ['is missing', undefined],
    ['says no', () => Promise.resolve(null)],
    ['rejects', () => Promise.reject(new Error('nope'))],
    ['is refused', () => Promise.reject(new HudhudError('UNAUTHORIZED', 'nope'))],
    [
      'throws',
      () => {
        throw new Error('nope');
      },
    ],
  ])('has no new token when the refresh %s', async (_name, refresh) => {
    const session = createSession({ getToken: () => 'old', ...(refresh && { refresh }) });
    expect(await session.refresh()).toBeNull();
  });

  it('does not call the session over because of a bad network, and can refresh again', async () => {
    const refresh = jest
      .fn<() => Promise<string | null>>()
      .mockRejectedValueOnce(new HudhudError('NETWORK', 'down'))
      .mockResolvedValueOnce('new');
    const session = createSession({ getToken: () => 'old', refresh });
    await expect(session.refresh()).rejects.toMatchObject({ code: 'NETWORK' });
    expect(await session.refresh()).toBe('new');
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

describe('renewToken', () => {
  it('uses the present token if somebody has renewed it meanwhile', async () => {
    const refresh = jest.fn<() => Promise<string | null>>().mockResolvedValue('newest');
    const session = createSession({ getToken: () => 'new', refresh });
    expect(await renewToken(session, 'old')).toBe('new');
    expect(refresh).not.toHaveBeenCalled();
  });

  it('refreshes when the present token is the refused one, or there is none', async () => {
    const refresh = () => Promise.resolve('newest');
    expect(await renewToken(createSession({ getToken: () => 'old', refresh }), 'old')).toBe(
      'newest',
    );
    expect(await renewToken(createSession({ getToken: () => null, refresh }), 'old')).toBe(
      'newest',
    );
  });
});
