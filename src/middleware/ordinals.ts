import type { Asked } from '../actions/history';

/** A request from its start to its end. @internal */
export interface Asking {
  /** Ordinal of the start. */
  readonly asOf: number;
  /** The stamp for the answer's action; ends the request. */
  answer(): Asked;
  /** Ends a request that brought nothing. */
  fail(): void;
}

/**
 * Counts everything that is observed: each event of the stream, each start of a request. The order of these numbers is
 * what decides between facts that have no time of their own (L1).
 *
 * @internal
 */
export interface Ordinals {
  /** The ordinal that the next observation gets. */
  next(): number;
  /** Takes the ordinals up to (not including) `to` for what was observed at `now`. */
  take(to: number, now: number): void;
  /** Stamps the start of a request. */
  ask(now: number): Asking;
  /** The stamp of what was read nobody knows when: it loses to everything, and nothing is gone that it lacks. */
  longAgo(): Asked;
}

/** @internal @param toleranceMs - How far a read may lag behind the stream. */
export function createOrdinals(toleranceMs: number): Ordinals {
  let next = 1;
  /** When ordinals were given out, for the last `toleranceMs` only. */
  const recent: { readonly from: number; readonly at: number }[] = [];
  const inFlight = new Set<number>();

  const take = (to: number, now: number) => {
    for (let oldest = recent[0]; oldest !== undefined; oldest = recent[0]) {
      if (oldest.at >= now - toleranceMs) break;
      recent.shift();
    }
    recent.push({ from: next, at: now });
    next = to;
  };
  const oldestInFlight = () => (inFlight.size === 0 ? null : Math.min(...inFlight));
  return {
    next: () => next,
    take,
    longAgo: () => ({ asOf: 0, absentBefore: 0, oldestInFlight: oldestInFlight() }),
    ask(now) {
      const asOf = next;
      take(next + 1, now);
      // what an older request still brings may be newer than what this one will have read
      const absentBefore = Math.min(recent[0]?.from ?? asOf, ...inFlight);
      inFlight.add(asOf);
      const end = () => inFlight.delete(asOf);
      return {
        asOf,
        answer() {
          end();
          return { asOf, absentBefore, oldestInFlight: oldestInFlight() };
        },
        fail: end,
      };
    },
  };
}
