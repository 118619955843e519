import type { Clock } from './clock';
import type { FetchLike } from './fetchLike';

/**
 * How far the server's clock is ahead of this machine's, from what is seen anyway: every answer that says when it was
 * made bounds it on both sides, every message that arrives bounds it on one.
 *
 * @internal
 */
export interface ClockSkew {
  /** The same `fetch`, of whose answers the `Date` is looked at. */
  watch(fetch: FetchLike): FetchLike;
  /** Something that was made at `madeAt` by the server's clock arrived at `receivedAt` by this one. */
  arrived(madeAt: number, receivedAt: number): void;
  /** Milliseconds to add to a time of this machine; `null` before anything was seen. */
  read(): number | null;
}

/** A `Date` says whole seconds, and is cut. */
const dateStep = 1_000;

/**
 * Bounds of another clock than was thought, since one of the two was set: then what was known is worth nothing.
 *
 * @internal
 */
export function createClockSkew(clock: Clock): ClockSkew {
  let least = -Infinity;
  let most = Infinity;

  const bound = (from: number, to: number): void => {
    const isSet = from > most || to < least;
    least = isSet ? from : Math.max(least, from);
    most = isSet ? to : Math.min(most, to);
  };

  return {
    watch: (fetch) => async (url, init) => {
      const askedAt = clock.now();
      const response = await fetch(url, init);
      const date = Date.parse(response.headers.get('date') ?? '');
      if (Number.isFinite(date)) bound(date - clock.now(), date + dateStep - askedAt);
      return response;
    },
    arrived(madeAt, receivedAt) {
      // nothing arrives before it was made
      bound(madeAt - receivedAt, Infinity);
    },
    read() {
      if (least === -Infinity) return null;
      // without an upper bound, the fastest that was seen counts as at once
      return most === Infinity ? least : (least + most) / 2;
    },
  };
}
