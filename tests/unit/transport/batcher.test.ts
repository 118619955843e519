import { describe, expect, it } from '@jest/globals';

import { createCounters } from '../../../src/platform/counters';
import type { EventBatch } from '../../../src/protocol/batch';
import { createFakePlatform } from '../../../src/testing';
import { createBatcher } from '../../../src/transport/batcher';
import { connectionDefaults } from '../../../src/transport/connectionOptions';

function setUp(tuning: { maxBatch?: number; lastEventId?: string | null } = {}) {
  const platform = createFakePlatform();
  const counters = createCounters();
  const batches: EventBatch[] = [];
  const batcher = createBatcher(
    { ...connectionDefaults, ...tuning, stream: 'main', counters, platform },
    (batch) => batches.push(batch),
  );
  batcher.begin(1, 'sse');
  const ping = () => {
    batcher.add({ id: null, event: 'ping', data: '{"timestamp":"2025-09-01T08:00:30.000Z"}' });
  };
  return { platform, counters, batches, batcher, ping };
}

describe('createBatcher', () => {
  it('flushes once per frame of the screen while visible', async () => {
    const { platform, batches, batcher, ping } = setUp();
    ping();
    ping();
    batcher.endRead();
    ping();
    expect(batches).toHaveLength(0);
    await platform.advance(16);
    expect(batches).toHaveLength(1);
    expect(batches[0]?.events).toHaveLength(3);
    expect(platform.pending()).toEqual({ timers: 0, frames: 0, listeners: 0 });
  });

  it('flushes at the end of each network read while hidden, with no timer', () => {
    const { platform, batches, batcher, ping } = setUp();
    platform.setVisible(false);
    ping();
    ping();
    expect(batches).toHaveLength(0);
    batcher.endRead();
    expect(batches[0]?.events).toHaveLength(2);
    expect(platform.pending().timers).toBe(0);
  });

  it('flushes at the limit, and takes the waiting frame back', () => {
    const { platform, batches, ping } = setUp({ maxBatch: 2 });
    ping();
    ping();
    expect(batches).toHaveLength(1);
    expect(platform.pending().frames).toBe(0);
    ping();
    expect(batches).toHaveLength(1);
    expect(platform.pending().frames).toBe(1);
  });

  it('counts rejected frames towards the limit', () => {
    const { batches, batcher, counters, ping } = setUp({ maxBatch: 2 });
    batcher.add({ id: null, event: 'message', data: 'no JSON' });
    ping();
    expect(batches[0]?.rejected).toHaveLength(1);
    expect(batches[0]?.events).toHaveLength(1);
    expect(counters.snapshot().rejections?.by).toEqual({ invalid_json: 1 });
    expect(counters.snapshot().events?.by).toEqual({ ping: 1 });
  });

  it('says what a batch is of', async () => {
    const { platform, batches, batcher, ping } = setUp();
    batcher.setId('7');
    ping();
    await platform.advance(16);
    expect(batches[0]).toEqual({
      stream: 'main',
      epoch: 1,
      events: [expect.objectContaining({ type: 'ping' })],
      rejected: [],
      lastEventId: '7',
      receivedAt: platform.clock.now(),
    });
  });

  it('moves the id only with the data before it', () => {
    const { batcher, ping } = setUp({ lastEventId: '6' });
    batcher.setId('7');
    ping();
    expect(batcher.getLastEventId()).toBe('6');
    batcher.flush();
    expect(batcher.getLastEventId()).toBe('7');
  });

  it('keeps the id for later events, takes it back when it is empty, and passes none that no header can hold', () => {
    const { batches, batcher, counters, ping } = setUp();
    batcher.setId('7');
    ping();
    batcher.flush();
    ping();
    batcher.flush();
    batcher.setId('x'.repeat(2_000));
    ping();
    batcher.flush();
    batcher.setId('');
    ping();
    batcher.flush();
    expect(batches.map((batch) => batch.lastEventId)).toEqual(['7', '7', '7', null]);
    expect(counters.snapshot().drops?.by).toEqual({ id_too_long: 1 });
  });

  it('makes no empty batch', () => {
    const { batches, batcher } = setUp();
    batcher.setId('7');
    batcher.flush();
    batcher.endRead();
    expect(batches).toHaveLength(0);
    expect(batcher.getLastEventId()).toBe('7');
  });

  it('knows whether the present connection brought an event that was understood', () => {
    const { batcher, ping } = setUp();
    batcher.add({ id: null, event: 'ping', data: 'broken' });
    expect(batcher.hasEvents()).toBe(false);
    ping();
    expect(batcher.hasEvents()).toBe(true);
    batcher.flush();
    batcher.begin(2, 'sse');
    expect(batcher.hasEvents()).toBe(false);
  });
});
