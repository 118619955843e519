import type {
  EventStream,
  EventStreamHandlers,
  EventStreamOptions,
  StreamError,
  StreamEvent,
  StreamRetry,
} from '../../src/transport';
import { openEventStream } from '../../src/transport';

/** A stream with everything that it said. */
export interface OpenedStream {
  readonly stream: EventStream;
  readonly opened: number[];
  readonly events: StreamEvent[];
  readonly errors: StreamError[];
  readonly retries: StreamRetry[];
  readonly comments: string[];
}

/** Delays without chance, short enough for a test. */
const hasty = { initialDelayMs: 5, maxDelayMs: 20, jitter: 0 };

/** Opens a stream and writes down what it says; these handlers are called beside. */
export function openRecorded(
  url: string,
  options: EventStreamOptions = {},
  also: EventStreamHandlers = {},
): OpenedStream {
  const said = {
    opened: [] as number[],
    events: [] as StreamEvent[],
    errors: [] as StreamError[],
    retries: [] as StreamRetry[],
    comments: [] as string[],
  };
  const stream = openEventStream(
    url,
    { ...hasty, ...options },
    {
      onOpen(info) {
        said.opened.push(info.status);
        also.onOpen?.(info);
      },
      onEvent(event) {
        said.events.push(event);
        also.onEvent?.(event);
      },
      onError(error) {
        said.errors.push(error);
        also.onError?.(error);
      },
      onRetry(retry) {
        said.retries.push(retry);
        also.onRetry?.(retry);
      },
      onComment(text) {
        said.comments.push(text);
        also.onComment?.(text);
      },
    },
  );
  return { stream, ...said };
}
