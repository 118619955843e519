import { describe, expect, it } from '@jest/globals';

import { createCounters } from '../../../src/platform/counters';
import type { FetchLike } from '../../../src/platform/fetchLike';
import { createFakePlatform, createScriptedServer } from '../../../src/testing';
import { connectionDefaults } from '../../../src/transport/connectionOptions';
import type { TryHandlers } from '../../../src/transport/eventStreamTry';
import { readEventStream } from '../../../src/transport/eventStreamTry';
import type { StreamEnd } from '../../../src/transport/streamEnd';

interface Setup {
  readonly handlers?: Partial<TryHandlers>;
  readonly fetch?: FetchLike;
  readonly maxFrameBytes?: number;
  readonly auth?: 'header' | 'query';
  readonly token?: string;
}

async function setUp({ handlers, fetch, maxFrameBytes, auth, token }: Setup = {}) {
  const server = createScriptedServer();
  const platform = createFakePlatform({ fetch: fetch ?? server.fetch });
  const counters = createCounters();
  const heard: string[] = [];
  let end: StreamEnd | null = null;
  const stream = readEventStream(
    {
      ...connectionDefaults,
      url: 'https://host.test/stream',
      token: token ?? 's3cr3t',
      lastEventId: null,
      ...(auth && { auth }),
      ...(maxFrameBytes && { maxFrameBytes }),
    },
    {
      onOpen: ({ status }) => heard.push(`open ${status}`),
      onFrame: ({ event, data, id }) => heard.push(`${event ?? '-'}|${data}|${id ?? '-'}`),
      onId: (id) => heard.push(`id ${id}`),
      onRead: () => heard.push('read'),
      onRetry: (ms) => heard.push(`retry ${ms}`),
      ...handlers,
    },
    { ...platform, counters },
  );
  void stream.done.then((value) => {
    end = value;
  });
  await platform.settle();
  return { server, platform, counters, heard, stream, end: () => end };
}

describe('readEventStream: reading', () => {
  it('hands over frames, ids and reads in order', async () => {
    const { server, platform, heard, end } = await setUp();
    const body = server.last().stream();
    body.push('event: ping\nid: 1\ndata: {}\n\ndata: a\ndata: b\n\nid: 2\n\n');
    await platform.settle();
    body.push(': comment\nretry: 2500\n\n');
    await platform.settle();
    body.end();
    await platform.settle();
    expect(heard).toEqual([
      'open 200',
      'id 1',
      'ping|{}|1',
      '-|a\nb|-',
      'id 2',
      'read',
      'retry 2500',
      'read',
    ]);
    expect(end()).toEqual({ kind: 'ended' });
    expect(platform.pending().timers).toBe(0);
  });

  it.each([
    ['LF', '\n'],
    ['CRLF', '\r\n'],
    ['CR', '\r'],
  ])('reads the same wherever the bytes are split, with %s', async (_name, lineEnd) => {
    const text = '\uFEFF: c\nevent: a\nid: é\ndata: ☃ 😀\ndata: 2\n\nretry: 900\ndata: b\n\n';
    const bytes = new TextEncoder().encode(text.replaceAll('\n', lineEnd));
    for (let at = 1; at < bytes.length; at += 1) {
      const { server, platform, heard, stream } = await setUp();
      const body = server.last().stream();
      body.push(bytes.slice(0, at));
      body.push(bytes.slice(at));
      await platform.settle();
      expect(heard.filter((line) => line !== 'read')).toEqual([
        'open 200',
        'id é',
        'a|☃ 😀\n2|é',
        'retry 900',
        '-|b|-',
      ]);
      stream.close();
    }
  });

  it('drops a frame that was cut off, and its id', async () => {
    const { server, platform, heard } = await setUp();
    const body = server.last().stream();
    body.push('id: 9\ndata: half');
    body.end();
    await platform.settle();
    expect(heard).toEqual(['open 200', 'read']);
  });

  it('takes one byte order mark away, not two', async () => {
    const { server, platform, heard } = await setUp();
    server.last().stream().push('\uFEFFdata: a\n\n');
    await platform.settle();
    const second = await setUp();
    second.server.last().stream().push('\uFEFF\uFEFFdata: a\n\n');
    await second.platform.settle();
    expect(heard).toContain('-|a|-');
    expect(second.heard).not.toContain('-|a|-');
  });

  it('takes a retry of digits only', async () => {
    const { server, platform, heard } = await setUp();
    server.last().stream().push('retry: 3000x\nretry: -1\nretry: \nretry: 700\n\n');
    await platform.settle();
    expect(heard.filter((line) => line.startsWith('retry'))).toEqual(['retry 700']);
  });
});

