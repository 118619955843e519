import type { HudhudErrorCode } from '../errors';
import type { StreamKey } from './batch';
import type { ConnectionPhase } from './connectionStatus';

/**
 * Where a connection is, as plain JSON: what the transport tells, and what becomes an action and state.
 *
 * @public
 */
export interface ConnectionSnapshot {
  readonly stream: StreamKey;
  readonly phase: ConnectionPhase;
  /** Number of the newest try; 0 before the first one. */
  readonly epoch: number;
  /** Which reconnect in a row this is; 0 for the first try. Stays while a stream is open, until it proves stable. */
  readonly attempt: number;
  /** When it opened, by the client's clock. */
  readonly openedAt: number | null;
  /** When the next try is due; `null` while waiting means: when the network comes back. */
  readonly nextRetryAt: number | null;
  /** Why the last try failed; `null` once a stream is open. */
  readonly error: { readonly code: HudhudErrorCode; readonly status?: number } | null;
}
