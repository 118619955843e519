import { describe, expect, it } from '@jest/globals';

import { createCounters } from '../../../src/platform/counters';
import type { OpenSocket, SocketHandlers } from '../../../src/platform/webSocket';
import { createFakePlatform } from '../../../src/testing';
import { createSocketSource } from '../../../src/transport/socketSource';
import type { SourceHandlers } from '../../../src/transport/source';
import type { StreamEnd } from '../../../src/transport/streamEnd';
import { nothingPending } from '../../support/connectionSetup';

interface Line {
  readonly url: string;
  readonly server: SocketHandlers;
  readonly sent: unknown[];
  isClosed: boolean;
}

async function setUp(
  given: {
    handlers?: Partial<SourceHandlers>;
    lastEventId?: string | null;
    openSocket?: OpenSocket;
  } = {},
) {
  const lines: Line[] = [];
  const openSocket: OpenSocket = (url, server) => {
    const line: Line = { url, server, sent: [], isClosed: false };
    lines.push(line);
    return {
      send: (text) => line.sent.push(JSON.parse(text)),
      close() {
        line.isClosed = true;
      },
    };
  };
  const platform = createFakePlatform({ openSocket: given.openSocket ?? openSocket });
  const counters = createCounters();
  const source = createSocketSource(
    { url: '/api/realtime/ws', connectTimeoutMs: 15_000, maxFrameBytes: 100 },
    { ...platform, counters },
  );
  const heard: string[] = [];
  let end: StreamEnd | null = null;
  const running = source.open(
    { token: 's3cr3t', lastEventId: given.lastEventId ?? null },
    {
      onOpen: ({ status }) => heard.push(`open ${status}`),
      onContinuity: () => heard.push('continuity'),
      onFrame: ({ event, id, data }) => heard.push(`${event}#${id} ${data}`),
      onId: (id) => heard.push(`id ${id}`),
      onRead: () => heard.push('read'),
      onRetry: () => heard.push('retry'),
      ...given.handlers,
    },
  );
  void running.done.then((told) => {
    end = told;
  });
  expect(lines).toEqual([]);
  await platform.settle();
  const line = () => {
    const newest = lines.at(-1);
    if (newest === undefined) throw new Error('No socket was opened.');
    return newest;
  };
  const say = (frame: unknown) => {
    line().server.onText(typeof frame === 'string' ? frame : JSON.stringify(frame));
  };
  return { platform, counters, heard, running, line, say, end: () => end };
}

const ping = { event: 'ping', id: '7', data: { n: 1 } };

describe('a WebSocket', () => {
  it('says who asks in its first message, and opens with the first word of the server', async () => {
    const { line, say, heard, running, platform, end } = await setUp({ lastEventId: '6' });
    expect(line()).toMatchObject({ url: '/api/realtime/ws', sent: [] });
    line().server.onOpen();
    expect(line().sent).toEqual([{ type: 'auth', token: 's3cr3t', lastEventId: '6' }]);
    expect(heard).toEqual([]);
    say(ping);
    say({ data: 'text' });
    expect(heard).toEqual(['open 101', 'id 7', 'ping#7 {"n":1}', 'read', 'null#null text', 'read']);
    expect(platform.pending()).toEqual(nothingPending);
    running.close();
    await platform.settle();
    expect(end()).toEqual({ kind: 'aborted' });
    expect(line().isClosed).toBe(true);
    say(ping);
    line().server.onClose(1_000);
    expect(heard).toHaveLength(6);
  });

  it('has no lastEventId to say where there is none', async () => {
    const { line, running } = await setUp();
    line().server.onOpen();
    expect(line().sent).toEqual([{ type: 'auth', token: 's3cr3t' }]);
    running.close();
  });

  it.each<[number, boolean, StreamEnd]>([
    [4_401, false, { kind: 'refused', status: 401, retryAfterMs: null }],
    [4_429, true, { kind: 'refused', status: 429, retryAfterMs: null }],
    [1_006, false, { kind: 'network' }],
    [1_006, true, { kind: 'network' }],
    [1_000, false, { kind: 'network' }],
    [1_001, true, { kind: 'ended' }],
    [1_011, true, { kind: 'network' }],
  ])('closed with %i (had opened: %p) ends as %j', async (code, hadOpened, told) => {
    const { line, say, end, platform } = await setUp();
    line().server.onOpen();
    if (hadOpened) say(ping);
    line().server.onClose(code);
    await platform.settle();
    expect(end()).toEqual(told);
    expect(platform.pending()).toEqual(nothingPending);
  });

  it('is refused for good where there is none, and may be tried again where opening one fails', async () => {
    const none = await setUp({ openSocket: () => null });
    expect(none.end()).toEqual({ kind: 'refused', status: 501, retryAfterMs: null });
    const bad = await setUp({
      openSocket: () => {
        throw new SyntaxError('no address: s3cr3t');
      },
    });
    expect(bad.end()).toEqual({ kind: 'network' });
    expect(JSON.stringify(bad.platform.logged)).not.toContain('s3cr3t');
    for (const { platform } of [none, bad]) expect(platform.pending()).toEqual(nothingPending);
  });

  it('does not wait for ever for the first word', async () => {
    const { line, end, platform } = await setUp();
    line().server.onOpen();
    await platform.advance(15_000);
    expect(end()).toEqual({ kind: 'timeout', waitedFor: 'headers' });
    expect(line().isClosed).toBe(true);
    const other = await setUp();
    other.platform.jumpClock(20_000);
    other.running.checkLiveness();
    await other.platform.settle();
    expect(other.end()).toMatchObject({ kind: 'timeout' });
  });

  it('ends over a frame that is too large, and passes on what is no JSON', async () => {
    const { say, heard, end, platform, counters } = await setUp();
    say('no json');
    expect(heard).toEqual(['open 101', 'null#null no json', 'read']);
    say('x'.repeat(101));
    await platform.settle();
    expect(end()).toEqual({ kind: 'too_large' });
    expect(counters.snapshot()).toMatchObject({ drops: { by: { frame_too_large: 1 } } });
  });

  it('survives handlers that throw, and opens nothing that was closed at once', async () => {
    const { say, counters, running } = await setUp({
      handlers: {
        onFrame: () => {
          throw new Error('host');
        },
      },
    });
    say(ping);
    say(ping);
    expect(counters.snapshot().handlerErrors?.by).toEqual({ onFrame: 2 });
    running.close();
    let opened = 0;
    const platform = createFakePlatform({
      openSocket: () => {
        opened += 1;
        return null;
      },
    });
    const source = createSocketSource(
      { url: 'ws://x', connectTimeoutMs: 1, maxFrameBytes: 1 },
      { ...platform, counters },
    );
    const nothing = () => undefined;
    const handlers = {
      ...{ onOpen: nothing, onContinuity: nothing, onFrame: nothing },
      ...{ onId: nothing, onRead: nothing, onRetry: nothing },
    };
    source.open({ token: 't', lastEventId: null }, handlers).close();
    await platform.settle();
    expect(opened).toBe(0);
  });
});
