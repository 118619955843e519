import { afterEach, describe, expect, it } from '@jest/globals';

import { createCounters } from '../../../src/platform/counters';
import type { EventBatch } from '../../../src/protocol/batch';
import { createConnection } from '../../../src/transport/connection';
import type { ConnectionSnapshot } from '../../../src/protocol/connectionSnapshot';
import type {
  Connection,
  ConnectionHandlers,
  ConnectionTuning,
} from '../../../src/transport/connectionOptions';
import { connectionDefaults } from '../../../src/transport/connectionOptions';
import type { TokenSource } from '../../../src/transport/session';
import { createSession } from '../../../src/transport/session';
import { createSseSource } from '../../../src/transport/sseSource';
import { createSurroundings } from '../../../src/transport/surroundings';
import { createCountedPlatform } from '../../support/countedPlatform';
import type { SseScript, SseServer } from '../../support/sseServer';
import { openSse, refuse, startSseServer, until, write } from '../../support/sseServer';

let server: SseServer | null = null;
let connection: Connection | null = null;

afterEach(async () => {
  connection?.stop();
  await server?.close();
  server = null;
  connection = null;
});

const ping = 'event: ping\ndata: {"timestamp":"2025-09-01T08:00:30.000Z"}\n\n';

interface Setup {
  readonly script: SseScript;
  readonly source?: TokenSource;
  readonly tuning?: Partial<ConnectionTuning>;
  readonly onBatch?: ConnectionHandlers['onBatch'];
}

async function setUp({ script, source, tuning, onBatch }: Setup) {
  const started = await startSseServer(script);
  server = started;
  const platform = createCountedPlatform();
  const counters = createCounters();
  const batches: EventBatch[] = [];
  const changes: ConnectionSnapshot[] = [];
  let epoch = 0;
  const tuned = { ...connectionDefaults, initialDelayMs: 20, maxDelayMs: 50, ...tuning };
  const made = createConnection(
    {
      ...tuned,
      stream: 'main',
      sources: [
        createSseSource(
          { ...tuned, url: `${started.url}/api/realtime/stream` },
          { ...platform, counters },
        ),
      ],
      session: createSession(source ?? { getToken: () => 't0k' }),
      surroundings: createSurroundings(platform),
      platform,
      counters,
      nextEpoch: () => (epoch += 1),
    },
    {
      onBatch(batch) {
        batches.push(batch);
        onBatch?.(batch);
      },
      onChange: (snapshot) => changes.push(snapshot),
    },
  );
  connection = made;
  made.start();
  const isPhase = (phase: string) => () => made.getSnapshot().phase === phase;
  const hasEvents = (n: number) => () => batches.flatMap((batch) => batch.events).length >= n;
  return { server: started, platform, counters, batches, changes, made, isPhase, hasEvents };
}

/** Answers the first requests with these, and streams a ping to all later ones. */
function afterwards(...first: ((...args: Parameters<SseScript>) => unknown)[]): SseScript {
  return (response, n, request) => {
    const answer = first[n];
    if (answer !== undefined) {
      void answer(response, n, request);
      return;
    }
    openSse(response);
    response.write(ping);
  };
}

const refusal =
  (status: number, headers: Record<string, string> = {}): SseScript =>
  (response) => {
    refuse(response, status, { 'Content-Type': 'application/json', ...headers }, '{}');
  };

