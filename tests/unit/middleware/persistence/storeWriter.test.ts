import { describe, expect, it } from '@jest/globals';
import { createStoreWriter } from '../../../../src/middleware/persistence/storeWriter';
import { createMemoryStorage, createVirtualTime } from '../../../../src/testing';

function setUp() {
  const time = createVirtualTime();
  const storage = createMemoryStorage();
  const told: string[] = [];
  let value = 0;
  const writer = createStoreWriter({
    ...{ storage, space: 's', timers: time.timers },
    expect: () => ({}),
    collect(withView) {
      value += 1;
      const key = withView ? 'view' : 'wishes';
      return {
        changes: [{ put: key, value }],
        done: () => told.push(`done ${key}`),
        failed: () => told.push(`failed ${key}`),
      };
    },
    onRefused: () => told.push('refused'),
    onFailed: () => told.push('failing'),
  });
  return { time, storage, told, writer };
}

describe('a writer', () => {
  it('writes nothing before it is started, and then all at once', async () => {
    const { time, storage, told, writer } = setUp();
    writer.wishesChanged();
    writer.wishesChanged();
    const settled = writer.settled();
    await time.settle();
    expect(storage.writes()).toBe(0);
    writer.start();
    expect(await settled).toBe(true);
    expect(told).toEqual(['done wishes']);
    expect(await writer.settled()).toBe(true);
    expect(time.pendingTimers()).toBe(0);
  });

  it('makes one write of all that comes up while one is under way', async () => {
    const { time, storage, told, writer } = setUp();
    writer.start();
    storage.fate = () => 'held';
    writer.wishesChanged();
    await time.settle();
    for (let i = 0; i < 10; i++) writer.wishesChanged();
    storage.fate = () => 'done';
    storage.release();
    await time.settle();
    expect(told).toEqual(['done wishes', 'done wishes']);
  });

  it('takes what comes up in the very moment in which a write ends', async () => {
    const { time, told, writer } = setUp();
    writer.start();
    writer.wishesChanged();
    while (told.length === 0) await Promise.resolve();
    writer.wishesChanged();
    expect(await writer.settled()).toBe(true);
    await time.settle();
    expect(told).toEqual(['done wishes', 'done wishes']);
  });

  it('lets what is shown wait, but no longer than a second', async () => {
    const { time, told, writer } = setUp();
    writer.start();
    for (let i = 0; i < 30; i++) {
      writer.viewChanged();
      await time.advance(50);
    }
    expect(told).toEqual(['done view']);
    await writer.flush();
    expect(told).toEqual(['done view', 'done view']);
    await writer.flush();
    expect(told).toHaveLength(2);
    expect(time.pendingTimers()).toBe(0);
  });

  it('tells who waits when a write fails, and tries again with the next change or after a while', async () => {
    const { time, storage, told, writer } = setUp();
    writer.start();
    storage.fate = () => 'fails';
    writer.wishesChanged();
    expect(await writer.settled()).toBe(false);
    await time.advance(4_000);
    expect(told).toEqual(['failed wishes', 'failing']);
    storage.fate = () => 'done';
    writer.wishesChanged();
    expect(await writer.settled()).toBe(true);
    storage.fate = () => 'fails';
    writer.wishesChanged();
    expect(await writer.settled()).toBe(false);
    const before = storage.writes();
    storage.fate = () => 'done';
    await time.advance(5_000);
    expect(storage.writes()).toBe(before + 1);
    expect(await writer.settled()).toBe(true);
  });

  it('is silent after its space is not its own any more, and after stop()', async () => {
    const { time, storage, told, writer } = setUp();
    writer.start();
    await storage.write('s', [{ put: 'owner', value: 'other' }]);
    const guarded = createStoreWriter({
      ...{ storage, space: 's', timers: time.timers },
      expect: () => ({ owner: 'me' }),
      collect: () => ({
        changes: [{ put: 'a', value: 1 }],
        done: () => told.push('done'),
        failed: () => told.push('failed'),
      }),
      onRefused: () => told.push('refused'),
      onFailed: () => told.push('failing'),
    });
    guarded.start();
    guarded.wishesChanged();
    expect(await guarded.settled()).toBe(false);
    guarded.wishesChanged();
    await guarded.flush();
    expect(told).toEqual(['refused']);

    storage.fate = () => 'held';
    writer.wishesChanged();
    writer.viewChanged();
    const settled = writer.settled();
    const stopped = writer.stop();
    expect(await settled).toBe(false);
    storage.release();
    await time.settle();
    storage.release();
    await stopped;
    expect(time.pendingTimers()).toBe(0);
  });
});