describe('readEventStream: ends', () => {
  it.each([204, 206, 302, 401, 403, 404, 500])(
    'is refused with status %p, and cancels the body',
    async (status) => {
      const { server, platform, heard, end } = await setUp();
      if (status === 204 || status === 302) server.last().text('', { status });
      else server.last().stream({ status });
      await platform.settle();
      expect(end()).toEqual({ kind: 'refused', status, retryAfterMs: null });
      expect(server.openBodies()).toBe(0);
      expect(server.last().isAborted()).toBe(true);
      expect(heard).toEqual([]);
    },
  );

  it('passes on how long a server wants to be left alone', async () => {
    const { server, platform, end } = await setUp();
    server.last().stream({ status: 429, headers: { 'Retry-After': '3' } });
    await platform.settle();
    expect(end()).toEqual({ kind: 'refused', status: 429, retryAfterMs: 3_000 });
  });

  it.each([
    ['text/html; charset=utf-8', 'text/html'],
    ['text/event-streamx', 'text/event-streamx'],
    ['', null],
  ])('ends at content type %p', async (type, contentType) => {
    const { server, platform, end } = await setUp();
    server.last().stream({ headers: { 'Content-Type': type } });
    await platform.settle();
    expect(end()).toEqual({ kind: 'wrong_type', contentType });
    expect(server.openBodies()).toBe(0);
  });

  it.each(['Text/Event-Stream', 'text/event-stream;charset=utf-8'])(
    'accepts content type %p',
    async (type) => {
      const { server, platform, heard } = await setUp();
      server.last().stream({ headers: { 'Content-Type': type } });
      await platform.settle();
      expect(heard).toEqual(['open 200']);
    },
  );

  it('ends when there is no network, and when the connection breaks', async () => {
    const none = await setUp();
    none.server.last().fail();
    await none.platform.settle();
    expect(none.end()).toEqual({ kind: 'network' });

    const broken = await setUp();
    broken.server.last().stream().fail();
    await broken.platform.settle();
    expect(broken.end()).toEqual({ kind: 'network' });
    expect(broken.platform.pending().timers).toBe(0);
  });

  it('waits 15 s for an answer', async () => {
    const { server, platform, end } = await setUp();
    await platform.advance(14_999);
    expect(end()).toBeNull();
    await platform.advance(1);
    expect(end()).toEqual({ kind: 'timeout', waitedFor: 'headers' });
    expect(server.last().isAborted()).toBe(true);
  });

  it('takes any byte as a sign of life, and 75 s without one as the end', async () => {
    const { server, platform, end } = await setUp();
    const body = server.last().stream();
    await platform.settle();
    for (let i = 0; i < 5; i += 1) {
      await platform.advance(74_999);
      body.push(':');
      await platform.settle();
    }
    expect(end()).toBeNull();
    await platform.advance(75_000);
    expect(end()).toEqual({ kind: 'timeout', waitedFor: 'bytes' });
    expect(body.isOpen()).toBe(false);
    expect(platform.pending().timers).toBe(0);
  });

  it('notices after sleep that the stream is dead, without waiting for its timer', async () => {
    const { server, platform, stream, end } = await setUp();
    server.last().stream();
    await platform.settle();
    platform.jumpClock(3_600_000);
    stream.checkLiveness();
    await platform.settle();
    expect(end()).toEqual({ kind: 'timeout', waitedFor: 'bytes' });
  });
});

describe('readEventStream: close', () => {
  it('aborts a request on its way', async () => {
    const { server, platform, stream, end } = await setUp();
    stream.close();
    await platform.settle();
    expect(end()).toEqual({ kind: 'aborted' });
    expect(server.last().isAborted()).toBe(true);
    expect(platform.pending().timers).toBe(0);
  });

  it('delivers nothing more, not even of the same chunk', async () => {
    const seen: string[] = [];
    const { server, platform, stream, heard } = await setUp({
      handlers: {
        onFrame: ({ data }) => {
          seen.push(data);
          stream.close();
        },
      },
    });
    const body = server.last().stream();
    body.push('data: 1\n\nid: 2\ndata: 2\n\nretry: 5\ndata: 3\n\n');
    await platform.settle();
    expect(seen).toEqual(['1']);
    expect(heard).toEqual(['open 200']);
    expect(body.isOpen()).toBe(false);
  });

  describe('with a fetch that does not listen to its signal', () => {
    const deaf = async (status: number) => {
      let isCancelled = false;
      let answer: () => void = () => undefined;
      const body = new ReadableStream({
        cancel: () => {
          isCancelled = true;
        },
      });
      const setup = await setUp({
        fetch: () =>
          new Promise((resolve) => {
            const headers = { 'Content-Type': 'text/event-stream' };
            answer = () => {
              resolve(new Response(body, { status, headers }));
            };
          }),
      });
      return {
        ...setup,
        answer: () => {
          answer();
        },
        isCancelled: () => isCancelled,
      };
    };

    it('cancels an answer that comes too late', async () => {
      const { platform, stream, heard, answer, isCancelled } = await deaf(200);
      stream.close();
      answer();
      await platform.settle();
      expect(isCancelled()).toBe(true);
      expect(heard).toEqual([]);
    });

    it('cancels an answer that is refused', async () => {
      const { platform, answer, isCancelled } = await deaf(403);
      answer();
      await platform.settle();
      expect(isCancelled()).toBe(true);
    });

    it('cancels a body that is being read', async () => {
      const { platform, stream, answer, isCancelled } = await deaf(200);
      answer();
      await platform.settle();
      stream.close();
      await platform.settle();
      expect(isCancelled()).toBe(true);
    });
  });
});

