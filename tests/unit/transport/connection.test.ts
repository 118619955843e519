import { describe, expect, it } from '@jest/globals';

import { nothingPending, onlyOne, pingFrame, setUpConnection } from '../../support/connectionSetup';

describe('createConnection: a good life', () => {
  it('opens, delivers with the next frame, stops, and leaves nothing behind', async () => {
    const { server, platform, connection, batches, phases } = setUpConnection();
    connection.start();
    expect(connection.getSnapshot()).toMatchObject({ phase: 'connecting', epoch: 1, attempt: 0 });
    await platform.settle();
    const body = server.last().stream();
    await platform.settle();
    expect(connection.getSnapshot()).toEqual({
      stream: 'main',
      phase: 'open',
      since: platform.clock.now(),
      source: 'sse',
      epoch: 1,
      attempt: 0,
      openedAt: platform.clock.now(),
      lostAt: null,
      nextRetryAt: null,
      error: null,
    });
    body.push(pingFrame + pingFrame);
    await platform.advance(16);
    expect(batches.map((batch) => batch.events.length)).toEqual([2]);

    connection.stop();
    await platform.advance(120_000);
    expect(phases()).toEqual(['connecting', 'open', 'idle']);
    expect(body.isOpen()).toBe(false);
    expect(server.requests).toHaveLength(1);
    expect(platform.pending()).toEqual(nothingPending);
  });

  it('never has more than one timer beside the frame and the watch for sleep', async () => {
    const { server, platform, connection } = setUpConnection();
    connection.start();
    expect(platform.pending().timers).toBe(onlyOne);
    await platform.settle();
    expect(platform.pending().timers).toBe(onlyOne);
    const body = server.last().stream();
    await platform.settle();
    expect(platform.pending().timers).toBe(onlyOne);
    body.end();
    await platform.settle();
    expect(connection.getSnapshot().phase).toBe('waiting');
    expect(platform.pending().timers).toBe(onlyOne);
    connection.stop();
    expect(platform.pending()).toEqual(nothingPending);
  });

  it('gives the same snapshot until something changes, as plain JSON', async () => {
    const { server, platform, connection } = setUpConnection();
    const idle = connection.getSnapshot();
    expect(connection.getSnapshot()).toBe(idle);
    connection.start();
    await platform.settle();
    server.last().stream();
    await platform.settle();
    const open = connection.getSnapshot();
    expect(connection.getSnapshot()).toBe(open);
    expect(JSON.parse(JSON.stringify(open))).toEqual(open);
    connection.stop();
  });

  it('counts a second start or stop as out of place, and does nothing', async () => {
    const { server, platform, connection, counters } = setUpConnection();
    connection.stop();
    connection.start();
    connection.start();
    connection.retryNow();
    await platform.settle();
    expect(server.requests).toHaveLength(1);
    expect(counters.snapshot().ignoredTransitions?.by).toEqual({
      'idle:STOP': 1,
      'connecting:START': 1,
      'connecting:MANUAL_RETRY': 1,
    });
    connection.stop();
  });

  it('can be started again', async () => {
    const { server, platform, connection } = setUpConnection();
    connection.start();
    await platform.settle();
    connection.stop();
    connection.start();
    await platform.settle();
    expect(server.requests).toHaveLength(2);
    expect(connection.getSnapshot()).toMatchObject({ phase: 'connecting', epoch: 2 });
    connection.stop();
    expect(platform.pending()).toEqual(nothingPending);
  });
});

