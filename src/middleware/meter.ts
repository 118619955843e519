import type { UnknownAction } from '@reduxjs/toolkit';
import { connectionChanged } from '../actions/connection';
import { isType } from '../actions/define';
import type { Metrics } from '../actions/metrics';
import { operationFailed } from '../actions/outbox';
import type { Clock } from '../platform/clock';
import type { ClockSkew } from '../platform/clockSkew';
import type { Counters } from '../platform/counters';
import { usedMemory } from '../platform/memory';
import type { EventBatch, StreamKey } from '../protocol/batch';
import type { ConnectionPhase } from '../protocol/connectionStatus';
import type { ConnectionSnapshot } from '../protocol/connectionSnapshot';
import { toMetrics } from './toMetrics';

/**
 * Measures what the guide wants to know. It only looks: at actions as they pass, and at batches while they are taken in.
 *
 * @internal
 */
export interface Meter {
  readonly note: (action: UnknownAction) => void;
  /** A batch is about to be taken in; call what it gives back once it was. */
  readonly begin: (batch: EventBatch) => () => void;
  readonly read: (connections: readonly ConnectionSnapshot[]) => Metrics;
}

/** Where a try ends that did not come to an open stream; a page or a network that goes is no fault of the server's. */
const failedPhases: readonly ConnectionPhase[] = ['waiting', 'failed', 'authRequired'];

interface MeterOptions {
  readonly counters: Counters;
  readonly clock: Clock;
  readonly skew: ClockSkew;
}

/** @internal */
export function createMeter({ counters, clock, skew }: MeterOptions): Meter {
  const known = new Map<StreamKey, ConnectionSnapshot>();
  const lostAt = new Map<StreamKey, number>();
  const stopwatch = (): number => clock.precise?.() ?? clock.now();

  const noteConnection = (next: ConnectionSnapshot): void => {
    const { stream, phase, openedAt } = next;
    const was = known.get(stream)?.phase;
    known.set(stream, next);
    if (phase === 'open') {
      const lost = lostAt.get(stream);
      if (was === 'open') return;
      if (lost !== undefined && openedAt !== null) counters.observe('reconnectMs', openedAt - lost);
      lostAt.delete(stream);
    } else if (phase === 'idle') lostAt.delete(stream);
    else if (was === 'open') lostAt.set(stream, clock.now());
    else if (was === 'connecting' && failedPhases.includes(phase)) {
      counters.inc('connectionFailures', next.error?.code);
    }
  };

  /** Of what was said before the stream opened it is not known when it could have come. */
  const noteDelivery = ({ stream, events, receivedAt }: EventBatch): void => {
    const openedAt = known.get(stream)?.openedAt ?? Infinity;
    for (const event of events) {
      if (event.type !== 'channel_message' || event.op !== 'create') continue;
      const { createdAt } = event.message;
      if (createdAt === undefined) continue;
      skew.arrived(createdAt, receivedAt);
      const sentAt = createdAt - (skew.read() ?? 0);
      if (sentAt >= openedAt) counters.observe('deliveryMs', Math.max(0, receivedAt - sentAt));
    }
  };

  return {
    note(action) {
      if (isType(action, connectionChanged)) noteConnection(action.payload);
      else if (isType(action, operationFailed)) {
        counters.inc('deliveryFailures', action.payload.code);
      }
    },
    begin(batch) {
      noteDelivery(batch);
      const begun = stopwatch();
      return () => {
        const { length } = batch.events;
        counters.observe('processingMs', (stopwatch() - begun) / length, length);
      };
    },
    read: (connections) =>
      toMetrics({
        counters: counters.snapshot(),
        measured: counters.measured(),
        connections,
        clockSkewMs: skew.read(),
        memoryBytes: usedMemory(),
      }),
  };
}
