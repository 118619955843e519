import type { Metrics } from '../actions/metrics';
import type { CountersSnapshot } from '../platform/counters';
import type { RejectedFrame } from '../protocol/batch';
import type { ConnectionStatus } from '../protocol/connectionStatus';
import type { ConnectionSnapshot } from '../protocol/connectionSnapshot';

/**
 * What is going on, as plain JSON without secrets: for a support ticket, a test, or `window.__SSE_STATUS__`.
 *
 * @public
 */
export interface HudhudStatus {
  readonly connectionStatus: ConnectionStatus;
  readonly connections: readonly ConnectionSnapshot[];
  readonly counters: CountersSnapshot;
  readonly metrics: Metrics;
  /** The newest frames and rows that were not understood; samples are cut and redacted. */
  readonly quarantine: readonly RejectedFrame[];
}

interface StatusScope {
  readonly window?: object;
}

/**
 * Shows the status as `window.__SSE_STATUS__`, fresh at every look (guide, "Debug Mode"). Does nothing where there is
 * no window.
 *
 * @internal
 */
export function exposeStatus(getStatus: () => HudhudStatus): void {
  const { window } = globalThis as StatusScope;
  if (window === undefined) return;
  Object.defineProperty(window, '__SSE_STATUS__', { configurable: true, get: getStatus });
}
