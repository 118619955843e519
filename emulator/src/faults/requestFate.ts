import type { Draws } from './dice.ts';
import type { FaultName, FaultSet, RequestChance } from './faultSet.ts';
import { streamPaths } from './faultSet.ts';

export interface Asked {
  readonly method: string;
  /** Without `/api` and query. */
  readonly path: string;
  readonly username: string | undefined;
}

export interface Refusal {
  readonly status: number;
  readonly retryAfterS: number;
  readonly retryAfterAs: 'seconds' | 'date';
  /** As a page of whatever stands before the server. */
  readonly asHtml: boolean;
}

/** What is to happen to one request. */
export interface Fate {
  readonly delayMs: number;
  readonly outcome:
    | { readonly kind: 'none' | 'loseRequest' | 'loseReply' }
    | ({ readonly kind: 'refuse' } & Refusal)
    | { readonly kind: 'errorAfterWrite'; readonly status: number }
    | { readonly kind: 'hang'; readonly ms: number };
}

/** Only a fault that names such a path meets it. */
const spared = ['/auth', ...streamPaths];

function concerns({ methods, paths, users }: RequestChance, asked: Asked): boolean {
  const begins = (prefix: string) =>
    prefix.endsWith('$') ? `${asked.path}$` === prefix : asked.path.startsWith(prefix);
  if (methods?.includes(asked.method) === false) return false;
  if (users?.includes(asked.username ?? '') === false) return false;
  return paths === undefined ? !spared.some(begins) : paths.some(begins);
}

function outcomeOf(
  set: FaultSet,
  draws: Draws,
  strikes: (name: FaultName, fault: RequestChance | undefined) => boolean,
): Fate['outcome'] {
  const { refuse, refuseStreams, loseRequest, loseReply, errorAfterWrite, hang } = set;
  if (strikes('refuse', refuse) && refuse !== undefined) {
    const { statuses, retryAfterS } = refuse;
    const status = draws.random('refuse').pick(statuses);
    return { kind: 'refuse', status, retryAfterS, retryAfterAs: 'seconds', asHtml: false };
  }
  if (strikes('refuseStreams', refuseStreams) && refuseStreams !== undefined) {
    const { statuses, retryAfterS, retryAfterAs } = refuseStreams;
    const status = draws.random('refuseStreams').pick(statuses);
    return { kind: 'refuse', status, retryAfterS, retryAfterAs, asHtml: status === 502 };
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
  const { delay, refuse, refuseStreams, loseRequest, loseReply, errorAfterWrite, hang } = set;
  const faults = [delay, refuse, refuseStreams, loseRequest, loseReply, errorAfterWrite, hang];
  return faults.some((fault) => fault?.users !== undefined);
}
