import type { ConnectionPhase } from '../protocol/connectionStatus';
import type { WakeUp } from './surroundings';

/** What can happen to a connection. @public */
export type ConnectionEventName =
  /** The host wants the stream. */
  | 'START'
  /** The host does not want it any more. */
  | 'STOP'
  /** The server took the request. */
  | 'OPENED'
  /** A try or a stream ended, and there will be another one. */
  | 'ENDED'
  /** The token was refused for the first time in this try. */
  | 'UNAUTHORIZED'
  /** The session is over: no token, or the renewed one was refused too. */
  | 'AUTH_LOST'
  /** The server's answer says that asking again is of no use. */
  | 'REFUSED_FINAL'
  /** The last allowed try failed. */
  | 'GAVE_UP'
  /** This way of hearing the server leads nowhere: another one is tried at once. */
  | 'STEPPED_DOWN'
  /** A better way brought something: it takes over. */
  | 'STEPPED_UP'
  /** The network is gone, or missing when it is time for a try. */
  | 'OFFLINE'
  /** There is reason for a try, but the server asked to be left alone for a while. */
  | 'HELD_BACK'
  /** The wait is over. */
  | 'RETRY_DUE'
  /** The page may be frozen from now on. */
  | 'PAGE_HIDDEN'
  /** The user asked for a try now. */
  | 'MANUAL_RETRY'
  | WakeUp;

type Steps = Readonly<Partial<Record<ConnectionEventName, ConnectionPhase>>>;

/** What leads to a try from where there is none under way. */
const tries = {
  MANUAL_RETRY: 'connecting',
  PAGE_SHOWN: 'connecting',
} as const;

const wakeUps = {
  ...tries,
  ONLINE: 'connecting',
  VISIBLE: 'connecting',
  CLOCK_JUMPED: 'connecting',
} as const;

/**
 * Every legal step of a connection. What is not in here does not happen.
 *
 * @public
 */
export const connectionTransitions: Readonly<Record<ConnectionPhase, Steps>> = {
  idle: { START: 'connecting', OFFLINE: 'offline' },
  connecting: {
    STOP: 'idle',
    OPENED: 'open',
    ENDED: 'waiting',
    OFFLINE: 'offline',
    UNAUTHORIZED: 'connecting',
    AUTH_LOST: 'authRequired',
    REFUSED_FINAL: 'failed',
    GAVE_UP: 'failed',
    STEPPED_DOWN: 'connecting',
    PAGE_HIDDEN: 'suspended',
  },
  open: {
    STOP: 'idle',
    ENDED: 'waiting',
    OFFLINE: 'offline',
    UNAUTHORIZED: 'connecting',
    AUTH_LOST: 'authRequired',
    REFUSED_FINAL: 'failed',
    GAVE_UP: 'failed',
    STEPPED_DOWN: 'connecting',
    STEPPED_UP: 'connecting',
    PAGE_HIDDEN: 'suspended',
  },
  waiting: {
    STOP: 'idle',
    RETRY_DUE: 'connecting',
    OFFLINE: 'offline',
    AUTH_LOST: 'authRequired',
    PAGE_HIDDEN: 'suspended',
    ...wakeUps,
  },
  offline: {
    STOP: 'idle',
    HELD_BACK: 'waiting',
    AUTH_LOST: 'authRequired',
    PAGE_HIDDEN: 'suspended',
    ...wakeUps,
  },
  suspended: {
    STOP: 'idle',
    OFFLINE: 'offline',
    HELD_BACK: 'waiting',
    AUTH_LOST: 'authRequired',
    ...tries,
  },
  authRequired: { START: 'connecting', STOP: 'idle', OFFLINE: 'offline', ...wakeUps },
  failed: {
    START: 'connecting',
    STOP: 'idle',
    RETRY_DUE: 'connecting',
    OFFLINE: 'offline',
    AUTH_LOST: 'authRequired',
    ...wakeUps,
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
