import { afterEach, describe, expect, it } from '@jest/globals';

import type { EventStreamHandlers, EventStreamOptions } from '../../../src/transport';
import type { OpenedStream } from '../../support/openedStream';
import { openRecorded } from '../../support/openedStream';
import type { SseScript, SseServer } from '../../support/sseServer';
import { openSse, redirect, refuse, startSseServer, until, write } from '../../support/sseServer';

const servers: SseServer[] = [];
const streams: OpenedStream[] = [];

afterEach(async () => {
  for (const { stream } of streams.splice(0)) stream.close();
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

async function serve(script: SseScript): Promise<SseServer> {
  const server = await startSseServer(script);
  servers.push(server);
  return server;
}

function open(url: string, options?: EventStreamOptions, also?: EventStreamHandlers): OpenedStream {
  const opened = openRecorded(url, options, also);
  streams.push(opened);
  return opened;
}

/** A server that answers the first requests with these, and streams to all later ones; and a stream of it. */
async function setUp(
  first: readonly SseScript[],
  options?: EventStreamOptions,
  also?: EventStreamHandlers,
) {
  const server = await serve((response, n, request) => {
    const script = first[n];
    if (script !== undefined) return script(response, n, request);
    openSse(response);
    response.write(`data: ${n}\n\n`);
    return undefined;
  });
  return { server, ...open(`${server.url}/stream`, options, also) };
}

const says =
  (text: string): SseScript =>
  (response) => {
    openSse(response);
    response.end(text);
  };
const answers =
  (status: number, headers: Record<string, string> = {}): SseScript =>
  (response) => {
    refuse(response, status, headers);
  };
const sendsTo =
  (location: string, status = 302): SseScript =>
  (response) => {
    redirect(response, status, location);
  };
/** A body without end, which nobody wants. */
const floods =
  (status: number, type: string): SseScript =>
  async (response) => {
    response.writeHead(status, { 'Content-Type': type });
    while (await write(response, 'x'.repeat(1_000)));
  };

const idsSent = (server: SseServer) =>
  server.requests.map(({ headers }) => headers['last-event-id']);
const tokensSent = (server: SseServer) =>
  server.requests.map(({ headers }) => headers.authorization);

describe('openEventStream: what it asks for', () => {
  it('asks as the standard says, and with the headers of the host', async () => {
    const { server, opened } = await setUp([], { headers: { 'X-Api-Key': 'k' } });
    await until(() => opened.length === 1, 'it opens');
    const [request] = server.requests;
    expect(request?.method).toBe('GET');
    expect(request?.headers).toMatchObject({
      accept: 'text/event-stream',
      'cache-control': 'no-cache',
      'x-api-key': 'k',
    });
    expect(request?.headers).not.toHaveProperty('last-event-id');
    expect(request?.headers).not.toHaveProperty('authorization');
  });

  it.each([
    ['an id above U+00FF, as its UTF-8 bytes', 'ид-☃-😀', 'ид-☃-😀'],
    ['an id with a tab', 'a\tb', 'a\tb'],
    ['no id with a control character', 'a\u0001b', undefined],
    ['no id with DEL', 'a\u007fb', undefined],
    ['no id that no server would take', 'x'.repeat(20_000), undefined],
  ])('sends %s', async (_name, id, sent) => {
    const { server, events, errors } = await setUp([says(`id: ${id}\ndata: a\n\n`)]);
    await until(() => events.length === 2, 'it comes back');
    const header = server.requests[1]?.headers['last-event-id'];
    expect(header && Buffer.from(String(header), 'latin1').toString()).toBe(sent);
    expect(events.map((event) => event.id)).toEqual([id, id]);
    expect(errors.map(({ code }) => code)).toEqual(['STREAM_ENDED']);
  });

  it('goes on with the last id: of a block without data, not of one that was cut, not with NUL', async () => {
    const { server, events } = await setUp(
      [
        says('id: 1\ndata: a\n\n'),
        says('id: 2\n\n'),
        says('data: b\n\nid: 3\ndata: cut\n'),
        says('id: 4\0\ndata: c\n\n'),
        says('id:\ndata: d\n\n'),
      ],
      { lastEventId: '0' },
    );
    await until(() => events.length === 5, 'it comes back');
    expect(idsSent(server)).toEqual(['0', '1', '2', '2', '2', undefined]);
    expect(events.map(({ data, id }) => `${data}${id}`)).toEqual(['a1', 'b2', 'c2', 'd', '5']);
  });

  it('does not take the id of a block in which the connection broke', async () => {
    const { server, events, errors } = await setUp([
      async (response) => {
        openSse(response);
        await write(response, 'id: 1\ndata: a\n\n');
        await until(() => streams.at(-1)?.events.length === 1, 'the first event arrives');
        await write(response, 'id: 2\ndata: half');
        response.destroy();
      },
    ]);
    await until(() => events.length === 2, 'it comes back');
    expect(idsSent(server)).toEqual([undefined, '1']);
    expect(errors.map(({ code }) => code)).toEqual(['NETWORK']);
  });
});

describe('openEventStream: redirects', () => {
  it.each([301, 302, 303, 307, 308])(
    'follows %p, and asks at the first address the next time',
    async (status) => {
      let streamed = 0;
      const server = await serve((response, _n, { url }) => {
        if (url === '/stream') {
          redirect(response, status, '/there');
          return;
        }
        streamed += 1;
        openSse(response);
        response.end(`id: ${streamed}\ndata: a\n\n`);
      });
      const { events } = open(`${server.url}/stream`, { headers: { 'X-Api-Key': 'k' } });
      await until(() => events.length >= 2, 'it comes back');
      const addresses = server.requests.map(({ url }) => url);
      expect(addresses.slice(0, 4)).toEqual(['/stream', '/there', '/stream', '/there']);
      expect(server.requests[3]?.headers).toMatchObject({
        'last-event-id': '1',
        'x-api-key': 'k',
        accept: 'text/event-stream',
      });
    },
  );

  it('leaves the token behind where they lead to another origin', async () => {
    const other = await serve(says('data: a\n\n'));
    const { server, events } = await setUp([sendsTo(`${other.url}/there`)], {
      auth: { getToken: () => 's3cr3t' },
    });
    await until(() => events.length >= 1, 'the other one answers');
    expect(tokensSent(server)[0]).toBe('Bearer s3cr3t');
    expect(tokensSent(other)[0]).toBeUndefined();
  });

  it('that lead to a page for people are the end', async () => {
    const { server, errors } = await setUp([
      sendsTo('/login'),
      (response) => {
        response.writeHead(200, { 'Content-Type': 'text/html' });
        response.end('<form>');
      },
    ]);
    await until(() => errors.length === 1, 'it ends');
    expect(errors[0]).toMatchObject({ code: 'STREAM_WRONG_TYPE', fatal: true });
    expect(server.requests).toHaveLength(2);
  });

  it('that lead nowhere are tried again like a broken network', async () => {
    // fetch follows twenty of them
    const { events, errors } = await setUp(Array.from({ length: 21 }, () => sendsTo('/stream')));
    await until(() => events.length === 1, 'it comes back');
    expect(errors.map(({ code, fatal }) => [code, fatal])).toEqual([['NETWORK', false]]);
  });
});

describe('openEventStream: which answers are final', () => {
  it.each([204, 205, 400, 403, 404, 410, 418])('%p is', async (status) => {
    const { server, errors, retries } = await setUp([answers(status)]);
    await until(() => errors.length === 1, 'it ends');
    const message = `The server answered ${status}.`;
    expect(errors).toEqual([{ status, code: 'STREAM_REFUSED', message, fatal: true }]);
    await until(() => server.openSockets() === 0, 'the socket closes');
    expect(retries).toEqual([]);
    expect(server.requests).toHaveLength(1);
  });

  it.each([429, 500, 502, 503, 504])('%p is not', async (status) => {
    const { events, errors, retries } = await setUp([answers(status), answers(status)]);
    await until(() => events.length === 1, 'it comes back');
    expect(errors.map((error) => [error.status, error.fatal])).toEqual([
      [status, false],
      [status, false],
    ]);
    expect(retries).toEqual([
      { delayMs: 5, attempt: 1 },
      { delayMs: 10, attempt: 2 },
    ]);
  });

  it.each([
    ['Text/Event-Stream; charset=utf-8', null],
    ['text/event-stream;x=y', null],
    ['text/event-streamx', 'STREAM_WRONG_TYPE'],
    ['text/plain', 'STREAM_WRONG_TYPE'],
  ])('type %p ends with %p', async (type, code) => {
    const { events, errors } = await setUp([
      (response) => {
        openSse(response, type);
        response.write('data: a\n\n');
      },
    ]);
    await until(() => events.length + errors.length > 0, 'it answers');
    expect(errors[0]?.code ?? null).toBe(code);
    expect(events).toHaveLength(code === null ? 1 : 0);
  });

  it.each([
    [404, 'text/event-stream'],
    [503, 'text/event-stream'],
    [200, 'text/html'],
  ])('lets go of a body without end: %p %s', async (status, type) => {
    const { server, errors } = await setUp([floods(status, type)], {
      initialDelayMs: 60_000,
      maxDelayMs: 60_000,
    });
    await until(() => errors.length === 1, 'it is refused');
    await until(() => server.openSockets() === 0, 'the socket closes');
  });

  it('tries again where no server is, and finds the one that comes', async () => {
    const gone = await startSseServer(() => undefined);
    await gone.close();
    const { events, errors, retries } = open(gone.url);
    await until(() => retries.length >= 3, 'it tried');
    expect(errors[0]).toMatchObject({ code: 'NETWORK', fatal: false });
    servers.push(await startSseServer(says('data: a\n\n'), Number(new URL(gone.url).port)));
    await until(() => events.length > 0, 'it comes');
  });
});

describe('openEventStream: tokens', () => {
  it('renews a refused token once, and is there at once', async () => {
    let token = 'old';
    let refreshes = 0;
    const { server, events, errors, retries } = await setUp(
      [floods(401, 'text/plain'), says('data: a\n\n')],
      {
        initialDelayMs: 60_000,
        maxDelayMs: 60_000,
        auth: {
          getToken: () => token,
          refresh() {
            refreshes += 1;
            token = 'new';
            return token;
          },
        },
      },
      {
        onError() {
          streams.at(-1)?.stream.close();
        },
      },
    );
    await until(() => errors.length === 1, 'the stream that opened ends');
    expect(events.map(({ data }) => data)).toEqual(['a']);
    expect(tokensSent(server)).toEqual(['Bearer old', 'Bearer new']);
    expect([refreshes, retries.length]).toEqual([1, 0]);
    await until(() => server.requests[0]?.isClosed() === true, 'the refused one is let go');
  });

  it('gives up when the new one is refused too', async () => {
    const { server, errors } = await setUp([answers(401), answers(401)], {
      auth: { getToken: () => 'old', refresh: () => 'new' },
    });
    await until(() => errors.length === 1, 'it ends');
    expect(errors).toEqual([
      { status: 401, code: 'UNAUTHORIZED', message: 'The server answered 401.', fatal: true },
    ]);
    expect(server.requests).toHaveLength(2);
  });
});

describe('openEventStream: how long it waits', () => {
  it('takes retry for the least, and Retry-After if that is more', async () => {
    const { events, retries } = await setUp([
      says('retry: 60\n\n'),
      answers(503),
      answers(429, { 'Retry-After': '0' }),
      answers(503, { 'Retry-After': '1' }),
    ]);
    await until(() => events.length === 1, 'it comes back');
    expect(retries.map(({ delayMs }) => delayMs)).toEqual([60, 60, 60, 1_000]);
  });

  it('reads a date in Retry-After', async () => {
    const { retries } = await setUp([
      (response) => {
        const date = new Date(Date.now() + 3_600_000).toUTCString();
        refuse(response, 503, { 'Retry-After': date });
      },
    ]);
    await until(() => retries.length === 1, 'it is refused');
    expect(retries[0]?.delayMs).toBeGreaterThan(3_590_000);
    expect(retries[0]?.delayMs).toBeLessThanOrEqual(3_600_000);
  });

  it.each([
    ['0', 50],
    ['99999999999', 2 ** 31 - 1],
  ])('does not flood a server that says retry: %s', async (value, delayMs) => {
    const { stream, server, retries } = await setUp([says(`retry: ${value}\ndata: a\n\n`)]);
    await until(() => retries.length === 1, 'it ends');
    stream.close();
    expect([server.requests.length, retries[0]?.delayMs]).toEqual([1, delayMs]);
  });

  it('starts over after a connection that brought an event', async () => {
    const { retries, events } = await setUp([
      answers(503),
      answers(503),
      says('data: a\n\n'),
      says(': nothing but a comment\n\n'),
    ]);
    await until(() => events.length === 2, 'it comes back');
    expect(retries).toEqual([
      { delayMs: 5, attempt: 1 },
      { delayMs: 10, attempt: 2 },
      { delayMs: 5, attempt: 1 },
      { delayMs: 10, attempt: 2 },
    ]);
  });

  it('leaves a server that never answers, and one that falls silent', async () => {
    const { server, events, errors } = await setUp(
      [
        () => undefined,
        async (response) => {
          openSse(response);
          await write(response, ': here\n\n');
        },
      ],
      { connectTimeoutMs: 100, idleTimeoutMs: 100 },
    );
    await until(() => events.length === 1, 'it comes back');
    expect(errors.slice(0, 2).map(({ message }) => message)).toEqual([
      'There was no answer for connectTimeoutMs.',
      'Nothing came for idleTimeoutMs.',
    ]);
    expect(server.requests.slice(0, 2).map(({ isClosed }) => isClosed())).toEqual([true, true]);
  });
});

describe('openEventStream: close', () => {
  it('lets nothing through any more, not even of the same chunk', async () => {
    const { server, stream, opened, events, errors, comments } = await setUp(
      [
        async (response) => {
          openSse(response);
          await write(response, 'data: 1\n\ndata: 2\n\n: c\nid: 9\ndata: 3\n\n');
        },
      ],
      {},
      {
        onEvent() {
          stream.close();
        },
      },
    );
    await until(() => events.length > 0, 'it speaks');
    await until(() => server.openSockets() === 0, 'the socket closes');
    expect(events.map(({ data }) => data)).toEqual(['1']);
    expect([opened, errors, comments]).toEqual([[200], [], []]);
    expect(server.requests).toHaveLength(1);
  });

  it('closes the socket of a request that is not answered', async () => {
    const { server, stream } = await setUp([() => undefined]);
    await until(() => server.requests.length === 1, 'it asks');
    stream.close();
    await until(() => server.openSockets() === 0, 'the socket closes');
  });
});

describe('openEventStream: handlers that throw', () => {
  it('lose nothing and repeat nothing, and what they threw is printed', async () => {
    const printed: unknown[] = [];
    const print = console.error;
    console.error = (error: unknown) => printed.push(error);
    try {
      const { server, events } = await setUp(
        [says('id: 1\ndata: a\n\nid: 2\ndata: b\n\n')],
        {},
        {
          onEvent() {
            throw new Error('handler');
          },
        },
      );
      await until(() => events.length === 3, 'it comes back');
      expect(events.map(({ data }) => data)).toEqual(['a', 'b', '1']);
      expect(idsSent(server)).toEqual([undefined, '2']);
      expect(printed).toEqual(Array.from({ length: 3 }, () => new Error('handler')));
    } finally {
      console.error = print;
    }
  });
});
