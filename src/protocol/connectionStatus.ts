/** By which way the server is heard. @public */
export type SourceName = 'sse' | 'longPoll' | 'webSocket';

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
  /** The server is heard. */
  | 'open'
  /** Waiting for the next try. */
  | 'waiting'
  /** Waiting for the network. */
  | 'offline'
  /** The page is in the back/forward cache. */
  | 'suspended'
  /** Waiting for somebody to sign in. */
  | 'authRequired'
  /** Gave up, or was refused: tried again now and then, and whenever something changes around. */
  | 'failed';

/**
 * The guide's four words for the connection, and four more.
 *
 * @public
 */
export type ConnectionStatus =
  | 'connecting'
  | 'connected'
  | 'disconnected'
  | 'error'
  /** It was lost, or a try failed; there will be another one (`nextRetryAt`). */
  | 'reconnecting'
  /** The network is gone. */
  | 'offline'
  /** The session is over: somebody has to sign in. */
  | 'authRequired'
  /** The stream is not heard; what is shown comes by another way, later than it would. */
  | 'degraded';
