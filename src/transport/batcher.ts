import type { Counters } from '../platform/counters';
import type { Platform } from '../platform/platform';
import type { Cancel } from '../platform/timers';
import type { EventBatch, RejectedFrame, StreamKey } from '../protocol/batch';
import type { DecodedFrame, DecodeOptions, StreamFrame } from '../protocol/decodeFrame';
import type { ServerEvent } from '../protocol/serverEvents';
import { createContinuity } from './continuity';
import type { IdentifiedFrame } from './frameParser';

/** Turns a frame into an event, or says why not; never throws. @public */
export type DecodeFrame = (frame: StreamFrame, options?: DecodeOptions) => DecodedFrame;

/** Collects the frames of a connection between flushes. @internal */
export interface Batcher {
  /**
   * What is added from now on belongs to this connection, which asks to go on; the end of the last one has flushed.
   *
   * @param source - Name of what it hears by.
   */
  readonly begin: (epoch: number, source: string) => void;
  readonly setId: (id: string) => void;
  /** The source says whether it goes on where it was asked to. */
  readonly setContinuity: (isWhole: boolean) => void;
  /** Whether the present connection is to show that it goes on where the last one ended. */
  readonly isProofDue: () => boolean;
  /** Gives back what it was; `null`: it was not understood. */
  readonly add: (frame: IdentifiedFrame) => ServerEvent | null;
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
  const continuity = createContinuity();

  const flush = () => {
    cancelFrame?.();
    cancelFrame = null;
    if (flushedId !== seenId) continuity.moved();
    flushedId = seenId;
    const wholeSince = continuity.take();
    if (events.length === 0 && rejected.length === 0 && wholeSince === undefined) return;
    const batch: EventBatch = {
      stream: options.stream,
      epoch,
      events,
      rejected,
      lastEventId: seenId,
      receivedAt: platform.clock.now(),
      ...(wholeSince === undefined ? {} : { wholeSince }),
    };
    // Emptied first: the receiver may stop the connection, which flushes.
    events = [];
    rejected = [];
    counters.inc('batches');
    onBatch(batch);
  };
  /** A flush is due, with the next picture. */
  const schedule = () => {
    if (!platform.visibility.isVisible()) return;
    cancelFrame ??= platform.scheduler.nextFrame(() => {
      cancelFrame = null;
      flush();
    });
  };
  return {
    begin(next, source) {
      epoch = next;
      hasEvents = false;
      continuity.begin(next, flushedId, source);
    },
    setId(id) {
      if (id.length > maxIdLength) counters.inc('drops', 'id_too_long');
      else seenId = id === '' ? null : id;
    },
    setContinuity(isWhole) {
      continuity.said(isWhole);
      schedule();
    },
    isProofDue: continuity.isDue,
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
      continuity.note(frame.id, event);
      if (events.length + rejected.length >= options.maxBatch) flush();
      else schedule();
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
