import type { Draws } from './dice.ts';
import type { FaultName, FaultSet, RequestChance } from './faultSet.ts';

export interface Asked {
  readonly method: string;
  /** Without `/api` and query. */
  readonly path: string;
  readonly username: string | undefined;
}

/** What is to happen to one request. */
export interface Fate {
  readonly delayMs: number;
  readonly outcome:
    | { readonly kind: 'none' | 'loseRequest' | 'loseReply' }
    | { readonly kind: 'refuse'; readonly status: number; readonly retryAfterS: number }
    | { readonly kind: 'errorAfterWrite'; readonly status: number }
    | { readonly kind: 'hang'; readonly ms: number };
}

/** Only a fault that names such a path meets it: without these two there is no chat to look at. */
const spared = ['/auth', '/realtime/stream'];

function concerns({ methods, paths, users }: RequestChance, asked: Asked): boolean {
  const begins = (prefix: string) => asked.path.startsWith(prefix);
  if (methods?.includes(asked.method) === false) return false;
  if (users?.includes(asked.username ?? '') === false) return false;
  return paths === undefined ? !spared.some(begins) : paths.some(begins);
}

function outcomeOf(
  set: FaultSet,
  draws: Draws,
  strikes: (name: FaultName, fault: RequestChance | undefined) => boolean,
): Fate['outcome'] {
  const { refuse, loseRequest, loseReply, errorAfterWrite, hang } = set;
  if (strikes('refuse', refuse) && refuse !== undefined) {
    const { statuses, retryAfterS } = refuse;
    return { kind: 'refuse', status: draws.random('refuse').pick(statuses), retryAfterS };
  }
  if (strikes('loseRequest', loseRequest)) return { kind: 'loseRequest' };
  if (strikes('loseReply', loseReply)) return { kind: 'loseReply' };
  if (strikes('errorAfterWrite', errorAfterWrite) && errorAfterWrite !== undefined) {
    return { kind: 'errorAfterWrite', status: errorAfterWrite.status };
  }
  if (strikes('hang', hang) && hang !== undefined) return { kind: 'hang', ms: hang.ms };
  return { kind: 'none' };
}

/** Beside a delay at most one thing happens to a request: the first that strikes. */
export function requestFate(set: FaultSet, draws: Draws, asked: Asked): Fate {
  const strikes = (name: FaultName, fault: RequestChance | undefined) =>
    fault !== undefined && concerns(fault, asked) && draws.strikes(name, fault);
  const { delay } = set;
  const delayMs =
    strikes('delay', delay) && delay !== undefined
      ? draws.random('delay').between(delay.minMs, delay.maxMs)
      : 0;
  return { delayMs, outcome: outcomeOf(set, draws, strikes) };
}

/** Whether a fault of requests asks who it is; reading the token is spared otherwise. */
export function asksWho(set: FaultSet): boolean {
  const faults = [set.delay, set.refuse, set.loseRequest, set.loseReply, set.errorAfterWrite];
  return [...faults, set.hang].some((fault) => fault?.users !== undefined);
}