describe('createConnection: batches', () => {
  it('flushes when the stream ends, before the next connection begins', async () => {
    const { server, platform, connection, batches, phases } = setUpConnection();
    connection.start();
    await platform.settle();
    const body = server.last().stream();
    body.push(`id: 5\n${pingFrame}`);
    body.end();
    await platform.settle();
    expect(batches).toMatchObject([{ epoch: 1, lastEventId: '5', events: [{ type: 'ping' }] }]);
    expect(phases()).toEqual(['connecting', 'open', 'waiting']);
    connection.stop();
  });

  it('goes on where it was: Last-Event-ID once an id was seen', async () => {
    const { server, platform, connection } = setUpConnection();
    connection.start();
    await platform.settle();
    expect(server.last().headers.has('Last-Event-ID')).toBe(false);
    const body = server.last().stream();
    body.push(`id: 5\n${pingFrame}id: 6\n\nid: 7\ndata: cut`);
    await platform.settle();
    body.fail();
    await platform.advance(1_000);
    expect(server.last().headers.get('Last-Event-ID')).toBe('6');
    connection.stop();
  });

  it('starts from an id of an earlier life', async () => {
    const { server, platform, connection } = setUpConnection({ tuning: { lastEventId: '41' } });
    connection.start();
    await platform.settle();
    expect(server.last().headers.get('Last-Event-ID')).toBe('41');
    connection.stop();
  });

  it('hands over what is collected when stopped, and then nothing more', async () => {
    const { server, platform, connection, batches, phases } = setUpConnection();
    connection.start();
    await platform.settle();
    const body = server.last().stream();
    body.push(pingFrame);
    await platform.settle();
    expect(batches).toHaveLength(0);
    connection.stop();
    expect(batches).toHaveLength(1);
    body.push(pingFrame);
    await platform.advance(1_000);
    expect(batches).toHaveLength(1);
    expect(phases().at(-1)).toBe('idle');
    expect(platform.pending()).toEqual(nothingPending);
  });

  it('flushes at each read while hidden', async () => {
    const { server, platform, connection, batches } = setUpConnection();
    platform.setVisible(false);
    connection.start();
    await platform.settle();
    const body = server.last().stream();
    body.push(pingFrame + pingFrame);
    await platform.settle();
    body.push(pingFrame);
    await platform.settle();
    expect(batches.map((batch) => batch.events.length)).toEqual([2, 1]);
    connection.stop();
  });

  it('survives handlers that throw, and counts them', async () => {
    const fail = () => {
      throw new Error('host');
    };
    const { server, platform, connection, counters } = setUpConnection({
      handlers: { onBatch: fail, onChange: fail },
    });
    connection.start();
    await platform.settle();
    server.last().stream().push(pingFrame);
    await platform.advance(16);
    expect(connection.getSnapshot().phase).toBe('open');
    expect(counters.snapshot().handlerErrors?.by).toEqual({ onChange: 2, onBatch: 1 });
    connection.stop();
    expect(platform.pending()).toEqual(nothingPending);
  });

  it('delivers nothing after a stop from inside a batch, and starts no other connection', async () => {
    const { server, platform, connection, batches } = setUpConnection({
      tuning: { maxBatch: 1 },
      handlers: {
        onBatch: () => {
          connection.stop();
        },
      },
    });
    connection.start();
    await platform.settle();
    const body = server.last().stream();
    body.push(pingFrame.repeat(5));
    body.end();
    await platform.advance(60_000);
    expect(batches).toHaveLength(1);
    expect(server.requests).toHaveLength(1);
    expect(platform.pending()).toEqual(nothingPending);
  });

  it('stays stopped when the stop comes from the flush at the end of a stream', async () => {
    const { server, platform, connection, phases } = setUpConnection({
      handlers: {
        onBatch: () => {
          connection.stop();
        },
      },
    });
    connection.start();
    await platform.settle();
    const body = server.last().stream();
    body.push(pingFrame);
    body.end();
    await platform.advance(60_000);
    expect(phases()).toEqual(['connecting', 'open', 'idle']);
    expect(server.requests).toHaveLength(1);
    expect(platform.pending()).toEqual(nothingPending);
  });

  it('can be stopped from inside every change', async () => {
    for (const phase of ['connecting', 'open', 'waiting']) {
      const { server, platform, connection } = setUpConnection({
        handlers: {
          onChange: (snapshot) => {
            if (snapshot.phase === phase) connection.stop();
          },
        },
      });
      connection.start();
      await platform.settle();
      if (server.requests.length > 0) server.last().stream().end();
      await platform.advance(60_000);
      expect(connection.getSnapshot().phase).toBe('idle');
      expect(server.requests.length).toBeLessThanOrEqual(1);
      expect(platform.pending()).toEqual(nothingPending);
    }
  });

  it.each([
    ['start()', ['start']],
    ['stop() and start()', ['stop', 'start']],
  ] as const)(
    'stays stopped when a batch handed over by stop() leads to %s',
    async (_name, calls) => {
      const { server, platform, connection } = setUpConnection({
        handlers: {
          onBatch: () => {
            for (const call of calls) connection[call]();
          },
        },
      });
      connection.start();
      await platform.settle();
      server.last().stream().push(pingFrame);
      await platform.settle();
      connection.stop();
      await platform.advance(60_000);
      expect(connection.getSnapshot().phase).toBe('idle');
      expect(server.requests).toHaveLength(1);
      expect(server.openBodies()).toBe(0);
      expect(platform.pending()).toEqual(nothingPending);
    },
  );
});

describe('createConnection: numbers', () => {
  it('counts connections, ends, reconnects and the time without a stream', async () => {
    const { server, platform, connection, counters } = setUpConnection();
    connection.start();
    await platform.settle();
    server.last().stream().end();
    await platform.settle();
    const waited = (connection.getSnapshot().nextRetryAt ?? 0) - platform.clock.now();
    await platform.advance(waited);
    server.last().stream();
    await platform.settle();
    connection.stop();
    expect(counters.snapshot()).toMatchObject({
      connectionsOpened: { total: 2 },
      connectionsEnded: { by: { ended: 1 } },
      reconnects: { total: 1 },
      outageMs: { total: waited },
    });
  });
});
