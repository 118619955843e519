import type { Broadcast } from '../platform/broadcast';
import type { Random } from '../platform/random';
import type { Cancel } from '../platform/timers';
import { makeUuid } from '../platform/uuid';
import { isRaw } from '../protocol/raw';
import type { BudgetNews, RateBudget } from './rateBudget';

/** Tabs of another version use another channel: what comes is of this shape. */
const version = 1;

/** A word of one tab to the others. */
interface Told extends BudgetNews {
  readonly type: 'budget';
  /** It has just come: those who are there tell it what they know. */
  readonly isNew: boolean;
}

/** One budget of several tabs. @internal */
export interface SharedBudget {
  /** Shares from now on; where it is shared under this name already, does nothing. */
  open(name: string): void;
  close(): void;
}

const isTold = (heard: unknown): heard is Told => isRaw(heard) && heard['type'] === 'budget';

/** Says of which tab the things are that were of `from`. */
function named(news: BudgetNews, from: string, to: string): BudgetNews {
  const rename = <S extends { readonly tab: string }>(spent: S): S =>
    spent.tab === from ? { ...spent, tab: to } : spent;
  const { word } = news;
  return {
    ...news,
    spent: news.spent.map(rename),
    word: word === null ? null : { ...word, on: rename(word.on) },
  };
}

/**
 * Lets the tabs of a person keep to one limit: each tells the others which requests left and what the server said of its
 * limits, once per turn, and whoever comes is told what the others know. In the same millisecond two tabs may take the same
 * room; both then know of it.
 *
 * @internal
 */
export function createSharedBudget(
  budget: RateBudget,
  ports: { readonly broadcast: Broadcast; readonly random: Random },
): SharedBudget {
  /** The name of this tab, once it has one: what others tell back of it is known here. */
  let tab: string | null = null;
  let sharedAs: string | null = null;
  let stop: Cancel | null = null;

  const share = (name: string, here: string): Cancel => {
    let waiting: BudgetNews | null = null;
    const line = ports.broadcast.open(`hudhud:budget:${name}:${version}`, (heard) => {
      if (!isTold(heard)) return;
      budget.learn(named(heard, here, ''));
      if (heard.isNew) post(budget.news());
    });
    const post = (news: BudgetNews, isNew = false) => {
      const told: Told = { type: 'budget', isNew, ...named(news, '', here) };
      line.post(told);
    };
    const flush = () => {
      if (waiting !== null) post(waiting);
      waiting = null;
    };
    const cancel = budget.subscribe((news) => {
      if (waiting === null) queueMicrotask(flush);
      waiting = { ...news, spent: [...(waiting?.spent ?? []), ...news.spent] };
    });
    post(budget.news(), true);
    return () => {
      cancel();
      // what was spent last counts, and nothing is said on a line that is closed
      flush();
      line.close();
    };
  };
  const close = () => {
    stop?.();
    stop = null;
    sharedAs = null;
  };
  return {
    open(name) {
      if (name === sharedAs) return;
      close();
      tab ??= makeUuid(ports.random);
      sharedAs = name;
      stop = share(name, tab);
    },
    close,
  };
}
