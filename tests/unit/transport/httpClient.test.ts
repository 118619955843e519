import { describe, expect, it, jest } from '@jest/globals';

import { HudhudError } from '../../../src/errors';
import { createCounters } from '../../../src/platform/counters';
import type { ScriptedRequest } from '../../../src/testing';
import { createFakePlatform, createScriptedServer } from '../../../src/testing';
import { createHttpClient } from '../../../src/transport/httpClient';
import type { HttpRequest } from '../../../src/transport/httpRequest';
import { budgetDefaults, createRateBudget } from '../../../src/transport/rateBudget';
import type { TokenSource } from '../../../src/transport/session';
import { createSession } from '../../../src/transport/session';

function setUp(
  answer?: (request: ScriptedRequest) => void,
  source: TokenSource = { getToken: () => 's3cr3t-old' },
) {
  const server = createScriptedServer(answer);
  const platform = createFakePlatform({ fetch: server.fetch });
  const counters = createCounters();
  const client = createHttpClient({
    baseUrl: 'https://host.test/api',
    session: createSession(source),
    platform,
    counters,
  });
  const send = (part: Partial<HttpRequest<unknown>> = {}) =>
    client.request({ method: 'POST', path: '/chat/messages', decode: (json) => json, ...part });
  return { server, platform, counters, send };
}

/** A source whose refresh works; counts how often it was asked. */
function renewable() {
  let token = 's3cr3t-old';
  const refresh = jest.fn(() => {
    token = 's3cr3t-new';
    return Promise.resolve<string | null>(token);
  });
  return { getToken: () => token, refresh };
}

const onlyNew = (request: ScriptedRequest) => {
  if (request.headers.get('Authorization') === 'Bearer s3cr3t-new') request.json({ ok: true });
  else request.json({ success: false }, { status: 401 });
};

describe('createHttpClient', () => {
  it('sends one request and decodes its answer', async () => {
    const { server, platform, counters, send } = setUp((request) => {
      request.json({ n: 1 });
    });
    const result = await send({
      query: { limit: 5 },
      body: { content: 'hi' },
      decode: (json) => (json as { n: number }).n,
    });
    expect(result).toBe(1);
    expect(server.requests).toHaveLength(1);
    expect(server.last()).toMatchObject({
      url: 'https://host.test/api/chat/messages?limit=5',
      method: 'POST',
      body: '{"content":"hi"}',
    });
    expect(platform.pending().timers).toBe(0);
    expect(counters.snapshot().requests?.by).toEqual({ 200: 1 });
  });

  it('sends no token where none is wanted', async () => {
    const { server, send } = setUp((request) => {
      request.json({});
    });
    await send({ auth: false });
    expect(server.last().headers.has('Authorization')).toBe(false);
  });

  it('asks nothing without a token', async () => {
    const { server, send } = setUp(undefined, { getToken: () => null });
    await expect(send()).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
    expect(server.requests).toHaveLength(0);
  });
});

