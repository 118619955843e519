import type { Counters } from '../platform/counters';
import type { Platform } from '../platform/platform';
import type { Cancel } from '../platform/timers';
import type { EventBatch, RejectedFrame, StreamKey } from '../protocol/batch';
import type { DecodedFrame, DecodeOptions, StreamFrame } from '../protocol/decodeFrame';
import type { ServerEvent } from '../protocol/serverEvents';

/** Turns a frame into an event, or says why not; never throws. @public */
export type DecodeFrame = (frame: StreamFrame, options?: DecodeOptions) => DecodedFrame;

/** Collects the frames of a connection between flushes. @internal */
export interface Batcher {
  /** What is added from now on belongs to this connection; the end of the last one has flushed. */
  readonly begin: (epoch: number) => void;
  readonly setId: (id: string) => void;
  /** Gives back what it was; `null`: it was not understood. */
  readonly add: (frame: StreamFrame) => ServerEvent | null;
  /** A network read is done. */
  readonly endRead: () => void;
  readonly flush: () => void;
  /** The id that goes with what was flushed so far. */
  readonly getLastEventId: () => string | null;
  /** Whether the present connection brought an event that was understood. */
  readonly hasEvents: () => boolean;
}

/** An id goes into a request header; servers refuse heads of more than 8 kB or so, each time again. */
const maxIdLength = 1_024;

/**
 * Makes a batcher. Visible: it flushes once per frame of the screen. Hidden: at the end of each network read, since timers
 * of hidden pages are throttled to a minute. And always when `maxBatch` is reached.
 *
 * @internal
 */
export function createBatcher(
  options: {
    readonly stream: StreamKey;
    readonly maxBatch: number;
    readonly maxFrameBytes: number;
    readonly decode: DecodeFrame;
    readonly lastEventId: string | null;
    readonly counters: Counters;
    readonly platform: Pick<Platform, 'clock' | 'scheduler' | 'visibility'>;
  },
  onBatch: (batch: EventBatch) => void,
): Batcher {
  const { counters, platform } = options;
  let epoch = 0;
  let events: ServerEvent[] = [];
  let rejected: RejectedFrame[] = [];
  let seenId = options.lastEventId;
  let flushedId = options.lastEventId;
  let hasEvents = false;
  let cancelFrame: Cancel | null = null;

  const flush = () => {
    cancelFrame?.();
    cancelFrame = null;
    flushedId = seenId;
    if (events.length === 0 && rejected.length === 0) return;
    const batch: EventBatch = {
      stream: options.stream,
      epoch,
      events,
      rejected,
      lastEventId: seenId,
      receivedAt: platform.clock.now(),
    };
    // Emptied first: the receiver may stop the connection, which flushes.
    events = [];
    rejected = [];
    counters.inc('batches');
    onBatch(batch);
  };
  return {
    begin(next) {
      epoch = next;
      hasEvents = false;
    },
    setId(id) {
      if (id.length > maxIdLength) counters.inc('drops', 'id_too_long');
      else seenId = id === '' ? null : id;
    },
    add(frame) {
      const result = options.decode(frame, { maxLength: options.maxFrameBytes });
      const event = 'event' in result ? result.event : null;
      if ('event' in result) {
        hasEvents = true;
        events.push(result.event);
        counters.inc('events', result.event.type);
      } else {
        rejected.push(result.rejected);
        counters.inc('rejections', result.rejected.reason);
      }
      if (events.length + rejected.length >= options.maxBatch) flush();
      else if (platform.visibility.isVisible()) {
        cancelFrame ??= platform.scheduler.nextFrame(() => {
          cancelFrame = null;
          flush();
        });
      }
      return event;
    },
    endRead() {
      if (!platform.visibility.isVisible()) flush();
    },
    flush,
    getLastEventId: () => flushedId,
    hasEvents: () => hasEvents,
  };
}
