import type { Metrics } from '../actions/metrics';
import type { CountersSnapshot, Measured } from '../platform/counters';
import type { ConnectionSnapshot } from '../protocol/connectionSnapshot';

interface Figures {
  readonly counters: CountersSnapshot;
  readonly measured: Measured;
  readonly connections: readonly ConnectionSnapshot[];
  readonly clockSkewMs: number | null;
  readonly memoryBytes: number | null;
}

/** The guide's metrics, of what was counted and measured. @internal */
export function toMetrics(figures: Figures): Metrics {
  const { counters, measured, connections, clockSkewMs, memoryBytes } = figures;
  const opened = counters.connectionsOpened?.total ?? 0;
  const failed = counters.connectionFailures?.total ?? 0;
  const unauthorized =
    (counters.connectionFailures?.by['UNAUTHORIZED'] ?? 0) + (counters.requests?.by['401'] ?? 0);
  return {
    connectionSuccessRate: opened + failed === 0 ? null : opened / (opened + failed),
    activeConnections: connections.filter(({ phase }) => phase === 'open').length,
    reconnectMs: measured.reconnectMs ?? null,
    deliveryMs: measured.deliveryMs ?? null,
    processingMs: measured.processingMs ?? null,
    clockSkewMs,
    memoryBytes,
    errors: {
      connections: failed,
      authentication: unauthorized,
      deliveries: counters.deliveryFailures?.total ?? 0,
      parsing: counters.rejections?.total ?? 0,
    },
  };
}