describe('createHttpClient: a refused token', () => {
  it('is renewed once, and the request sent once more', async () => {
    const source = renewable();
    const { server, send } = setUp(onlyNew, source);
    expect(await send({ body: { a: 1 } })).toEqual({ ok: true });
    expect(server.requests.map((request) => request.body)).toEqual(['{"a":1}', '{"a":1}']);
    expect(source.refresh).toHaveBeenCalledTimes(1);
  });

  it('is renewed by one refresh for many requests', async () => {
    const source = renewable();
    const { server, send } = setUp(onlyNew, source);
    await Promise.all(Array.from({ length: 10 }, () => send()));
    expect(source.refresh).toHaveBeenCalledTimes(1);
    expect(server.requests).toHaveLength(20);
  });

  it('is not renewed again for an answer that comes late', async () => {
    const source = renewable();
    const { server, platform, send } = setUp(undefined, source);
    const late = send();
    const early = send();
    await platform.settle();
    const [first, second] = server.requests;
    second?.json({}, { status: 401 });
    await platform.settle();
    server.last().json({ n: 2 });
    expect(await early).toEqual({ n: 2 });
    first?.json({}, { status: 401 });
    await platform.settle();
    server.last().json({ n: 1 });
    expect(await late).toEqual({ n: 1 });
    expect(source.refresh).toHaveBeenCalledTimes(1);
  });

  it('is final the second time', async () => {
    const source = renewable();
    const { server, send } = setUp((request) => {
      request.json({}, { status: 401 });
    }, source);
    await expect(send()).rejects.toMatchObject({ code: 'UNAUTHORIZED', data: { status: 401 } });
    expect(server.requests).toHaveLength(2);
    expect(source.refresh).toHaveBeenCalledTimes(1);
  });

  it('is final where there is no new one', async () => {
    const { server, send } = setUp((request) => {
      request.json({}, { status: 401 });
    });
    await expect(send()).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
    expect(server.requests).toHaveLength(1);
  });

  it('is no reason to sign out when the refresh met a bad network', async () => {
    const { send } = setUp(
      (request) => {
        request.json({}, { status: 401 });
      },
      {
        getToken: () => 'old',
        refresh: () => Promise.reject(new HudhudError('NETWORK', 'down')),
      },
    );
    // and the server has done nothing of the request
    await expect(send()).rejects.toMatchObject({ code: 'NETWORK', data: { isUnsent: true } });
  });

  it('is asked for before anything is sent: without an answer to that nothing was', async () => {
    const { server, send } = setUp(() => undefined, {
      getToken: () => Promise.reject(new HudhudError('NETWORK', 'down')),
    });
    await expect(send()).rejects.toMatchObject({ code: 'NETWORK', data: { isUnsent: true } });
    expect(server.requests).toHaveLength(0);
  });

  it('that is waited for too long leaves it unsent, also once it comes', async () => {
    let give: (token: string) => void = () => undefined;
    const { server, platform, send } = setUp(undefined, {
      getToken: () =>
        new Promise<string>((resolve) => {
          give = resolve;
        }),
    });
    const seen = expect(send()).rejects.toMatchObject({
      code: 'TIMEOUT',
      data: { isUnsent: true },
    });
    await platform.advance(30_000);
    await seen;
    give('s3cr3t');
    await platform.settle();
    expect(server.requests).toHaveLength(0);
  });

  it('whose renewal is waited for too long leaves it unsent, but not the second try', async () => {
    let isRenewing = true;
    const { server, platform, send } = setUp(
      (request) => {
        const isOld = request.headers.get('Authorization') === 'Bearer s3cr3t-old';
        if (isOld) request.json({ success: false }, { status: 401 });
      },
      {
        getToken: () => 's3cr3t-old',
        refresh: () => (isRenewing ? new Promise(() => undefined) : Promise.resolve('s3cr3t-new')),
      },
    );
    const first = expect(send()).rejects.toMatchObject({
      code: 'TIMEOUT',
      data: { isUnsent: true },
    });
    await platform.advance(30_000);
    await first;
    expect(server.requests).toHaveLength(1);
    isRenewing = false;
    const other = createHttpClient({
      baseUrl: '/api',
      session: createSession(renewable()),
      platform,
    });
    const request = { method: 'POST', path: '/x', decode: (json: unknown) => json } as const;
    const second = other.request(request).catch((error: unknown) => error);
    await platform.advance(30_000);
    expect(await second).toMatchObject({ code: 'TIMEOUT' });
    expect(await second).not.toMatchObject({ data: { isUnsent: true } });
    expect(server.requests).toHaveLength(3);
  });

  it('is not renewed for a request without one: a wrong password is a wrong password', async () => {
    const source = renewable();
    const { send } = setUp((request) => {
      request.json({}, { status: 401 });
    }, source);
    await expect(send({ auth: false })).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
    expect(source.refresh).not.toHaveBeenCalled();
  });
});

