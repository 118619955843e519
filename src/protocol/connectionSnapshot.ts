import type { HudhudErrorCode } from '../errors';
import type { StreamKey } from './batch';
import type { ConnectionPhase, ConnectionStatus, SourceName } from './connectionStatus';

/**
 * Where a connection is, as plain JSON: what the transport tells, and what becomes an action and state.
 *
 * @public
 */
export interface ConnectionSnapshot {
  readonly stream: StreamKey;
  readonly phase: ConnectionPhase;
  /** When it came to be as it is, by the client's clock. */
  readonly since: number;
  /** The way of the newest try. */
  readonly source: SourceName;
  /** Number of the newest try; 0 before the first one. */
  readonly epoch: number;
  /** Which reconnect in a row this is; 0 for the first try. Stays while a stream is open, until it proves stable. */
  readonly attempt: number;
  /** When it opened, by the client's clock. */
  readonly openedAt: number | null;
  /** It opened by asking to go on where the last one ended, and is to show whether it does (`stream/continuityTold`). */
  readonly isResuming?: true;
  /** When the last stream that was open ended, by the client's clock; `null`: there was none, or one is open. */
  readonly lostAt: number | null;
  /** When the next try is due; `null`: it is under way, or waits for something else than time. */
  readonly nextRetryAt: number | null;
  /** Why the last try failed; `null` once a stream is open. */
  readonly error: { readonly code: HudhudErrorCode; readonly status?: number } | null;
}

const statusOfPhase: Record<Exclude<ConnectionPhase, 'connecting'>, ConnectionStatus> = {
  idle: 'disconnected',
  open: 'connected',
  waiting: 'reconnecting',
  offline: 'offline',
  suspended: 'reconnecting',
  authRequired: 'authRequired',
  failed: 'error',
};

/**
 * Gives the guide's word for where a connection is; `null`: it was never started.
 *
 * @internal
 * @param isPolling - What is shown comes by polls instead.
 */
export function statusOf(snapshot: ConnectionSnapshot | null, isPolling = false): ConnectionStatus {
  if (snapshot === null) return 'disconnected';
  const { phase, source, attempt, lostAt } = snapshot;
  if (isPolling || (phase === 'open' && source === 'longPoll')) return 'degraded';
  if (phase !== 'connecting') return statusOfPhase[phase];
  return attempt > 0 || lostAt !== null ? 'reconnecting' : 'connecting';
}
