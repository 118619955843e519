import { describe, expect, it } from '@jest/globals';

import { nothingPending } from '../../support/connectionSetup';
import { setUpEventStream } from '../../support/eventStreamSetup';

describe('a stream that comes back', () => {
  it('tells of each connection, event, comment and end, in order', async () => {
    const { server, platform, all } = await setUpEventStream();
    const body = server.last().stream();
    body.push(': hello\nid: 7\nevent: greeting\ndata: a\ndata: b\n\ndata: c\n\n');
    body.end();
    await platform.advance(1_000);
    server.last().stream().push('data: d\n\n');
    await platform.settle();
    expect(all).toEqual([
      'open 200',
      '# hello',
      'greeting|a\nb|7',
      'message|c|7',
      'error STREAM_ENDED',
      'retry 1 in 1000',
      'open 200',
      'message|d|7',
    ]);
    expect(server.requests.map(({ headers }) => headers.get('Last-Event-ID'))).toEqual([null, '7']);
  });

  it('works without any handler', async () => {
    const { server, platform } = await setUpEventStream({
      handlers: {
        onOpen: undefined,
        onEvent: undefined,
        onError: undefined,
        onRetry: undefined,
        onComment: undefined,
      } as object,
      initialDelayMs: 10,
    });
    server.last().stream().push(': c\ndata: a\n\n');
    await platform.settle();
    server.last().stream();
    expect(server.requests).toHaveLength(1);
  });

  it('sends the headers that it was given, and its own', async () => {
    const { server } = await setUpEventStream({
      headers: new Headers({ 'X-Api-Key': 'k', Accept: 'text/event-stream, */*' }),
      lastEventId: '41',
    });
    const { headers, method } = server.last();
    expect(method).toBe('GET');
    expect(Object.fromEntries(headers)).toEqual({
      accept: 'text/event-stream, */*',
      'last-event-id': '41',
      'x-api-key': 'k',
    });
  });

  it('goes on with the last id, wherever it came from, and without one when it is taken back', async () => {
    const said = ['id: 1\ndata: a\n\n', 'id: 2\n\n', 'data: b\n\nid: 3\ndata: cut', 'id\n\n', ''];
    const { server, platform } = await setUpEventStream({ lastEventId: '0', connectTimeoutMs: 0 });
    for (const text of said) {
      const body = server.last().stream();
      body.push(text);
      body.end();
      await platform.advance(30_000);
    }
    const ids = server.requests.map(({ headers }) => headers.get('Last-Event-ID'));
    expect(ids).toEqual(['0', '1', '2', '2', null, null]);
  });
});