describe('createHttpClient: failures', () => {
  it.each([400, 403, 404, 409, 422, 429, 500, 502, 503])(
    'never repeats a request that was answered %p',
    async (status) => {
      const { server, platform, send } = setUp((request) => {
        request.json({}, { status, headers: { 'Retry-After': '1' } });
      });
      await expect(send()).rejects.toBeInstanceOf(HudhudError);
      await platform.advance(60_000);
      expect(server.requests).toHaveLength(1);
      expect(platform.pending().timers).toBe(0);
    },
  );

  it('never repeats a request that was not answered', async () => {
    const { server, platform, counters, send } = setUp((request) => {
      request.fail();
    });
    await expect(send()).rejects.toMatchObject({
      code: 'NETWORK',
      data: { request: 'POST /chat/messages' },
    });
    await platform.advance(60_000);
    expect(server.requests).toHaveLength(1);
    expect(counters.snapshot().requests?.by).toEqual({ NETWORK: 1 });
  });

  it('gives up after 30 s, also in the middle of a body', async () => {
    const { server, platform, send } = setUp((request) => {
      request.stream({ headers: { 'Content-Type': 'application/json' } }).push('{"a":');
    });
    const seen = expect(send()).rejects.toMatchObject({ code: 'TIMEOUT' });
    await platform.advance(29_999);
    expect(server.last().isAborted()).toBe(false);
    await platform.advance(1);
    await seen;
    expect(server.last().isAborted()).toBe(true);
    expect(server.openBodies()).toBe(0);
  });

  it('does not wait for ever for a token', async () => {
    const { platform, send } = setUp(undefined, {
      getToken: () => new Promise<never>(() => undefined),
    });
    const seen = expect(send()).rejects.toMatchObject({ code: 'TIMEOUT' });
    await platform.advance(30_000);
    await seen;
  });

  it('stops at once when called off, and sends nothing after that', async () => {
    const controller = new AbortController();
    let give: (token: string) => void = () => undefined;
    const { server, platform, send } = setUp(undefined, {
      getToken: () =>
        new Promise((resolve) => {
          give = resolve;
        }),
    });
    const seen = expect(send({ signal: controller.signal })).rejects.toMatchObject({
      code: 'ABORTED',
    });
    controller.abort();
    await seen;
    give('late');
    await platform.settle();
    expect(server.requests).toHaveLength(0);
    expect(platform.pending().timers).toBe(0);
    await expect(send({ signal: controller.signal })).rejects.toMatchObject({ code: 'ABORTED' });
  });

  it('puts no token, no query and no text of the answer into an error', async () => {
    const answers: ((request: ScriptedRequest) => void)[] = [
      (request) => {
        request.text('<html>s3cr3t</html>', { status: 500 });
      },
      (request) => {
        request.text('<html>s3cr3t</html>');
      },
      (request) => {
        request.json({ success: false, error: { message: 's3cr3t', code: 's3cr3t text' } });
      },
      (request) => {
        request.fail();
      },
    ];
    for (const answer of answers) {
      const { send } = setUp(answer);
      const error: unknown = await send({ query: { q: 's3cr3t' } }).catch((e: unknown) => e);
      expect(error).toBeInstanceOf(HudhudError);
      const { message, data, cause, stack } = error as HudhudError;
      expect(JSON.stringify([message, data, cause, stack])).not.toContain('s3cr3t');
    }
  });
});

describe('createHttpClient: the budget', () => {
  const limits = (remaining: number) => ({
    'X-RateLimit-Limit': '100',
    'X-RateLimit-Remaining': String(remaining),
    'X-RateLimit-Reset': '600',
  });
  function setUpLimited(remaining: number, source?: TokenSource) {
    const world = setUp((request) => {
      if (request.headers.get('Authorization') === 'Bearer s3cr3t-expired') {
        request.json({}, { status: 401 });
      } else request.json({}, { headers: limits(remaining) });
    }, source);
    const { platform, counters } = world;
    const budget = createRateBudget(budgetDefaults, platform.clock);
    const client = createHttpClient({
      baseUrl: '/api',
      session: createSession(source ?? { getToken: () => 't' }),
      ...{ platform, counters, budget },
    });
    const ask = (more: Partial<HttpRequest<unknown>> = {}) =>
      client.request({ method: 'GET', path: '/x', decode: () => null, ...more });
    return { ...world, ask, budget };
  }

  it('sends nothing that is known to be refused, and says when it may be sent', async () => {
    const { server, counters, ask, platform } = setUpLimited(8);
    await ask();
    await expect(ask()).rejects.toMatchObject({
      code: 'RATE_LIMITED',
      data: { request: 'GET /x', retryAfterMs: 600_000 },
    });
    expect(server.requests).toHaveLength(1);
    expect(counters.snapshot().heldBack).toEqual({ total: 1, by: { history: 1 } });
    // what is sent may use the rest
    await ask({ use: 'send' });
    expect(server.requests).toHaveLength(2);
    platform.jumpClock(600_000);
    await ask();
    expect(server.requests).toHaveLength(3);
  });

  it('counts the second try after a refused token, and not what goes without one', async () => {
    let token = 's3cr3t-expired';
    const { ask, budget } = setUpLimited(100, {
      getToken: () => token,
      refresh: () => Promise.resolve((token = 'good')),
    });
    for (let i = 0; i < 60; i += 1) await ask({ auth: false });
    expect(budget.waitOf('typing')).toBe(0);
    await ask();
    for (let i = 0; i < 47; i += 1) budget.spend('send');
    expect(budget.waitOf('typing')).toBe(0);
    budget.spend('send');
    expect(budget.waitOf('typing')).toBeGreaterThan(0);
  });
});
