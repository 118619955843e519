import { describe, expect, it } from '@jest/globals';
import type { EventBatch } from '../../../src/protocol/batch';
import type { ConnectionSnapshot } from '../../../src/protocol/connectionSnapshot';
import type { InitEvent } from '../../../src/protocol/serverEvents';
import { createFollowedStream } from '../../../src/transport/followedStream';
import { readShared } from '../../../src/transport/sharedMessages';

const idle: ConnectionSnapshot = {
  ...{ stream: 'main', phase: 'idle', since: 0, source: 'sse', epoch: 0, attempt: 0 },
  ...{ openedAt: null, lostAt: null, nextRetryAt: null, error: null },
};
const open = (epoch: number): ConnectionSnapshot => ({
  ...idle,
  phase: 'open',
  epoch,
  openedAt: 9,
});
const init: InitEvent = {
  ...{ type: 'init', userId: 'lina', username: 'lina', channelIds: ['c1'], timestamp: null },
};
const batch = (epoch: number, id: string): EventBatch => ({
  ...{ stream: 'main', epoch, events: [], rejected: [], lastEventId: id, receivedAt: 1 },
});

function setUp() {
  let epoch = 10;
  const heard: unknown[] = [];
  const stream = createFollowedStream(idle, () => (epoch += 1), {
    onBatch: ({ epoch: at, lastEventId, events }) =>
      heard.push([lastEventId, at, ...events.map(({ type }) => type)]),
    onChange: ({ phase, epoch: at }) => heard.push([phase, at]),
  });
  const lead = (term: number, seq: number, snapshot = open(3)) =>
    stream.hear({
      ...{ type: 'lead', term, seq, snapshot, init, isVisible: true, lastEventId: 'e0' },
    });
  const tell = (term: number, seq: number, id: string, theirs = 3) =>
    stream.hear({ type: 'batch', term, seq, batch: batch(theirs, id) });
  return { stream, heard, lead, tell };
}

describe('a stream that another tab reads', () => {
  it('is had under numbers of its own', () => {
    const { stream, heard, lead, tell } = setUp();
    stream.lose();
    expect(lead(1, 4)).toBe(true);
    expect(tell(1, 5, 'e1')).toBe(true);
    expect(tell(1, 6, 'e2')).toBe(true);
    expect(heard).toEqual([
      ['connecting', 11],
      ['open', 12],
      ['e0', 12, 'init'],
      ['e1', 12],
      ['e2', 12],
    ]);
    expect(stream.getSnapshot()).toEqual({ ...open(3), epoch: 12 });
  });

  it('is whole since a connection of its own, and only since one that it has followed', () => {
    let epoch = 10;
    const whole: unknown[] = [];
    const stream = createFollowedStream(idle, () => (epoch += 1), {
      onBatch: ({ wholeSince, epoch: at }) => whole.push([at, wholeSince]),
      onChange: ({ isResuming = false, epoch: at }) => whole.push([at, isResuming]),
    });
    const resuming = (theirs: number) => ({ ...open(theirs), isResuming: true as const });
    const lead = { type: 'lead', term: 1, seq: 1, init: null, isVisible: true } as const;
    stream.hear({ ...lead, snapshot: resuming(3), lastEventId: 'e0' });
    stream.hear({ type: 'state', term: 1, seq: 2, snapshot: resuming(4), isVisible: true });
    const told = (seq: number, wholeSince: number | null) =>
      stream.hear({ type: 'batch', term: 1, seq, batch: { ...batch(4, 'e1'), wholeSince } });
    told(3, 3);
    told(4, 2);
    told(5, null);
    expect(whole).toEqual([
      // of what was before, nothing is known here
      [11, false],
      [12, true],
      [12, 11],
      [12, null],
      [12, null],
    ]);
  });

  it('goes along with its reconnects', () => {
    const { stream, heard, lead, tell } = setUp();
    lead(1, 0);
    heard.length = 0;
    const state = (seq: number, snapshot: ConnectionSnapshot) =>
      stream.hear({ type: 'state', term: 1, seq, snapshot, isVisible: true });
    state(1, { ...open(3), phase: 'waiting' });
    state(2, { ...open(4), phase: 'connecting' });
    state(3, open(4));
    tell(1, 4, 'late', 3);
    tell(1, 5, 'e1', 4);
    expect(heard).toEqual([
      ['waiting', 11],
      ['connecting', 12],
      ['open', 12],
      ['e1', 12],
    ]);
  });

  it('begins anew where a word was missed, once, until it is told where the stream is', () => {
    const { stream, heard, lead, tell } = setUp();
    lead(1, 0);
    tell(1, 1, 'e1');
    heard.length = 0;
    expect(tell(1, 3, 'e3')).toBe(false);
    expect(tell(1, 4, 'e4')).toBe(false);
    expect(stream.isSynced()).toBe(false);
    lead(1, 4);
    tell(1, 5, 'e5');
    expect(heard).toEqual([
      ['connecting', 12],
      ['open', 13],
      ['e0', 13, 'init'],
      ['e5', 13],
    ]);
    // a pong tells too that something was missed
    expect(stream.hear({ type: 'pong', term: 1, seq: 5 })).toBe(true);
    expect(stream.hear({ type: 'pong', term: 1, seq: 6 })).toBe(false);
  });

  it('ends before it is open as another one', () => {
    const { heard, lead } = setUp();
    lead(1, 0);
    heard.length = 0;
    lead(2, 0);
    lead(2, 3);
    expect(heard).toEqual([
      ['connecting', 12],
      ['open', 13],
      ['e0', 13, 'init'],
      ['connecting', 14],
      ['open', 15],
      ['e0', 15, 'init'],
    ]);
  });

  it('is told the same twice without a change', () => {
    const { heard, lead } = setUp();
    lead(1, 0);
    const before = heard.length;
    lead(1, 0);
    expect(heard).toHaveLength(before);
  });
});

it('what is no word of a tab is none', () => {
  for (const message of [null, 7, 'lead', {}, { type: 'shout' }, []]) {
    expect(readShared(message)).toBeNull();
  }
  expect(readShared({ type: 'ping' })).toEqual({ type: 'ping' });
});
