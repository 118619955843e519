import type { Clock } from '../platform/clock';
import type { Cancel } from '../platform/timers';
import type { Spent } from './requestLedger';
import { createRequestLedger, isAfter } from './requestLedger';

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

/** The server's last word, until another one or until its time is over. */
interface Word {
  /** The request that it answers. */
  readonly on: Omit<Spent, 'isPoll'>;
  readonly limit: number;
  /** So many were left then. */
  readonly remaining: number;
  readonly from: number;
  readonly until: number;
  readonly isRefusal: boolean;
}

/** What tabs have to know of each other to keep to one limit. Plain. @internal */
export interface BudgetNews {
  readonly spent: readonly Spent[];
  readonly word: Word | null;
  /** The server has shown that it counts. */
  readonly isLimited: boolean;
}

/** Keeps the requests of one person within what the server takes. @internal */
export interface RateBudget {
  /** How long a request has to wait, in ms; 0: it may leave. Takes nothing. */
  waitOf(use: BudgetUse): number;
  /** Notes that a request leaves. `null`: one that is not held back, but counts. */
  spend(use: BudgetUse | null): Spending;
  /** Everything that counts at this moment. */
  news(): BudgetNews;
  /** Takes what another tab says: its requests count like those of this one. */
  learn(news: BudgetNews): void;
  /** Calls back with what is new here; not with what was learned. */
  subscribe(listener: (news: BudgetNews) => void): Cancel;
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

/**
 * Makes a budget: a ledger of the requests of the last window, and the server's last word. Any window of the server's lies
 * in one of ours, so that who keeps to the ledger keeps to the limit; what others use of it, the server tells.
 *
 * @internal
 */
export function createRateBudget({ limit, windowMs }: BudgetTuning, clock: Clock): RateBudget {
  const ledger = createRequestLedger(windowMs, limit);
  const listeners = new Set<(news: BudgetNews) => void>();
  let count = 0;
  let word: Word | null = null;
  let isLimited = false;

  const wordAt = (now: number): Word | null => {
    if (word !== null && (now >= word.until || now < word.from)) word = null;
    return word;
  };
  /** Until there are fewer than so many in the window. */
  const roomMs = (most: number, now: number): number => {
    const blocking = ledger.recent(now).at(-most);
    return blocking === undefined ? 0 : blocking.at + windowMs - now;
  };
  const paceMs = (most: number, now: number): number => {
    const polls = ledger.recent(now).filter(({ isPoll }) => isPoll);
    const inBurst = Math.floor(most * burst);
    if (polls.length < inBurst) return 0;
    const distanceMs = windowMs / (most - inBurst);
    return Math.max(0, (polls.at(-1)?.at ?? 0) + distanceMs - now);
  };
  const wordMs = (use: BudgetUse, now: number): number => {
    const said = wordAt(now);
    // who sends waits by itself after a refusal, unless somebody urges it
    if (said === null || (said.isRefusal && use === 'send')) return 0;
    const kept = Math.floor(said.limit * (1 - shares[use]));
    // what left since is not in its count
    const since = ledger.recent(now).filter((spent) => isAfter(spent, said.on)).length;
    return said.remaining - since > kept ? 0 : said.until - now;
  };
  const tell = (spent: readonly Spent[]) => {
    const news = { spent, word: wordAt(clock.now()), isLimited };
    for (const listener of listeners) listener(news);
  };
  /** An answer that was overtaken knows less. */
  const hear = (next: Word, now: number): boolean => {
    const known = wordAt(now);
    if (known !== null && !isAfter(next.on, known.on)) return false;
    word = next;
    return true;
  };

  return {
    waitOf(use) {
      const now = clock.now();
      const saidMs = wordMs(use, now);
      if (limit === Infinity || !(isLimited || isOnItsOwn(use))) return saidMs;
      const most = Math.max(1, Math.floor(limit * shares[use]));
      return Math.max(saidMs, roomMs(most, now), use === 'poll' ? paceMs(most, now) : 0);
    },
    spend(use) {
      count += 1;
      const spent = { tab: '', n: count, at: clock.now(), isPoll: use === 'poll' };
      ledger.add(spent);
      tell([spent]);
      return {
        answered({ status, quota, retryAfterMs }) {
          const isRefusal = status === 429;
          if (quota === null && !isRefusal) return;
          isLimited = true;
          const from = clock.now();
          const forMs = isRefusal ? (retryAfterMs ?? quota?.forMs ?? pauseMs) : (quota?.forMs ?? 0);
          const { isPoll: _, ...on } = spent;
          const next = {
            ...{ on, from, until: from + forMs, isRefusal },
            limit: quota?.limit ?? (limit === Infinity ? 0 : limit),
            remaining: isRefusal ? 0 : (quota?.remaining ?? 0),
          };
          if (hear(next, from)) tell([]);
        },
      };
    },
    news() {
      const now = clock.now();
      return { spent: ledger.recent(now), word: wordAt(now), isLimited };
    },
    learn(news) {
      for (const spent of news.spent) ledger.add(spent);
      isLimited ||= news.isLimited;
      if (news.word !== null) hear(news.word, clock.now());
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}
