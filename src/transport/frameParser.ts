import type { EventSourceMessage, ParseError } from 'eventsource-parser';
import { createParser } from 'eventsource-parser';

import { maxDelay } from '../platform/timers';
import type { StreamFrame } from '../protocol/decodeFrame';

/** One event of the wire, before it is understood. @internal */
export interface IdentifiedFrame extends StreamFrame {
  /** The id of this very frame, or `null`. An empty one takes the last id back. */
  readonly id: string | null;
}

/** What a parser calls, in the order of the bytes. @internal */
export interface FrameHandlers {
  onFrame(frame: IdentifiedFrame): void;
  /** An id moved, with or without data in its block; comes before the frame that carries it. */
  onId(id: string): void;
  /** The server's wish for the delay before the next try, in ms; never so short that obeying it is a flood. */
  onRetry(ms: number): void;
  /** Where it is missing, comments are thrown away as they come, however long they are. */
  readonly onComment: ((text: string) => void) | undefined;
  /** A frame passed the limit: what comes after it is not read. */
  onTooLarge(): void;
}

/** Turns the bytes of one connection into frames. @internal */
export interface FrameParser {
  feed(bytes: Uint8Array): void;
}

/** `retry: 0` asks for a request without end; the backoff would obey it where a host set its own delays to nothing. */
const minRetryMs = 50;

/**
 * Makes the parser of one connection: `eventsource-parser` (4.1.3), and what it leaves to its caller.
 *
 * - It takes one byte order mark away, but also the three characters `ï»¿` that a mark looks like when its bytes are read
 *   as Latin-1, and these are text here. So the mark is taken away before it, by bytes that are decoded once, and an empty
 *   line, which says nothing, tells it that the start is over.
 * - It takes any number of digits after `retry:`. Timers do not: above 2^31-1 ms they fire at once.
 * - Its limit is on what it holds back. A frame that came in one piece is never held back.
 *
 * @internal
 */
export function createFrameParser(handlers: FrameHandlers, maxFrameBytes: number): FrameParser {
  const { onComment } = handlers;
  const parser = createParser({
    maxBufferSize: maxFrameBytes,
    onEvent({ data, event, id }: EventSourceMessage) {
      if (data.length > maxFrameBytes) handlers.onTooLarge();
      else handlers.onFrame({ event: event ?? null, data, id: id ?? null });
    },
    onId(id) {
      handlers.onId(id);
    },
    onRetry(ms) {
      handlers.onRetry(Math.min(Math.max(ms, minRetryMs), maxDelay));
    },
    onError(error: ParseError) {
      if (error.type === 'max-buffer-size-exceeded') handlers.onTooLarge();
    },
    ...(onComment && { onComment }),
  });
  parser.feed('\n');

  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  let isStart = true;
  return {
    feed(bytes) {
      const text = decoder.decode(bytes, { stream: true });
      if (text === '') return;
      parser.feed(isStart && text.startsWith('\uFEFF') ? text.slice(1) : text);
      isStart = false;
    },
  };
}