describe('readEventStream: robustness', () => {
  it('isolates and counts handlers that throw', async () => {
    const fail = () => {
      throw new Error('handler');
    };
    const heard: string[] = [];
    const { server, platform, counters, end } = await setUp({
      handlers: {
        onOpen: fail,
        onId: fail,
        onRead: fail,
        onRetry: fail,
        onFrame: ({ data }) => {
          heard.push(data);
          fail();
        },
      },
    });
    server.last().stream().push('retry: 5\nid: 1\ndata: a\n\ndata: b\n\n');
    await platform.settle();
    expect(heard).toEqual(['a', 'b']);
    expect(end()).toBeNull();
    expect(counters.snapshot().handlerErrors?.by).toEqual({
      onOpen: 1,
      onRetry: 1,
      onId: 1,
      onFrame: 2,
      onRead: 1,
    });
  });

  it.each([
    [
      'in one chunk',
      (push: (text: string) => void) => {
        push(`data: ${'x'.repeat(2_000)}\n\n`);
      },
    ],
    [
      'in a line that does not end',
      (push: (text: string) => void) => {
        for (let i = 0; i < 20; i += 1) push(i === 0 ? 'data: ' : 'x'.repeat(100));
      },
    ],
    [
      'in many lines',
      (push: (text: string) => void) => {
        for (let i = 0; i < 20; i += 1) push(`data: ${'x'.repeat(100)}\n`);
      },
    ],
    [
      'in many lines that end in CR',
      (push: (text: string) => void) => {
        for (let i = 0; i < 20; i += 1) push(`data: ${'x'.repeat(100)}\r`);
      },
    ],
  ])('ends at a frame that is too long, %s, and keeps what came before', async (_name, write) => {
    const { server, platform, counters, heard, end } = await setUp({ maxFrameBytes: 1_000 });
    const body = server.last().stream();
    body.push('data: before\n\n');
    write((text) => {
      body.push(text);
    });
    await platform.settle();
    expect(heard.filter((line) => line.startsWith('-|'))).toEqual(['-|before|-']);
    expect(end()).toEqual({ kind: 'too_large' });
    expect(counters.snapshot().drops?.by).toEqual({ frame_too_large: 1 });
    expect(body.isOpen()).toBe(false);
  });

  it('takes a frame of exactly the limit', async () => {
    const { server, platform, end } = await setUp({ maxFrameBytes: 1_000 });
    server
      .last()
      .stream()
      .push(`data: ${'x'.repeat(1_000)}\n\n`);
    await platform.settle();
    expect(end()).toBeNull();
  });

  it('does not hold back a comment or garbage without end', async () => {
    const { server, platform, end, heard } = await setUp({ maxFrameBytes: 1_000 });
    const body = server.last().stream();
    body.push(':');
    for (let i = 0; i < 20; i += 1) body.push('x'.repeat(100));
    body.push('\n');
    for (let i = 0; i < 20; i += 1) body.push(new Uint8Array(100).fill(0xff));
    body.push('\n\ndata: after\n\n');
    await platform.settle();
    expect(end()).toBeNull();
    expect(heard).toContain('-|after|-');
  });

  it('counts what came', async () => {
    const { server, platform, counters } = await setUp();
    server.last().stream().push('data: é\n\ndata: 2\n\n');
    await platform.settle();
    expect(counters.snapshot()).toEqual({
      bytes: { total: 19, by: {} },
      frames: { total: 2, by: {} },
    });
  });

  it('says nothing of the token when a header is refused', async () => {
    const { platform, end } = await setUp({
      token: 's3cr\n3t',
      fetch: (_url, init) => {
        new Headers(init?.headers);
        return Promise.reject(new Error('unreachable'));
      },
    });
    expect(end()).toEqual({ kind: 'network' });
    expect(JSON.stringify(platform.logged)).not.toContain('s3cr');
  });
});