describe('delays', () => {
  it('double up to the limit, and start over after an event', async () => {
    const { server, platform, all } = await setUpEventStream({
      initialDelayMs: 100,
      maxDelayMs: 1_000,
    });
    for (let i = 0; i < 6; i += 1) {
      server.last().text('', { status: 503 });
      await platform.advance(1_000);
    }
    const body = server.last().stream();
    body.push('data: a\n\n');
    body.end();
    await platform.settle();
    expect(all.filter((line) => line.startsWith('retry'))).toEqual([
      'retry 1 in 100',
      'retry 2 in 200',
      'retry 3 in 400',
      'retry 4 in 800',
      'retry 5 in 1000',
      'retry 6 in 1000',
      'retry 1 in 100',
    ]);
  });

  it('do not start over where a connection brought nothing, or did not last', async () => {
    const { server, platform, all } = await setUpEventStream({
      initialDelayMs: 100,
      resetAfterMs: 5_000,
    });
    const lasting = async (ms: number, text: string) => {
      const body = server.last().stream();
      body.push(text);
      await platform.advance(ms);
      body.end();
      await platform.advance(1_600);
    };
    await lasting(60_000, ': only a comment\n\n');
    await lasting(4_999, 'data: a\n\n');
    await lasting(5_000, 'data: a\n\n');
    expect(all.filter((line) => line.startsWith('retry'))).toEqual([
      'retry 1 in 100',
      'retry 2 in 200',
      'retry 1 in 100',
    ]);
  });

  it('are never below what the server asks for with retry, on every later connection', async () => {
    const { server, platform, all } = await setUpEventStream({ initialDelayMs: 100 });
    const body = server.last().stream();
    body.push('retry: 300\n\n');
    body.end();
    for (let i = 0; i < 4; i += 1) {
      await platform.advance(1_000);
      server.last().fail();
      await platform.settle();
    }
    expect(all.filter((line) => line.startsWith('retry'))).toEqual([
      'retry 1 in 300',
      'retry 2 in 300',
      'retry 3 in 400',
      'retry 4 in 800',
      'retry 5 in 1600',
    ]);
  });

  it.each([
    ['99999999999', 2 ** 31 - 1],
    ['9'.repeat(400), 2 ** 31 - 1],
    ['0', 50],
    ['00', 50],
    ['-1', 10],
    ['2000x', 10],
    ['', 10],
  ])('after retry: %s is one that a timer can wait, and no flood', async (value, delayMs) => {
    const { server, platform, all } = await setUpEventStream({ initialDelayMs: 10 });
    const body = server.last().stream();
    body.push(`retry: ${value}\n\n`);
    body.end();
    await platform.settle();
    expect(all.at(-1)).toBe(`retry 1 in ${delayMs}`);
  });

  it.each([
    [429, '3', 3_000],
    [503, 'Fri, 29 Aug 2025 00:00:00 GMT', 1_000],
    [503, 'Mon, 01 Sep 2025 04:15:00 GMT', 100_000],
    [503, 'soon', 1_000],
  ])('after %p with Retry-After %p are as long', async (status, value, delayMs) => {
    const { server, platform, all } = await setUpEventStream();
    expect(new Date(platform.clock.now()).toUTCString()).toBe('Mon, 01 Sep 2025 04:13:20 GMT');
    server.last().text('', { status, headers: { 'Retry-After': value } });
    await platform.settle();
    const code = status === 429 ? 'RATE_LIMITED' : 'SERVER_ERROR';
    expect(all).toEqual([`error ${code} ${status}`, `retry 1 in ${delayMs}`]);
  });

  it('have chance above what the server asks for, so that clients do not meet again', async () => {
    const { server, platform, all } = await setUpEventStream({ jitter: 1 });
    server.last().text('', { status: 503, headers: { 'Retry-After': '5' } });
    await platform.settle();
    const [, delay] = /in (\d+)$/.exec(all.at(-1) ?? '') ?? [];
    expect(Number(delay)).toBeGreaterThan(5_000);
    expect(Number(delay)).toBeLessThan(6_000);
  });
});

