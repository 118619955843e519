import { describe, expect, it, jest } from '@jest/globals';

import { HudhudError } from '../../../src/errors';
import { createFakePlatform } from '../../../src/testing';
import { createSession } from '../../../src/transport/session';
import { createSurroundings } from '../../../src/transport/surroundings';
import { createTokenKeeper } from '../../../src/transport/tokenKeeper';
import { nothingPending } from '../../support/connectionSetup';
import { jwt } from '../../support/hudhudAnswers';

const second = 1_000;

function setUp() {
  const platform = createFakePlatform();
  let n = 1;
  const tokenOf = () => jwt({ iat: n, exp: n + 900 });
  const refresh = jest.fn(() => {
    n += 1;
    return Promise.resolve<string | null>(tokenOf());
  });
  const session = createSession({ getToken: tokenOf, refresh }, { clock: platform.clock });
  const surroundings = createSurroundings(platform);
  const keeper = createTokenKeeper({ session, surroundings, platform });
  return { platform, refresh, keeper };
}

describe('a token', () => {
  it('is renewed in time though nobody asks, again and again, and leaves nothing when stopped', async () => {
    const { platform, refresh, keeper } = setUp();
    keeper.start();
    await platform.advance(809 * second);
    expect(refresh).toHaveBeenCalledTimes(0);
    await platform.advance(second);
    expect(refresh).toHaveBeenCalledTimes(1);
    await platform.advance(810 * second);
    expect(refresh).toHaveBeenCalledTimes(2);
    keeper.stop();
    expect(platform.pending()).toEqual(nothingPending);
    await platform.advance(3_600 * second);
    expect(refresh).toHaveBeenCalledTimes(2);
  });

  it('is renewed at the end of sleep, before its timer comes', async () => {
    const { platform, refresh, keeper } = setUp();
    keeper.start();
    await platform.settle();
    platform.jumpClock(850 * second);
    platform.setVisible(false);
    platform.setVisible(true);
    await platform.settle();
    expect(refresh).toHaveBeenCalledTimes(1);
    keeper.stop();
  });

  it('is not asked for without a network, and at once when there is one', async () => {
    const { platform, refresh, keeper } = setUp();
    keeper.start();
    await platform.settle();
    platform.setOnline(false);
    await platform.advance(880 * second);
    expect(refresh).toHaveBeenCalledTimes(0);
    platform.setOnline(true);
    await platform.settle();
    expect(refresh).toHaveBeenCalledTimes(1);
    keeper.stop();
    expect(platform.pending()).toEqual(nothingPending);
  });

  it('is not renewed without end where its end lies behind this clock as it comes', async () => {
    const platform = createFakePlatform();
    let n = 0;
    // the server's clock is an hour behind, and nothing says when it was issued
    const tokenOf = () => jwt({ n, exp: platform.clock.now() / second - 2_700 });
    const refresh = jest.fn(() => {
      n += 1;
      return Promise.resolve<string | null>(n < 100 ? tokenOf() : null);
    });
    let token = tokenOf();
    const session = createSession(
      {
        getToken: () => token,
        refresh: async () => (token = (await refresh()) ?? token),
      },
      { clock: platform.clock },
    );
    const surroundings = createSurroundings(platform);
    const keeper = createTokenKeeper({ session, surroundings, platform });
    keeper.start();
    await platform.advance(60 * second);
    expect(refresh).toHaveBeenCalledTimes(1);
    expect(await session.getToken()).toBe(token);
    expect(refresh).toHaveBeenCalledTimes(1);
    keeper.stop();
    expect(platform.pending()).toEqual(nothingPending);
  });

  it('is asked for again after a bad network', async () => {
    const { platform, refresh, keeper } = setUp();
    refresh.mockRejectedValueOnce(new HudhudError('SERVER_ERROR', 'down'));
    keeper.start();
    await platform.advance(811 * second);
    expect(refresh).toHaveBeenCalledTimes(1);
    await platform.advance(5 * second);
    expect(refresh).toHaveBeenCalledTimes(2);
    keeper.stop();
  });

  it('holds no timer that is armed after the stop', async () => {
    const { platform, keeper } = setUp();
    keeper.start();
    keeper.stop();
    await platform.settle();
    expect(platform.pending()).toEqual(nothingPending);
  });

  it('is watched once, however often that is wished', async () => {
    const { platform, keeper } = setUp();
    keeper.start();
    await platform.settle();
    const before = platform.pending();
    keeper.start();
    await platform.settle();
    expect(platform.pending()).toEqual(before);
    keeper.stop();
    expect(platform.pending()).toEqual(nothingPending);
  });
});
