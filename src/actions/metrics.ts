import type { HistogramReading } from '../platform/histogram';
import type { HudhudActionCreator } from './define';
import { defineAction } from './define';

/** The four kinds of errors that the guide counts. @public */
export interface ErrorCounts {
  /** Tries that did not come to an open stream. */
  readonly connections: number;
  /** Tries and requests that were refused for want of a valid session. */
  readonly authentication: number;
  /** Wishes that failed, each time that one did. */
  readonly deliveries: number;
  /** Frames and rows that were not understood. */
  readonly parsing: number;
}

/**
 * How the client is doing, since it was made ("Key Metrics to Track" of the guide). `null`: nothing was measured yet, or
 * the environment does not tell.
 *
 * @public
 */
export interface Metrics {
  /** Share of the tries that came to an open stream, from 0 to 1. */
  readonly connectionSuccessRate: number | null;
  /** Streams that are open. */
  readonly activeConnections: number;
  /** Milliseconds from the loss of a stream to the next open one. */
  readonly reconnectMs: HistogramReading | null;
  /**
   * Milliseconds from when the server made a message until it was here, corrected for the difference of the clocks.
   * Messages from before the stream opened are left out.
   */
  readonly deliveryMs: HistogramReading | null;
  /** Milliseconds that an event takes from the transport to the state and its subscribers. */
  readonly processingMs: HistogramReading | null;
  /** Milliseconds that the server's clock is ahead, as far as can be told. */
  readonly clockSkewMs: number | null;
  /** Bytes of the heap in use: in Chromium and in Node. */
  readonly memoryBytes: number | null;
  readonly errors: ErrorCounts;
}

/** @public */
export interface MetricsSampled {
  readonly at: number;
  readonly metrics: Metrics;
}

/** @public */
export const metricsSampled: HudhudActionCreator<MetricsSampled, 'metrics/sampled'> =
  defineAction<MetricsSampled>()('metrics/sampled');
