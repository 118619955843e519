import { beforeEach, describe, expect, it } from '@jest/globals';

import type { ScriptedRequest } from '../../../src/testing';
import { nothingPending, pingFrame, setUpConnection } from '../../support/connectionSetup';

type Answer = (request: ScriptedRequest) => void;

const refuse =
  (status: number): Answer =>
  (request) => {
    request.json({ success: false }, { status });
  };
const silent: Answer = () => undefined;
const live: Answer = (request) => {
  request.stream().push(pingFrame);
};
/** Brings a ping at once, and then nothing for as long as it is asked to wait. */
const polled: Answer = (request) => {
  const isFirst = request.url.includes('timeout_ms=0');
  const events = isFirst ? [{ event: 'ping', data: {} }] : [];
  const answer = () => {
    request.json({ success: true, events, cursor: 'c1', continuous: !isFirst });
  };
  if (isFirst) answer();
  else waiting.push(answer);
};
/** What is answered when its time is over. */
let waiting: (() => void)[] = [];
let passed = 0;

async function pass({ platform }: ReturnType<typeof setUp>, ms: number): Promise<void> {
  for (const end = passed + ms; passed < end;) {
    await platform.advance(5_000);
    passed += 5_000;
    if (passed % 25_000 === 0) for (const answer of waiting.splice(0)) answer();
  }
}

/** A connection that may fall back, and a server of which each way may be changed. */
function setUp(stream: Answer, poll: Answer, tuning = {}) {
  const ways = { stream, poll };
  const setup = setUpConnection({
    withLongPoll: true,
    tuning,
    answer(request) {
      if (request.url.startsWith('/api/realtime/poll')) ways.poll(request);
      else ways.stream(request);
    },
  });
  const asked = (way: 'stream' | 'poll') =>
    setup.server.requests.filter(({ url }) => url.startsWith(`/api/realtime/${way}`)).length;
  setup.connection.start();
  const heard = () => setup.batches.map(({ epoch, events }) => [epoch, events.length]);
  return { ...setup, ways, asked, heard };
}

beforeEach(() => {
  waiting = [];
  passed = 0;
});