describe('a connection over real sockets', () => {
  it('renews a refused token and is open at once', async () => {
    const tokens = ['old', 'new'];
    const {
      server: started,
      made,
      hasEvents,
    } = await setUp({
      script: afterwards(refusal(401)),
      source: {
        getToken: () => tokens[0] ?? null,
        refresh: () => {
          tokens.shift();
          return Promise.resolve(tokens[0] ?? null);
        },
      },
    });
    await until(hasEvents(1), 'a ping arrives');
    expect(started.requests.map(({ headers }) => headers.authorization)).toEqual([
      'Bearer old',
      'Bearer new',
    ]);
    expect(made.getSnapshot()).toMatchObject({ phase: 'open', attempt: 0, epoch: 2 });
  });

  it.each([204, 403, 404])('gives up at %p', async (status) => {
    const { server: started, platform, made, isPhase } = await setUp({ script: refusal(status) });
    await until(isPhase('failed'), 'it fails');
    expect(made.getSnapshot().error).toEqual({ code: 'STREAM_REFUSED', status });
    await until(() => started.openSockets() === 0, 'the socket closes');
    expect(started.requests).toHaveLength(1);
    made.stop();
    expect(platform.held()).toEqual({ timers: 0, listeners: 0 });
  });

  it('waits as long as a 429 asks', async () => {
    const at: number[] = [];
    const { changes, hasEvents } = await setUp({
      script: (response, n, request) => {
        at.push(Date.now());
        void afterwards(refusal(429, { 'Retry-After': '1' }))(response, n, request);
      },
    });
    await until(hasEvents(1), 'a ping arrives');
    expect((at[1] ?? 0) - (at[0] ?? 0)).toBeGreaterThanOrEqual(990);
    expect(changes.map(({ error }) => error?.code)).toContain('RATE_LIMITED');
  });

  it('comes back after a 500, a wrong content type and a broken socket', async () => {
    const {
      server: started,
      changes,
      hasEvents,
      made,
    } = await setUp({
      script: afterwards(
        refusal(500),
        (response) => {
          refuse(response, 200, { 'Content-Type': 'text/html' }, '<html>sign in</html>');
        },
        (response) => response.destroy(),
      ),
    });
    await until(hasEvents(1), 'a ping arrives');
    expect(started.requests).toHaveLength(4);
    const codes = changes
      .filter(({ phase }) => phase === 'waiting')
      .map(({ error }) => error?.code);
    expect(codes).toEqual(['SERVER_ERROR', 'STREAM_WRONG_TYPE', 'NETWORK']);
    expect(made.getSnapshot()).toMatchObject({ phase: 'open', attempt: 3, error: null });
  });

  it('goes on after a frame was cut off, from the last whole one', async () => {
    const {
      server: started,
      batches,
      hasEvents,
    } = await setUp({
      script: afterwards((response) => {
        openSse(response);
        response.end(`id: 7\n${ping}id: 8\ndata: {"ha`);
      }),
    });
    await until(hasEvents(2), 'both pings arrive');
    expect(started.requests.map(({ headers }) => headers['last-event-id'])).toEqual([
      undefined,
      '7',
    ]);
    expect(batches.map(({ epoch, lastEventId }) => [epoch, lastEventId])).toEqual([
      [1, '7'],
      [2, '7'],
    ]);
  });

  it('opens a new stream after a frame of 10 MB, and counts it', async () => {
    const { counters, changes, hasEvents } = await setUp({
      script: afterwards(async (response) => {
        openSse(response);
        await write(response, 'data: ');
        for (let i = 0; i < 1_000 && (await write(response, 'x'.repeat(10_000))); i += 1);
      }),
    });
    await until(hasEvents(1), 'a ping arrives');
    expect(counters.snapshot().drops?.by).toEqual({ frame_too_large: 1 });
    expect(counters.snapshot().bytes?.total).toBeLessThan(1_400_000);
    expect(changes.map(({ error }) => error?.code)).toContain('FRAME_TOO_LARGE');
  });

  it('rejects and counts what it does not understand, and stays open', async () => {
    const { counters, batches, hasEvents, made } = await setUp({
      script: (response) => {
        openSse(response);
        response.write(`event: message\ndata: {"broken\n\nevent: nonsense\ndata: {}\n\n${ping}`);
      },
    });
    await until(hasEvents(1), 'a ping arrives');
    expect(made.getSnapshot().phase).toBe('open');
    expect(batches.flatMap(({ rejected }) => rejected.map(({ reason }) => reason))).toEqual([
      'invalid_json',
      'unknown_type',
    ]);
    expect(counters.snapshot().rejections?.total).toBe(2);
  });

  it('does not reconnect because a handler throws', async () => {
    let calls = 0;
    const {
      server: started,
      counters,
      hasEvents,
      made,
    } = await setUp({
      script: async (response) => {
        openSse(response);
        await write(response, ping);
        await until(() => calls === 1, 'the first batch was handed over');
        await write(response, ping);
      },
      onBatch: () => {
        calls += 1;
        throw new Error('host');
      },
    });
    await until(hasEvents(2), 'both pings arrive');
    expect(counters.snapshot().handlerErrors?.by).toEqual({ onBatch: 2 });
    expect(started.requests).toHaveLength(1);
    expect(made.getSnapshot().phase).toBe('open');
  });

  it('delivers nothing of a chunk after stop() was called in it', async () => {
    const {
      server: started,
      platform,
      batches,
    } = await setUp({
      script: (response) => {
        openSse(response);
        response.write(ping.repeat(50));
      },
      tuning: { maxBatch: 10 },
      onBatch: () => connection?.stop(),
    });
    await until(() => batches.length > 0, 'a batch arrives');
    await until(() => started.openSockets() === 0, 'the socket closes');
    expect(batches.map(({ events }) => events.length)).toEqual([10]);
    expect(platform.held()).toEqual({ timers: 0, listeners: 0 });
  });

  it.each(['connecting', 'open', 'waiting'])(
    'leaves no timer, listener or socket when stopped while %s',
    async (phase) => {
      const scripts: Record<string, SseScript> = {
        connecting: () => undefined,
        open: afterwards(),
        waiting: refusal(503, { 'Retry-After': '60' }),
      };
      const {
        server: started,
        platform,
        made,
        isPhase,
      } = await setUp({
        script: scripts[phase] ?? afterwards(),
      });
      await until(() => started.requests.length === 1 && isPhase(phase)(), `it is ${phase}`);
      made.stop();
      await until(() => started.openSockets() === 0, 'the socket of the server closes');
      expect(platform.held()).toEqual({ timers: 0, listeners: 0 });
      expect(started.requests).toHaveLength(1);
    },
  );

  it('leaves no socket on the side of the client either', async () => {
    const { server: started, made, isPhase } = await setUp({ script: afterwards() });
    await until(isPhase('open'), 'it is open');
    made.stop();
    const sockets = () =>
      process.getActiveResourcesInfo().filter((name) => name === 'TCPSocketWrap').length;
    await until(() => started.allSockets() + sockets() === 0, 'all sockets close');
    expect(started.requests).toHaveLength(1);
  });

  it('shows the token to the server only: not in addresses, logs, snapshots or counters', async () => {
    const {
      server: started,
      platform,
      counters,
      changes,
      isPhase,
    } = await setUp({
      script: (response, n) => {
        if (n === 0) refuse(response, 500);
        else refuse(response, 401);
      },
      source: { getToken: () => 's3cr3t-1', refresh: () => Promise.resolve('s3cr3t-2') },
    });
    await until(isPhase('authRequired'), 'it asks for a sign-in');
    expect(started.requests).toHaveLength(3);
    expect(started.requests.every(({ headers }) => headers.authorization?.includes('s3cr3t'))).toBe(
      true,
    );
    const said = [
      started.requests.map(({ url }) => url),
      platform.logText(),
      changes,
      counters.snapshot(),
    ];
    expect(JSON.stringify(said)).not.toContain('s3cr3t');
  });
});
