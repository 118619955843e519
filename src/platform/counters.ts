import type { Histogram, HistogramReading } from './histogram';
import { createHistogram } from './histogram';

/** What is counted. A label tells the kinds of one thing apart. @public */
export type CounterName =
  /** Streams that opened. */
  | 'connectionsOpened'
  /** Tries that did not come to an open stream, by error code. */
  | 'connectionFailures'
  /** Wishes that failed, each time that one did, by error code. */
  | 'deliveryFailures'
  /** Tries and streams that ended other than by `stop()`, by kind of end. */
  | 'connectionsEnded'
  /** Tries after the first one. */
  | 'reconnects'
  /** Milliseconds from the loss of a stream to the next open one, added up. */
  | 'outageMs'
  | 'bytes'
  | 'frames'
  /** Flushes that carried something. */
  | 'batches'
  /** Decoded events, by type. */
  | 'events'
  /** Frames not understood, by reason. */
  | 'rejections'
  /** Things let go on purpose, by reason. */
  | 'drops'
  /** Handlers that threw, by name. */
  | 'handlerErrors'
  /** Connection events that the current phase does not answer, as `phase:EVENT`. */
  | 'ignoredTransitions'
  /** Wishes that nobody can fulfil, by code. */
  | 'refusedWishes'
  /** Requests, by status or by kind of failure. */
  | 'requests'
  /** Requests that were not sent since the limit was used up, by use. */
  | 'heldBack';

/** One counter as plain data: `by` has an entry per label seen. @public */
export interface CounterReading {
  readonly total: number;
  readonly by: Readonly<Record<string, number>>;
}

/** All counters that moved, as plain JSON. @public */
export type CountersSnapshot = Readonly<Partial<Record<CounterName, CounterReading>>>;

/** What is measured, in milliseconds: see `Metrics`. @public */
export type MeasureName = 'reconnectMs' | 'deliveryMs' | 'processingMs';

/** What was measured so far. @public */
export type Measured = Readonly<Partial<Record<MeasureName, HistogramReading>>>;

/** Counts what happens, for the guide's metrics. @public */
export interface Counters {
  /** Adds `by` (default 1) to a counter, and to its label where one is given. */
  inc(name: CounterName, label?: string, by?: number): void;
  /** Adds a value to what is measured, some times (default 1). */
  observe(name: MeasureName, value: number, times?: number): void;
  measured(): Measured;
  /** A copy of what was counted so far. */
  snapshot(): CountersSnapshot;
}

/** Counts nothing, for work that nobody asks figures of. @internal */
export const noCounters: Counters = {
  inc() {
    // on purpose
  },
  observe() {
    // on purpose
  },
  measured: () => ({}),
  snapshot: () => ({}),
};

/** A label may come from the wire; more kinds than this are counted together. */
const maxLabels = 64;
const overflowLabel = 'other';

/**
 * Makes a set of counters, all at zero.
 *
 * @public
 */
export function createCounters(): Counters {
  const totals = new Map<CounterName, { total: number; by: Map<string, number> }>();
  const histograms = new Map<MeasureName, Histogram>();
  return {
    observe(name, value, times) {
      let histogram = histograms.get(name);
      if (histogram === undefined) {
        histogram = createHistogram();
        histograms.set(name, histogram);
      }
      histogram.add(value, times);
    },
    measured: () =>
      Object.fromEntries(
        [...histograms].flatMap(([name, histogram]) => {
          const reading = histogram.read();
          return reading === null ? [] : [[name, reading]];
        }),
      ),
    inc(name, label, by = 1) {
      let counter = totals.get(name);
      if (counter === undefined) {
        counter = { total: 0, by: new Map() };
        totals.set(name, counter);
      }
      counter.total += by;
      if (label === undefined) return;
      const isRoom = counter.by.has(label) || counter.by.size < maxLabels;
      const kind = isRoom ? label : overflowLabel;
      counter.by.set(kind, (counter.by.get(kind) ?? 0) + by);
    },
    snapshot: () =>
      Object.fromEntries(
        [...totals].map(([name, { total, by }]) => [name, { total, by: Object.fromEntries(by) }]),
      ),
  };
}
