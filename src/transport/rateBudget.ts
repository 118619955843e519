import type { Clock } from '../platform/clock';

/**
 * What a request is for. The earlier in this list, the more of the budget it may use: what a person waits for comes before
 * what nobody asked for.
 *
 * @public
 */
export type BudgetUse = 'send' | 'history' | 'poll' | 'read' | 'typing';

/** How many requests a server takes. @public */
export interface BudgetTuning {
  /** Requests in any span of `windowMs`. Default 100; `Infinity`: only what the server says holds. */
  readonly limit: number;
  /** In ms. Default 900,000, which is 15 minutes. */
  readonly windowMs: number;
}

/** The limits that the backend documents. @public */
export const budgetDefaults: BudgetTuning = { limit: 100, windowMs: 900_000 };

/** What the head of an answer says about limits. @internal */
export interface LimitReport {
  readonly status: number;
  /** Requests that the server takes, that are left, and for how long that holds; `null` where it is not said. */
  readonly quota: {
    readonly limit: number | null;
    readonly remaining: number;
    readonly forMs: number;
  } | null;
  readonly retryAfterMs: number | null;
}

/** A request that has left. */
interface Spending {
  /** Corrects the ledger by what the server says. */
  answered(report: LimitReport): void;
}

/** Keeps the requests of one person within what the server takes. @internal */
export interface RateBudget {
  /** How long a request has to wait, in ms; 0: it may leave. Takes nothing. */
  waitOf(use: BudgetUse): number;
  /** Notes that a request leaves. `null`: one that is not held back, but counts. */
  spend(use: BudgetUse | null): Spending;
}

/** Which part of a limit a use may come up to: the rest is kept for what is more urgent. */
const shares: Readonly<Record<BudgetUse, number>> = {
  send: 1,
  history: 0.9,
  poll: 0.75,
  read: 0.65,
  typing: 0.5,
};

/** Nothing that a person does is held back before the server has shown that it counts; polls go on for hours by themselves. */
const isOnItsOwn = (use: BudgetUse): boolean => use === 'poll';

/** Which part of their share polls may use without a break, when a lot happens; then they are spread. */
const burst = 0.25;

/** After a 429 that says no more. */
const pauseMs = 5_000;

/** The server's last word, until another one or until its time is over. */
interface Word {
  readonly limit: number;
  left: number;
  readonly from: number;
  readonly until: number;
  readonly isRefusal: boolean;
}

/**
 * Makes a budget: a ledger of the requests of the last window, and the server's last word. Any window of the server's lies
 * in one of ours, so that who keeps to the ledger keeps to the limit; what others use of it, the server tells.
 *
 * @internal
 */
export function createRateBudget({ limit, windowMs }: BudgetTuning, clock: Clock): RateBudget {
  /** When requests left, oldest first: all of them, and the polls among them. */
  const ledger = { all: [] as number[], polls: [] as number[] };
  let count = 0;
  let word: Word | null = null;
  /** Which request the last word answers. */
  let wordOn = 0;
  let isLimited = false;

  const prune = (now: number) => {
    // of a clock that was set back, what lies in the future is nobody's
    const isRecent = (at: number) => at > now - windowMs && at <= now;
    for (const kind of ['all', 'polls'] as const) {
      const oldest = ledger[kind][0] ?? now;
      const newest = ledger[kind].at(-1) ?? now;
      if (!isRecent(oldest) || !isRecent(newest)) ledger[kind] = ledger[kind].filter(isRecent);
    }
    if (word !== null && (now >= word.until || now < word.from)) word = null;
  };
  /** Until there are fewer than so many in the window. */
  const roomMs = (most: number, now: number): number => {
    const blocking = ledger.all.at(-most);
    return blocking === undefined ? 0 : blocking + windowMs - now;
  };
  const paceMs = (most: number, now: number): number => {
    const inBurst = Math.floor(most * burst);
    if (ledger.polls.length < inBurst) return 0;
    const distanceMs = windowMs / (most - inBurst);
    return Math.max(0, (ledger.polls.at(-1) ?? 0) + distanceMs - now);
  };
  const wordMs = (use: BudgetUse, now: number): number => {
    // who sends waits by itself after a refusal, unless somebody urges it
    if (word === null || (word.isRefusal && use === 'send')) return 0;
    const kept = Math.floor(word.limit * (1 - shares[use]));
    return word.left > kept ? 0 : word.until - now;
  };

  return {
    waitOf(use) {
      const now = clock.now();
      prune(now);
      const saidMs = wordMs(use, now);
      if (limit === Infinity || !(isLimited || isOnItsOwn(use))) return saidMs;
      const most = Math.max(1, Math.floor(limit * shares[use]));
      return Math.max(saidMs, roomMs(most, now), use === 'poll' ? paceMs(most, now) : 0);
    },
    spend(use) {
      const now = clock.now();
      prune(now);
      count += 1;
      const mine = count;
      if (limit < Infinity) ledger.all.push(now);
      if (limit < Infinity && use === 'poll') ledger.polls.push(now);
      if (word !== null) word.left -= 1;
      return {
        answered({ status, quota, retryAfterMs }) {
          const isRefusal = status === 429;
          if (quota !== null || isRefusal) isLimited = true;
          // an answer that was overtaken knows less
          if (mine < wordOn || (quota === null && !isRefusal)) return;
          wordOn = mine;
          const from = clock.now();
          const forMs = isRefusal ? (retryAfterMs ?? quota?.forMs ?? pauseMs) : (quota?.forMs ?? 0);
          // what left since is not in its count
          const left = isRefusal ? 0 : (quota?.remaining ?? 0) - (count - mine);
          const said = quota?.limit ?? (limit === Infinity ? 0 : limit);
          word = { limit: said, left, from, until: from + forMs, isRefusal };
        },
      };
    },
  };
}
