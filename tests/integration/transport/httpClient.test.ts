import { afterEach, describe, expect, it } from '@jest/globals';

import { HudhudError } from '../../../src/errors';
import { createHttpClient } from '../../../src/transport/httpClient';
import type { TokenSource } from '../../../src/transport/session';
import { createSession } from '../../../src/transport/session';
import { createCountedPlatform } from '../../support/countedPlatform';
import type { SseScript, SseServer } from '../../support/sseServer';
import { refuse, startSseServer, until } from '../../support/sseServer';

let server: SseServer | null = null;

afterEach(async () => {
  await server?.close();
  server = null;
});

async function setUp(script: SseScript, source: TokenSource = { getToken: () => 's3cr3t' }) {
  const started = await startSseServer(script);
  server = started;
  const platform = createCountedPlatform();
  const client = createHttpClient({
    baseUrl: `${started.url}/api`,
    session: createSession(source),
    platform,
    timeoutMs: 1_000,
  });
  return { server: started, platform, client };
}

const asIs = (json: unknown) => json;
const json = { 'Content-Type': 'application/json' };

describe('the client for requests over a real socket', () => {
  it('sends a body and reads an answer', async () => {
    const { client } = await setUp(async (response, _n, request) => {
      let body = '';
      for await (const chunk of request) body += String(chunk);
      refuse(response, 201, json, `{"success":true,"echo":${body},"url":"${request.url ?? ''}"}`);
    });
    const result = await client.request({
      method: 'POST',
      path: '/chat/messages',
      query: { a: 'é' },
      body: { content: 'سلام' },
      decode: asIs,
    });
    expect(result).toEqual({
      success: true,
      echo: { content: 'سلام' },
      url: '/api/chat/messages?a=%C3%A9',
    });
  });

  it('renews a refused token once for many requests', async () => {
    let token = 'old';
    let refreshes = 0;
    const { server: started, client } = await setUp(
      (response, _n, request) => {
        const isNew = request.headers.authorization === 'Bearer new';
        refuse(response, isNew ? 200 : 401, json, '{"success":true}');
      },
      {
        getToken: () => token,
        refresh: () => {
          refreshes += 1;
          token = 'new';
          return Promise.resolve(token);
        },
      },
    );
    const ask = () => client.request({ method: 'GET', path: '/x', decode: asIs });
    await Promise.all([ask(), ask(), ask()]);
    expect(refreshes).toBe(1);
    expect(started.requests).toHaveLength(6);
  });

  it.each<[string, SseScript, string]>([
    [
      'a proxy in trouble',
      (response) => {
        refuse(response, 502, {}, '<html>s3cr3t</html>');
      },
      'SERVER_ERROR',
    ],
    [
      'a page instead of JSON',
      (response) => {
        refuse(response, 200, {}, '<html>s3cr3t</html>');
      },
      'BAD_RESPONSE',
    ],
    [
      'a limit',
      (response) => {
        refuse(response, 429, { ...json, 'Retry-After': '2' }, '{"success":false}');
      },
      'RATE_LIMITED',
    ],
    ['a broken socket', (response) => void response.destroy(), 'NETWORK'],
    ['silence', () => undefined, 'TIMEOUT'],
  ])(
    'turns %s into an error that quotes nothing, and never asks again',
    async (_name, script, code) => {
      const { server: started, platform, client } = await setUp(script);
      const error: unknown = await client
        .request({ method: 'POST', path: '/x', body: {}, decode: asIs })
        .catch((e: unknown) => e);
      expect(error).toBeInstanceOf(HudhudError);
      expect(error).toMatchObject({ code });
      const { message, data, cause, stack } = error as HudhudError;
      expect(JSON.stringify([message, data, cause, stack])).not.toContain('s3cr3t');
      await until(() => started.openSockets() === 0, 'the socket closes');
      expect(started.requests).toHaveLength(1);
      expect(platform.held().timers).toBe(0);
    },
  );

  it('closes the socket of a request that is called off', async () => {
    const { server: started, platform, client } = await setUp(() => undefined);
    const controller = new AbortController();
    const asked = client.request({
      method: 'GET',
      path: '/x',
      signal: controller.signal,
      decode: asIs,
    });
    const seen = expect(asked).rejects.toMatchObject({ code: 'ABORTED' });
    await until(() => started.requests.length === 1, 'it asks');
    controller.abort();
    await seen;
    await until(() => started.openSockets() === 0, 'the socket closes');
    expect(platform.held().timers).toBe(0);
  });
});
