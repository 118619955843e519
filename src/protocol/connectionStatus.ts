/**
 * The guide's four words for the connection.
 *
 * @public
 */
export type ConnectionStatus = 'connecting' | 'connected' | 'disconnected' | 'error';

/**
 * Where the connection machine is (see `transport/connectionStates`). `ConnectionStatus` is derived from it.
 *
 * @public
 */
export type ConnectionPhase =
  /** Not started, or stopped. */
  | 'idle'
  /** A request is on its way. */
  | 'connecting'
  /** The stream is open. */
  | 'open'
  /** Waiting for the next try. */
  | 'waiting'
  /** Gave up; only an explicit start tries again. */
  | 'failed';

const statusOfPhase: Record<ConnectionPhase, ConnectionStatus> = {
  idle: 'disconnected',
  connecting: 'connecting',
  open: 'connected',
  waiting: 'connecting',
  failed: 'error',
};

/**
 * Gives the guide's word for a phase.
 *
 * @public
 */
export function toConnectionStatus(phase: ConnectionPhase): ConnectionStatus {
  return statusOfPhase[phase];
}
