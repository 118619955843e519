import type { ConnectionPhase } from '../protocol/connectionStatus';

/** What can happen to a connection. @public */
export type ConnectionEventName =
  /** The host wants the stream. */
  | 'START'
  /** The host does not want it any more. */
  | 'STOP'
  /** It is time for a try, but the machine has no network. */
  | 'HELD_OFFLINE'
  /** The server took the request. */
  | 'OPENED'
  /** A try or a stream ended, and there will be another one. */
  | 'ENDED'
  /** The token was refused for the first time in this try. */
  | 'UNAUTHORIZED'
  /** The server's answer says that asking again is of no use. */
  | 'REFUSED_FINAL'
  /** The last allowed try failed. */
  | 'GAVE_UP'
  /** The wait is over. */
  | 'RETRY_DUE'
  /** The network came back. */
  | 'ONLINE'
  /** The page came into view. */
  | 'VISIBLE'
  /** The user asked for a try now. */
  | 'MANUAL_RETRY';

/**
 * Every legal step of a connection. What is not in here does not happen.
 *
 * @public
 */
export const connectionTransitions: Readonly<
  Record<ConnectionPhase, Readonly<Partial<Record<ConnectionEventName, ConnectionPhase>>>>
> = {
  idle: { START: 'connecting', HELD_OFFLINE: 'waiting' },
  connecting: {
    STOP: 'idle',
    OPENED: 'open',
    ENDED: 'waiting',
    UNAUTHORIZED: 'connecting',
    REFUSED_FINAL: 'failed',
    GAVE_UP: 'failed',
  },
  open: { STOP: 'idle', ENDED: 'waiting', GAVE_UP: 'failed' },
  waiting: {
    STOP: 'idle',
    HELD_OFFLINE: 'waiting',
    RETRY_DUE: 'connecting',
    ONLINE: 'connecting',
    VISIBLE: 'connecting',
    MANUAL_RETRY: 'connecting',
  },
  failed: {
    START: 'connecting',
    STOP: 'idle',
    HELD_OFFLINE: 'waiting',
    MANUAL_RETRY: 'connecting',
  },
};

/**
 * The phase after an event, or `null` where the event means nothing in this phase.
 *
 * @public
 */
export function transition(
  phase: ConnectionPhase,
  event: ConnectionEventName,
): ConnectionPhase | null {
  return connectionTransitions[phase][event] ?? null;
}