describe('what is tried again', () => {
  it.each([429, 500, 501, 502, 503, 504, 599])('status %p is', async (status) => {
    const { server, platform, all } = await setUpEventStream();
    server.last().stream({ status });
    await platform.settle();
    expect(all.at(-1)).toBe('retry 1 in 1000');
    expect(server.openBodies()).toBe(0);
    await platform.advance(1_000);
    expect(server.requests).toHaveLength(2);
  });

  it.each([201, 204, 206, 304, 400, 403, 404, 405, 408, 410, 418, 425, 431, 451])(
    'status %p is not',
    async (status) => {
      const { server, platform, all } = await setUpEventStream();
      if (status === 204 || status === 304) server.last().text('', { status });
      else server.last().stream({ status });
      await platform.advance(60_000);
      expect(all).toEqual([`fatal STREAM_REFUSED ${status}`]);
      expect(server.requests).toHaveLength(1);
      expect(server.openBodies()).toBe(0);
      expect(platform.pending()).toEqual(nothingPending);
    },
  );

  it('another type is not', async () => {
    const errors: string[] = [];
    const { server, platform, all } = await setUpEventStream({
      handlers: { onError: ({ code, message }) => errors.push(`${code}: ${message}`) },
    });
    server.last().stream({ headers: { 'Content-Type': 'text/html; charset=utf-8' } });
    await platform.advance(60_000);
    expect(errors).toEqual([
      'STREAM_WRONG_TYPE: The answer is text/html, and not text/event-stream.',
    ]);
    expect(all).toEqual([]);
    expect(server.openBodies()).toBe(0);
    expect(platform.pending()).toEqual(nothingPending);
  });

  it('a server that is not there, and a connection that breaks, are', async () => {
    const { server, platform, all } = await setUpEventStream();
    server.last().fail();
    await platform.advance(1_000);
    server.last().stream().fail();
    await platform.settle();
    expect(all).toEqual([
      'error NETWORK',
      'retry 1 in 1000',
      'open 200',
      'error NETWORK',
      'retry 2 in 2000',
    ]);
  });

  it('a server that does not answer is, and one that falls silent', async () => {
    const { server, platform, all } = await setUpEventStream({
      connectTimeoutMs: 5_000,
      idleTimeoutMs: 20_000,
    });
    await platform.advance(6_000);
    expect(server.requests[0]?.isAborted()).toBe(true);
    const body = server.last().stream();
    await platform.advance(19_999);
    body.push(':');
    await platform.advance(19_999);
    expect(all).toEqual(['error TIMEOUT', 'retry 1 in 1000', 'open 200']);
    await platform.advance(1);
    expect(all.slice(3)).toEqual(['error TIMEOUT', 'retry 2 in 2000']);
    expect(body.isOpen()).toBe(false);
  });

  it('waits for ever where it is told to', async () => {
    const { server, platform, all } = await setUpEventStream({
      connectTimeoutMs: 0,
      idleTimeoutMs: Infinity,
    });
    await platform.advance(1e9);
    server.last().stream();
    await platform.advance(1e9);
    expect(all).toEqual(['open 200']);
    expect(platform.pending()).toEqual(nothingPending);
  });

  it('a frame without end is, and its bytes are let go', async () => {
    const { server, platform, all } = await setUpEventStream({ maxFrameBytes: 1_000 });
    const body = server.last().stream();
    body.push('id: 1\ndata: a\n\nid: 2\ndata: ');
    for (let i = 0; i < 20; i += 1) body.push('x'.repeat(100));
    await platform.settle();
    expect(all.slice(1)).toEqual(['message|a|1', 'error FRAME_TOO_LARGE', 'retry 1 in 1000']);
    expect(body.isOpen()).toBe(false);
    await platform.advance(1_000);
    expect(server.last().headers.get('Last-Event-ID')).toBe('1');
  });
});

describe('ids in the header', () => {
  it.each([
    ['an id above U+00FF', 'ид-☃-😀', Buffer.from('ид-☃-😀').toString('latin1')],
    ['a tab', 'a\tb', 'a\tb'],
    ['a control character', 'a\u0001b', null],
    ['DEL', 'a\u007fb', null],
    ['an id of 4,096 bytes', 'x'.repeat(4_096), 'x'.repeat(4_096)],
    ['a longer one', 'x'.repeat(4_097), null],
    ['one too long for any call', 'x'.repeat(1_000_000), null],
  ])('%s', async (_name, id, header) => {
    const { server, platform, all } = await setUpEventStream();
    const body = server.last().stream();
    body.push(`id: ${id}\ndata: a\n\n`);
    body.end();
    await platform.advance(1_000);
    expect(all[1]).toBe(`message|a|${id}`);
    expect(server.requests).toHaveLength(2);
    expect(server.last().headers.get('Last-Event-ID')).toBe(header);
  });

  it('NUL, which only a host can give, is not sent', async () => {
    const { server } = await setUpEventStream({ lastEventId: 'a\0' });
    expect(server.last().headers.has('Last-Event-ID')).toBe(false);
  });
});
