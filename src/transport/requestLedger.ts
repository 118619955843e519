/** A request that left. Plain, since tabs tell it to each other. @internal */
export interface Spent {
  /** The tab that sent it; `''`: this one. */
  readonly tab: string;
  /** Counts the requests of that tab. */
  readonly n: number;
  /** When it left, by the clock that the tabs of a browser share. */
  readonly at: number;
  readonly isPoll: boolean;
}

/** Requests of the last window, whichever tab sent them. @internal */
export interface RequestLedger {
  /** Notes one; `false`: it is known. */
  add(spent: Spent): boolean;
  /** Those that count at a moment, the oldest first. */
  recent(now: number): readonly Spent[];
}

/** No more are kept where there is no limit of our own: only the server's word counts then. */
const mostKept = 1_000;

/**
 * Whether one left after another. Of two that left in the same millisecond from different tabs it is said of both: to
 * count one too many keeps to a limit.
 *
 * @internal
 */
export function isAfter(one: Omit<Spent, 'isPoll'>, other: Omit<Spent, 'isPoll'>): boolean {
  if (one.at !== other.at) return one.at > other.at;
  return one.tab !== other.tab || one.n > other.n;
}

/**
 * Makes a ledger. What is told twice, or late, or in another order makes no difference.
 *
 * @internal
 * @param limit - More than this many of a window are not kept: whoever keeps to it asks for no older one.
 */
export function createRequestLedger(windowMs: number, limit: number): RequestLedger {
  const most = Math.min(limit, mostKept);
  let all: readonly Spent[] = [];

  return {
    add(spent) {
      if (all.some(({ tab, n }) => tab === spent.tab && n === spent.n)) return false;
      const before = all.findLastIndex(({ at }) => at <= spent.at) + 1;
      all = [...all.slice(0, before), spent, ...all.slice(before)].slice(-most);
      return true;
    },
    recent(now) {
      // of a clock that was set back, what lies in the future is nobody's
      const isRecent = ({ at }: Spent) => at > now - windowMs && at <= now;
      if (!all.every(isRecent)) all = all.filter(isRecent);
      return all;
    },
  };
}
