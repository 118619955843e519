export { backoffDelay } from './backoff';
export { createConnection } from './connection';
export { connectionDefaults } from './connectionOptions';
export { connectionTransitions, transition } from './connectionStates';
export { readEventStream } from './eventStreamTry';
export { createHttpClient } from './httpClient';
export { parseRetryAfter } from './retryAfter';
export { createSession } from './session';

export type { BackoffOptions } from './backoff';
export type { DecodeFrame } from './batcher';
export type { ConnectionSnapshot } from '../protocol/connectionSnapshot';
export type {
  Connection,
  ConnectionHandlers,
  ConnectionOptions,
  ConnectionTuning,
} from './connectionOptions';
export type { ConnectionEventName } from './connectionStates';
export type { EventStreamTry, TryHandlers, TryLimits, IdentifiedFrame } from './eventStreamTry';
export type { HttpClient, HttpClientOptions } from './httpClient';
export type { HttpRequest, QueryValue } from './httpRequest';
export type { Session, TokenSource } from './session';
export type { StreamEnd } from './streamEnd';
export type { StreamAuth, StreamRequest } from './streamRequest';
