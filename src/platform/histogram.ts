/** What was measured of one thing, as plain data. @public */
export interface HistogramReading {
  readonly count: number;
  readonly mean: number;
  readonly max: number;
  /** Half of the values are at most this; of this and the next two at most 5 % is made up. */
  readonly p50: number;
  readonly p90: number;
  readonly p99: number;
}

/** Collects values without keeping them: what it holds does not grow with their number. @internal */
export interface Histogram {
  /** Adds a value, 0 or more, some times. What is no such value is left out. */
  add(value: number, times?: number): void;
  /** `null` before the first value. */
  read(): HistogramReading | null;
}

/** Each bucket is a tenth wider than the one before it: its middle is at most 5 % from what fell into it. */
const growth = Math.log(1.1);
/** Everything below counts as this: a thousandth of a millisecond is nothing. */
const least = 0.001;
/** Up to 24 days in ms. */
const maxBucket = 300;

const bucketOf = (value: number): number =>
  value <= least ? 0 : Math.min(maxBucket, Math.ceil(Math.log(value / least) / growth));

/** What stands for the values of a bucket. */
const middleOf = (bucket: number): number =>
  bucket === 0 ? 0 : least * Math.exp((bucket - 0.5) * growth);

/** @internal */
export function createHistogram(): Histogram {
  const counts = new Map<number, number>();
  let count = 0;
  let sum = 0;
  let max = 0;

  const quantile = (sorted: readonly (readonly [number, number])[], share: number): number => {
    let left = Math.ceil(count * share);
    for (const [bucket, times] of sorted) {
      left -= times;
      if (left <= 0) return Math.min(max, middleOf(bucket));
    }
    return max;
  };

  return {
    add(value, times = 1) {
      if (!(value >= 0 && value < Infinity && times > 0)) return;
      const bucket = bucketOf(value);
      counts.set(bucket, (counts.get(bucket) ?? 0) + times);
      count += times;
      sum += value * times;
      max = Math.max(max, value);
    },
    read() {
      if (count === 0) return null;
      const sorted = [...counts].sort(([a], [b]) => a - b);
      const [p50, p90, p99] = [0.5, 0.9, 0.99].map((share) => quantile(sorted, share));
      return { count, mean: sum / count, max, p50: p50 ?? 0, p90: p90 ?? 0, p99: p99 ?? 0 };
    },
  };
}
