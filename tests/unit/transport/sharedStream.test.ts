import { describe, expect, it } from '@jest/globals';

import type { Platform } from '../../../src/platform/platform';
import type { ConnectionSnapshot } from '../../../src/protocol/connectionSnapshot';
import { createFakeOrigin, createFakePlatform, createVirtualTime } from '../../../src/testing';
import type { Connection, ConnectionHandlers } from '../../../src/transport/connectionOptions';
import { createSharedStream } from '../../../src/transport/sharedStream';
import { createTabTime } from '../../support/tabTime';

const idle: ConnectionSnapshot = {
  ...{ stream: 'main', phase: 'idle', since: 0, source: 'sse', epoch: 0, attempt: 0 },
  ...{ openedAt: null, lostAt: null, nextRetryAt: null, error: null },
};

type Locks = Platform['locks'];

/** Tabs that share, each with connections of which it is written down what is done with them. */
function setUp(locksOf: (own: Locks, tab: number) => Locks = (own) => own) {
  const time = createVirtualTime();
  const origin = createFakeOrigin();
  const done: string[] = [];
  let tabs = 0;
  const open = () => {
    tabs += 1;
    const name = `tab ${tabs}`;
    const tab = origin.tab();
    const tabTime = createTabTime(time);
    const locks = locksOf(tab.locks, tabs);
    const platform = createFakePlatform({ ...tab, locks, time: tabTime, seed: tabs });
    let epoch = 0;
    /** Number of the connection that it runs. */
    let reading = 0;
    let own: ConnectionHandlers | null = null;
    const connect = (handlers: ConnectionHandlers, lastEventId: string | null): Connection => {
      let snapshot = idle;
      const become = (phase: ConnectionSnapshot['phase'], what: string) => {
        done.push(`${name} ${what}`);
        snapshot = { ...snapshot, phase, epoch: reading };
        handlers.onChange(snapshot);
      };
      return {
        start() {
          own = handlers;
          epoch += 1;
          reading = epoch;
          become('open', `reads after ${lastEventId ?? 'nothing'}`);
        },
        stop: () => {
          become('idle', 'stops');
        },
        retryNow: () => {
          become('open', 'tries');
        },
        authLost: () => {
          become('authRequired', 'signs out');
        },
        getSnapshot: () => snapshot,
      };
    };
    const phases: string[] = [];
    const heard: (string | null)[] = [];
    const stream = createSharedStream(
      { name: 'lina', platform, nextEpoch: () => (epoch += 1), lastEventId: null, connect },
      {
        onBatch: ({ lastEventId }) => heard.push(lastEventId),
        onChange: ({ phase }) => phases.push(phase),
      },
    );
    const tell = async (id: string) => {
      const batch = { events: [], rejected: [], lastEventId: id, receivedAt: 1 } as const;
      own?.onBatch({ stream: 'main', epoch: reading, ...batch });
      await time.settle();
    };
    const freeze = async (isFrozen: boolean) => {
      tabTime.freeze(isFrozen);
      tab.freeze(isFrozen);
      await time.settle();
    };
    return { stream, tab, freeze, phases, heard, tell };
  };
  const openAll = async (count: number) => {
    const all = Array.from({ length: count }, open);
    for (const { stream } of all) {
      stream.start();
      await time.settle();
    }
    done.length = 0;
    return all as [ReturnType<typeof open>, ...ReturnType<typeof open>[]];
  };
  return { time, done, openAll };
}

describe('a session that is over', () => {
  it('is told to the tab that reads by one that follows, and to all by that', async () => {
    const { time, done, openAll } = setUp();
    const [leader, follower, third] = await openAll(3);
    follower?.stream.authLost();
    await time.settle();
    expect(done).toEqual(['tab 1 signs out']);
    for (const one of [leader, follower, third]) {
      expect(one?.stream.getSnapshot().phase).toBe('authRequired');
    }
  });

  it('ends what the tab that reads has open, where that finds it out', async () => {
    const { time, done, openAll } = setUp();
    const [leader, follower] = await openAll(2);
    leader.stream.authLost();
    await time.settle();
    expect(done).toEqual(['tab 1 signs out']);
    expect(follower?.phases.at(-1)).toBe('authRequired');
  });

  it('is tried again where a tab that follows asks for that', async () => {
    const { time, done, openAll } = setUp();
    const [, follower] = await openAll(2);
    follower?.stream.authLost();
    await time.settle();
    follower?.stream.retryNow();
    await time.settle();
    expect(done).toEqual(['tab 1 signs out', 'tab 1 tries']);
    expect(follower?.phases.at(-1)).toBe('open');
  });
});