describe('stepping down', () => {
  it.each([
    ['is refused', refuse(404)],
    [
      'is somebody else’s page',
      ((request) => {
        request.text('<html>', { headers: { 'Content-Type': 'text/html' } });
      }) satisfies Answer,
    ],
  ])('happens at once where the stream %s', async (_name, stream) => {
    const { platform, connection, asked, phases, heard } = setUp(stream, polled);
    await platform.advance(100);
    expect(asked('stream')).toBe(1);
    expect(connection.getSnapshot()).toMatchObject({ phase: 'open', source: 'longPoll', epoch: 2 });
    expect(phases()).toEqual(['connecting', 'connecting', 'open']);
    expect(heard()).toEqual([[2, 1]]);
    connection.stop();
    expect(platform.pending()).toEqual(nothingPending);
  });

  it('happens where nothing comes through an open stream', async () => {
    const mute: Answer = (request) => {
      request.stream();
    };
    const { platform, connection, asked } = setUp(mute, polled);
    await platform.advance(74_999);
    expect(connection.getSnapshot()).toMatchObject({ phase: 'open', source: 'sse' });
    await platform.advance(1);
    expect(connection.getSnapshot()).toMatchObject({ phase: 'open', source: 'longPoll' });
    expect(asked('stream')).toBe(1);
    connection.stop();
  });

  it('does not happen to a stream that had brought something and falls silent', async () => {
    const { platform, connection, asked } = setUp(live, polled);
    await platform.advance(76_000);
    expect(asked('stream')).toBe(2);
    expect(asked('poll')).toBe(0);
    connection.stop();
  });

  it('is tried in turns where a server does not answer well, and the way may be to blame', async () => {
    const { platform, connection, asked, changes } = setUp(refuse(503), polled);
    await platform.advance(10_000);
    // three tries, and a look together with the poll that came through
    expect(asked('stream')).toBe(4);
    expect(connection.getSnapshot()).toMatchObject({
      phase: 'open',
      source: 'longPoll',
      attempt: 3,
    });
    expect(changes.filter(({ phase }) => phase === 'waiting')).toHaveLength(3);
    connection.stop();
  });

  it('does not wait for room for polls where the stream may be back sooner', async () => {
    const setup = setUp(refuse(503), polled);
    const { platform, connection, ways, asked, budget } = setup;
    for (let i = 0; i < 90; i++) budget.spend('send');
    await platform.advance(10_000);
    expect(asked('poll')).toBe(0);
    ways.stream = live;
    await platform.advance(20_000);
    expect(connection.getSnapshot()).toMatchObject({ phase: 'open', source: 'sse' });
    connection.stop();
  });

  it('waits for room for polls where there is no other way', async () => {
    const { platform, connection, asked, budget } = setUp(refuse(404), polled);
    for (let i = 0; i < 90; i++) budget.spend('send');
    await platform.advance(100);
    const { phase, error, nextRetryAt } = connection.getSnapshot();
    expect([phase, error?.code]).toEqual(['waiting', 'RATE_LIMITED']);
    expect((nextRetryAt ?? 0) - platform.clock.now()).toBeGreaterThan(890_000);
    await platform.advance(600_000);
    expect([asked('stream'), asked('poll')]).toEqual([1, 0]);
    connection.stop();
    expect(platform.pending()).toEqual(nothingPending);
  });

  it('for its turn alone lasts no longer than the better way takes', async () => {
    let isDown = true;
    const lost: Answer = (request) => {
      if (isDown) request.json({}, { status: 503 });
      else live(request);
    };
    const { platform, connection, changes } = setUp(lost, (request) => {
      isDown = false;
      polled(request);
    });
    await platform.advance(10_000);
    expect(changes.map(({ source, phase }) => `${source} ${phase}`).slice(-4)).toEqual([
      'longPoll connecting',
      'longPoll open',
      'sse connecting',
      'sse open',
    ]);
    connection.stop();
    expect(platform.pending()).toEqual(nothingPending);
  });

  it('ends in giving up where no way leads anywhere, and each is looked at again in its turn', async () => {
    const { platform, connection, ways, asked, phases } = setUp(refuse(404), refuse(404));
    await platform.settle();
    expect(connection.getSnapshot()).toMatchObject({ phase: 'failed', error: { status: 404 } });
    expect(phases()).toEqual(['connecting', 'connecting', 'failed']);
    ways.stream = live;
    await platform.advance(330_000);
    expect(asked('stream')).toBe(2);
    expect(connection.getSnapshot()).toMatchObject({ phase: 'open', source: 'sse' });
    connection.stop();
    expect(platform.pending()).toEqual(nothingPending);
  });

  it('goes on with the cursor of the way before', async () => {
    const { server, platform, connection, ways } = setUp((request) => {
      const body = request.stream();
      body.push(`id: 7\n${pingFrame}`);
      body.end();
    }, polled);
    await platform.settle();
    ways.stream = refuse(403);
    await platform.advance(2_000);
    expect(server.last().url).toContain('cursor=c1');
    const first = server.requests.find(({ url }) => url.includes('/poll?'));
    expect(first?.url).toContain('cursor=7');
    connection.stop();
  });

  it('renews a token that a poll was refused with, and asks for a sign-in like a stream', async () => {
    const setup = setUp(refuse(404), polled);
    const { platform, connection, ways, asked } = setup;
    await platform.settle();
    expect(connection.getSnapshot().phase).toBe('open');
    ways.poll = refuse(401);
    await pass(setup, 30_000);
    expect(connection.getSnapshot()).toMatchObject({ phase: 'authRequired', source: 'longPoll' });
    expect(asked('poll')).toBeGreaterThan(2);
    connection.stop();
  });
});

