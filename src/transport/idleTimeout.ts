/** How long an open stream may be silent; learned from its server. @internal */
export interface IdleTimeout {
  /** The longest silence that counts as normal now, in ms. */
  current(): number;
  /** A stream opened: what was before it says nothing of the distance of its pings. */
  begin(): void;
  /** A ping came. */
  ping(now: number): void;
  /** The stream was given up for its silence. */
  expired(): void;
}

/** A ping may be late, and one may be lost. */
const pingsMissed = 2.5;

/** Below this, a busy moment of a server would count as its end. */
const least = 10_000;

/** Where pings never come, silence says little. */
const most = 600_000;

/** Distances that are remembered; the middle one counts, since a ping that is held up makes a long and a short one. */
const remembered = 5;

function upperMedian(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

/**
 * Starts with a guess. Two distances between pings teach a better one; a stream that never had a ping doubles the guess
 * each time it is given up, since it may have been as it should be.
 *
 * @internal
 * @param startMs - The guess; `Infinity` waits for ever and learns nothing.
 */
export function createIdleTimeout(startMs: number): IdleTimeout {
  let current = startMs;
  let lastPing: number | null = null;
  let hasPings = false;
  let distances: readonly number[] = [];

  return {
    current: () => current,
    begin() {
      lastPing = null;
      hasPings = false;
    },
    ping(now) {
      hasPings = true;
      if (lastPing !== null) distances = [...distances, now - lastPing].slice(-remembered);
      lastPing = now;
      if (distances.length < 2 || startMs === Infinity) return;
      current = Math.min(Math.max(pingsMissed * upperMedian(distances), least), most);
    },
    expired() {
      if (hasPings || current >= most) return;
      // what was learned of another server, or of another time, does not hold here
      distances = [];
      current = Math.min(current * 2, most);
    },
  };
}

/**
 * One that learns nothing.
 *
 * @internal
 */
export function fixedIdleTimeout(ms: number): IdleTimeout {
  const nothing = () => undefined;
  return { current: () => ms, begin: nothing, ping: nothing, expired: nothing };
}