describe('the heir of a tab that reads', () => {
  it('goes on after what that told last', async () => {
    const { time, done, openAll } = setUp();
    const [leader, heir] = await openAll(2);
    await leader.tell('e7');
    expect(heir?.heard).toEqual(['e7']);
    leader.stream.stop();
    await time.settle();
    expect(done).toEqual(['tab 1 stops', 'tab 2 reads after e7']);
    expect(heir?.phases.at(-1)).toBe('open');
  });

  it('is the one that waits the longest, and the others hear it', async () => {
    const { time, done, openAll } = setUp();
    const [leader, heir, third] = await openAll(3);
    await leader.tell('e7');
    leader.tab.crash();
    await time.settle();
    expect(done).toEqual(['tab 2 reads after e7']);
    await heir?.tell('e8');
    expect(third?.heard.at(-1)).toBe('e8');
    expect(third?.stream.getSnapshot().phase).toBe('open');
  });

  it('ends what the one before had open where that was only frozen, and is told of it as it thaws', async () => {
    const { time, done, openAll } = setUp();
    const [leader, heir] = await openAll(2);
    await leader.freeze(true);
    await time.advance(2_000);
    expect(done).toEqual(['tab 2 reads after nothing']);
    await leader.freeze(false);
    expect(done).toEqual(['tab 2 reads after nothing', 'tab 1 stops']);
    await heir?.tell('e9');
    expect(leader.heard).toEqual(['e9']);
    for (const one of [leader, heir]) one?.stream.stop();
    for (const one of [leader, heir]) {
      expect(one?.tab.held()).toEqual({ locks: 0, lines: 0, databases: 0 });
    }
  });

  it('is not one that was frozen when its turn came: what it says as it thaws holds nobody up', async () => {
    const { time, done, openAll } = setUp();
    const [leader, frozen, third, heir] = await openAll(4);
    await frozen?.freeze(true);
    leader.stream.stop();
    await time.advance(2_000);
    expect(done).toEqual(['tab 1 stops', 'tab 4 reads after nothing']);
    await frozen?.freeze(false);
    await time.advance(500);
    expect(done.slice(2)).toEqual(['tab 2 reads after nothing', 'tab 2 stops']);
    await heir?.tell('e9');
    for (const one of [frozen, third, heir]) {
      expect(one?.stream.getSnapshot().phase).toBe('open');
      expect(one?.heard).toEqual(['e9']);
    }
  });

  it('is nobody who stopped while it waited', async () => {
    const { time, done, openAll } = setUp();
    const [leader, second] = await openAll(3);
    second?.stream.stop();
    leader.stream.stop();
    await time.settle();
    expect(done).toEqual(['tab 1 stops', 'tab 3 reads after nothing']);
  });
});

describe('where the browser refuses locks, as in a frame of another site whose data it blocks', () => {
  /** They are there, but none can be had. */
  const refused: Locks = {
    isSupported: () => true,
    tryAcquire: () => Promise.resolve(null),
    acquire: () => Promise.resolve(null),
    steal: () => Promise.resolve(null),
  };

  it('there is a stream all the same, after a look for a tab that reads', async () => {
    const { time, done, openAll } = setUp(() => refused);
    const all = await openAll(2);
    const [one, other = one] = all;
    await time.advance(4_000);
    expect(done.filter((what) => what.includes('reads'))).not.toEqual([]);
    for (const { stream } of [one, other]) expect(stream.getSnapshot().phase).toBe('open');
    one.stream.stop();
    other.stream.stop();
    expect(time.pendingTimers()).toBe(0);
  });

  it('of several that read, as after one was frozen, the newest goes on', async () => {
    const { time, done, openAll } = setUp(() => refused);
    const [one] = await openAll(1);
    await time.advance(2_000);
    const [second] = await openAll(1);
    await one.freeze(true);
    await time.advance(3_000);
    expect(done).toEqual(['tab 2 reads after nothing']);
    const [third] = await openAll(1);
    await one.freeze(false);
    await time.advance(5_000);
    expect(done).toEqual(['tab 1 stops']);
    await second.tell('9');
    expect([one.heard, third.heard]).toEqual([['9'], ['9']]);
    for (const { stream } of [one, second, third]) stream.stop();
    expect(time.pendingTimers()).toBe(0);
  });

  it('from one tab alone, that one leaves off once it hears of a tab that has the lock', async () => {
    const { time, done, openAll } = setUp((own, tab) => (tab === 2 ? refused : own));
    const [holder, other = holder] = await openAll(2);
    await holder.freeze(true);
    await time.advance(3_000);
    expect(done).toEqual(['tab 2 reads after nothing']);
    await holder.freeze(false);
    await time.advance(1_000);
    await holder.tell('8');
    await time.advance(1_000);
    expect(done).toEqual(['tab 2 reads after nothing', 'tab 2 stops']);
    await holder.tell('9');
    expect(other.heard.at(-1)).toBe('9');
    holder.stream.stop();
    other.stream.stop();
  });

  it('a tab that comes later follows the one that reads, and reads once that is gone', async () => {
    const { time, done, openAll } = setUp(() => refused);
    const [one] = await openAll(1);
    await time.advance(2_000);
    const [later] = await openAll(1);
    await time.advance(10_000);
    expect(done).toEqual([]);
    await one.tell('7');
    expect(later.heard).toEqual(['7']);
    one.stream.stop();
    await time.advance(2_000);
    expect(done).toEqual(['tab 1 stops', 'tab 2 reads after 7']);
    expect(later.stream.getSnapshot().phase).toBe('open');
  });
});