describe('stepping up', () => {
  const down = async (stream: Answer = refuse(404)) => {
    const setup = setUp(stream, polled);
    await setup.platform.settle();
    expect(setup.connection.getSnapshot()).toMatchObject({ phase: 'open', source: 'longPoll' });
    return setup;
  };

  it('looks soon, then about every five minutes, without a word to anybody', async () => {
    const setup = await down();
    const { platform, connection, asked, changes } = setup;
    const told = changes.length;
    await pass(setup, 10_000);
    expect(asked('stream')).toBe(2);
    await pass(setup, 265_000);
    expect(asked('stream')).toBe(2);
    await pass(setup, 65_000);
    expect(asked('stream')).toBe(3);
    expect(changes).toHaveLength(told);
    expect(asked('poll')).toBeGreaterThan(10);
    connection.stop();
    expect(platform.pending()).toEqual(nothingPending);
  });

  it('takes over with the first word that comes through, as another connection', async () => {
    const { server, platform, connection, ways, heard, phases } = await down();
    ways.stream = (request) => {
      const body = request.stream();
      body.push(`retry: 5000\n\nid: 9\n${pingFrame}${pingFrame}`);
    };
    const poll = server.last();
    await platform.advance(10_020);
    expect(connection.getSnapshot()).toMatchObject({
      ...{ phase: 'open', source: 'sse', attempt: 0, error: null, epoch: 3 },
    });
    expect(poll.isAborted()).toBe(true);
    expect(phases().slice(-2)).toEqual(['connecting', 'open']);
    expect(heard()).toEqual([
      [2, 1],
      [3, 2],
    ]);
    // it goes on where it was
    connection.stop();
    expect(platform.pending()).toEqual(nothingPending);
  });

  it('does not take over with a stream that opens and lets nothing through', async () => {
    const { platform, connection, ways, changes } = await down();
    ways.stream = (request) => {
      request.stream().push(': nothing but air\n\n');
    };
    const told = changes.length;
    await platform.advance(12_000);
    expect(changes).toHaveLength(told);
    expect(connection.getSnapshot()).toMatchObject({ source: 'longPoll' });
    connection.stop();
    expect(platform.pending()).toEqual(nothingPending);
  });

  it.each([
    [
      'the page comes into view',
      ({ platform }: ReturnType<typeof setUp>) => {
        platform.setVisible(false);
        platform.setVisible(true);
      },
    ],
    [
      'the user asks',
      ({ connection }: ReturnType<typeof setUp>) => {
        connection.retryNow();
      },
    ],
  ])('looks at once when %s', async (_name, wake) => {
    const setup = await down();
    setup.ways.stream = live;
    wake(setup);
    await setup.platform.settle();
    expect(setup.connection.getSnapshot()).toMatchObject({ phase: 'open', source: 'sse' });
    setup.connection.stop();
    await setup.platform.settle();
    expect(setup.platform.pending()).toEqual(nothingPending);
    expect(setup.server.openBodies()).toBe(0);
  });

  it('gives up a look through which nothing comes: when the next one is due, and when the user asks', async () => {
    const setup = await down(refuse(404));
    const { platform, connection, ways, asked } = setup;
    ways.stream = (request) => {
      request.stream();
    };
    await pass(setup, 15_000);
    expect(asked('stream')).toBe(2);
    connection.retryNow();
    await platform.settle();
    expect(asked('stream')).toBe(2);
    await pass(setup, 10_000);
    connection.retryNow();
    await platform.settle();
    expect(asked('stream')).toBe(3);
    // far less than a stream may be silent for that never had a ping
    ways.stream = refuse(404);
    connection.retryNow();
    await pass(setup, 330_000);
    ways.stream = live;
    await pass(setup, 330_000);
    expect(connection.getSnapshot()).toMatchObject({ phase: 'open', source: 'sse' });
    connection.stop();
    await platform.settle();
    expect(platform.pending()).toEqual(nothingPending);
    expect(setup.server.openBodies()).toBe(0);
  });

  it('is one look at a time, and none is left when the connection ends', async () => {
    const { server, platform, connection, ways, asked } = await down(refuse(404));
    ways.stream = silent;
    for (let i = 0; i < 3; i += 1) {
      platform.setVisible(false);
      platform.setVisible(true);
      await platform.settle();
    }
    expect(asked('stream')).toBe(2);
    connection.stop();
    await platform.settle();
    expect(
      server.requests
        .filter(({ url }) => url.includes('stream'))
        .at(-1)
        ?.isAborted(),
    ).toBe(true);
    expect(platform.pending()).toEqual(nothingPending);
  });

  it('is ended by who is told of it and stops', async () => {
    const setup = setUpConnection({
      withLongPoll: true,
      answer(request) {
        if (request.url.includes('/poll')) polled(request);
        else if (setup.changes.length < 3) refuse(404)(request);
        else live(request);
      },
      handlers: {
        onChange({ epoch }) {
          if (epoch === 3) setup.connection.stop();
        },
      },
    });
    setup.connection.start();
    await setup.platform.advance(60_000);
    expect(setup.connection.getSnapshot().phase).toBe('idle');
    expect(setup.platform.pending()).toEqual(nothingPending);
    expect(setup.server.openBodies()).toBe(0);
    expect(setup.batches.every(({ epoch }) => epoch === 2)).toBe(true);
  });
});
