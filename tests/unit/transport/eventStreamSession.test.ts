import { describe, expect, it } from '@jest/globals';

import { HudhudError } from '../../../src/errors';
import type { EventStreamAuth } from '../../../src/transport/eventStreamOptions';
import { nothingPending } from '../../support/connectionSetup';
import { setUpEventStream } from '../../support/eventStreamSetup';

const authorization = ({ headers }: { readonly headers: Headers }) => headers.get('Authorization');

describe('tokens', () => {
  it('are asked for before each try', async () => {
    let n = 0;
    const { server, platform } = await setUpEventStream({
      headers: { authorization: 'Basic x' },
      auth: { getToken: () => `t${(n += 1)}` },
    });
    server.last().fail();
    await platform.advance(1_000);
    expect(server.requests.map(authorization)).toEqual(['Bearer t1', 'Bearer t2']);
  });

  it('are renewed once after a 401, and the next try is at once', async () => {
    let token = 'old';
    const refreshes: string[] = [];
    const { server, platform, all } = await setUpEventStream({
      auth: {
        getToken: () => token,
        refresh: () => {
          refreshes.push(token);
          token = 'new';
          return token;
        },
      },
    });
    server.last().stream({ status: 401 });
    await platform.settle();
    expect(server.requests.map(authorization)).toEqual(['Bearer old', 'Bearer new']);
    server.last().stream();
    await platform.settle();
    expect(all).toEqual(['open 200']);
    expect(refreshes).toEqual(['old']);
    expect(server.openBodies()).toBe(1);
  });

  it('that are refused twice are the end', async () => {
    const { server, platform, all } = await setUpEventStream({
      auth: { getToken: () => 'old', refresh: () => Promise.resolve('new') },
    });
    server.last().text('', { status: 401 });
    await platform.settle();
    server.last().text('', { status: 401 });
    await platform.advance(60_000);
    expect(all).toEqual(['fatal UNAUTHORIZED 401']);
    expect(server.requests).toHaveLength(2);
    expect(platform.pending()).toEqual(nothingPending);
  });

  it('may be refused again after a connection that they opened', async () => {
    let n = 0;
    const { server, platform, all } = await setUpEventStream({
      auth: { getToken: () => `t${n}`, refresh: () => `t${(n += 1)}` },
    });
    server.last().text('', { status: 401 });
    await platform.settle();
    server.last().stream().end();
    await platform.advance(1_000);
    server.last().text('', { status: 401 });
    await platform.settle();
    server.last().stream();
    await platform.settle();
    expect(server.requests.map(authorization)).toEqual(
      ['t0', 't1', 't1', 't2'].map((token) => `Bearer ${token}`),
    );
    expect(all.filter((line) => line.startsWith('fatal'))).toEqual([]);
  });

  it.each<[string, EventStreamAuth | undefined]>([
    ['there is no source of tokens', undefined],
    ['the source cannot renew', { getToken: () => 'old' }],
    ['there will be no new one', { getToken: () => 'old', refresh: () => null }],
    [
      'the error says that the session is over',
      {
        getToken: () => 'old',
        refresh: () => Promise.reject(new HudhudError('UNAUTHORIZED', 'over')),
      },
    ],
  ])('that are refused are the end where %s', async (_name, auth) => {
    const { server, platform, all } = await setUpEventStream({ ...(auth && { auth }) });
    server.last().text('', { status: 401 });
    await platform.advance(60_000);
    expect(all).toEqual(['fatal UNAUTHORIZED 401']);
    expect(server.requests).toHaveLength(1);
    expect(platform.pending()).toEqual(nothingPending);
  });

  it('that a host renewed by itself meanwhile are taken, and no refresh is spent', async () => {
    let token = 'old';
    let refreshes = 0;
    const { server, platform } = await setUpEventStream({
      auth: { getToken: () => token, refresh: () => `r${(refreshes += 1)}` },
    });
    token = 'renewed';
    server.last().text('', { status: 401 });
    await platform.settle();
    expect(server.requests.map(authorization)).toEqual(['Bearer old', 'Bearer renewed']);
    expect(refreshes).toBe(0);
  });

  it('that cannot be had just now are asked for later', async () => {
    const broken = [true, true];
    const secret = new TypeError('bad header "Bearer s3cr3t"');
    const errors: string[] = [];
    const { server, platform } = await setUpEventStream({
      auth: {
        getToken: () => (broken.pop() === undefined ? 'ok' : Promise.reject(secret)),
        refresh: () => null,
      },
      handlers: { onError: (error) => errors.push(JSON.stringify(error)) },
    });
    await platform.advance(3_000);
    expect(server.requests.map(authorization)).toEqual(['Bearer ok']);
    expect(errors).toHaveLength(2);
    expect(errors[0]).toContain('"code":"NETWORK"');
    expect(errors.join()).not.toContain('s3cr3t');
  });

  it('that a refresh does not find just now are asked for later', async () => {
    let failures = 1;
    const { server, platform, all } = await setUpEventStream({
      auth: {
        getToken: () => 'old',
        refresh() {
          failures -= 1;
          if (failures < 0) return 'new';
          throw new TypeError('fetch failed');
        },
      },
    });
    server.last().text('', { status: 401 });
    await platform.settle();
    expect(all).toEqual(['error NETWORK', 'retry 1 in 1000']);
    await platform.advance(1_000);
    server.last().text('', { status: 401 });
    await platform.settle();
    expect(server.requests.map(authorization)).toEqual(['Bearer old', 'Bearer old', 'Bearer new']);
  });

  it.each([
    ['null', null],
    ['undefined', undefined as unknown as null],
    ['no text that a header can carry', 's3cr\n3t'],
  ])('that are %s are the end, and nothing is sent', async (_name, token) => {
    const { server, platform, all } = await setUpEventStream({ auth: { getToken: () => token } });
    await platform.settle();
    expect(all).toEqual(['fatal UNAUTHORIZED']);
    expect(server.requests).toEqual([]);
    expect(platform.pending()).toEqual(nothingPending);
  });

  it('that never come are cut off like a server', async () => {
    const { platform, all } = await setUpEventStream({
      auth: { getToken: () => new Promise(() => undefined) },
    });
    await platform.advance(15_000);
    expect(all).toEqual(['error TIMEOUT', 'retry 1 in 1000']);
  });

  it('of one source are renewed by one refresh for all its streams', async () => {
    let token = 'old';
    let refreshes = 0;
    const auth: EventStreamAuth = {
      getToken: () => token,
      async refresh() {
        refreshes += 1;
        await Promise.resolve();
        token = 'new';
        return token;
      },
    };
    const streams = [await setUpEventStream({ auth }), await setUpEventStream({ auth })];
    for (const { server } of streams) server.last().text('', { status: 401 });
    for (const { platform } of streams) await platform.settle();
    expect(refreshes).toBe(1);
    expect(streams.map(({ server }) => authorization(server.last()))).toEqual([
      'Bearer new',
      'Bearer new',
    ]);
  });
});
