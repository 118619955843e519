export { HudhudError, isHudhudError } from '../errors';
export { openEventStream } from './openEventStream';

export type { HudhudErrorCode, HudhudErrorData } from '../errors';
export type { FetchLike } from '../platform/fetchLike';
export type { EventStream } from './eventStreamLoop';
export type {
  EventStreamAuth,
  EventStreamHandlers,
  EventStreamOptions,
  StreamError,
  StreamEvent,
  StreamRetry,
} from './eventStreamOptions';
