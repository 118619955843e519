import { HudhudError, isHudhudError } from '../errors';
import type { Counters } from '../platform/counters';
import type { Timers } from '../platform/timers';
import { isAnothers, ownerOf } from '../protocol/claims';
import { withDeadline } from './deadline';
import type { HttpAnswer } from './httpAnswer';
import type { BudgetUse, RateBudget } from './rateBudget';
import type { Session } from './session';

/** The rules that every request follows, whatever carries it. @internal */
export interface ExchangeLimits {
  readonly timeoutMs: number;
  readonly timers: Timers;
  readonly signal: AbortSignal | undefined;
  readonly counters: Counters | undefined;
}

const sentences = {
  ABORTED: (name: string) => `${name} was called off.`,
  TIMEOUT: (name: string) => `${name} had no answer in time.`,
  NETWORK: (name: string) => `${name} could not be sent, or its answer not be read.`,
};

/** A request under way. @internal */
export interface Course {
  /** It is called off, or too late. */
  readonly signal: AbortSignal;
  /** It gets on: the time begins anew. */
  readonly restart: () => void;
  /** It waits for a token: the server has done nothing of it. */
  isUnsent: boolean;
}

/** For want of a token the server has done nothing of a request. */
function unsent(error: unknown): never {
  if (!isHudhudError(error)) throw error;
  const { code, message, data } = error;
  throw new HudhudError(code, message, { ...data, isUnsent: true });
}

/**
 * Throws where the budget has nothing left for a use: nothing is sent that is known to be refused.
 *
 * @internal
 */
export function holdBack(
  budget: RateBudget | undefined,
  use: BudgetUse,
  name: string,
  counters: Counters | undefined,
): void {
  const retryAfterMs = budget?.waitOf(use) ?? 0;
  if (retryAfterMs === 0) return;
  counters?.inc('heldBack', use);
  throw new HudhudError('RATE_LIMITED', `${name} was not sent: the limit of requests is used up.`, {
    ...{ request: name, retryAfterMs, isUnsent: true },
  });
}

/**
 * Sends with the token of the session; a second time only when it was refused and there is a new one of the same person:
 * who signed in meanwhile does not send what the one before asked for.
 *
 * @internal
 */
export async function withToken(
  session: Session,
  name: string,
  course: Course,
  send: (token: string) => Promise<HttpAnswer>,
): Promise<HttpAnswer> {
  const awaited = async (asked: Promise<string | null>): Promise<string | null> => {
    course.isUnsent = true;
    const token = await asked.catch(unsent);
    // whoever asked was told that it has not left
    course.signal.throwIfAborted();
    course.isUnsent = false;
    return token;
  };
  const token = await awaited(session.getToken());
  if (token === null) {
    throw new HudhudError('UNAUTHORIZED', `${name} needs a token: sign in first.`, {
      request: name,
    });
  }
  const answer = await send(token);
  if (answer.status !== 401) return answer;
  const renewed = await awaited(session.renew(token));
  return renewed === null || isAnothers(renewed, ownerOf(token)) ? answer : send(renewed);
}

/**
 * Waits for an answer within the limits, and counts it. Rejects with a `HudhudError` only, which holds no token.
 *
 * @internal
 */
export async function exchange(
  name: string,
  work: (course: Course) => Promise<HttpAnswer>,
  { counters, ...limits }: ExchangeLimits,
): Promise<HttpAnswer> {
  let course: Course | null = null;
  try {
    const answer = await withDeadline(
      (signal, restart) => {
        course = { signal, restart, isUnsent: false };
        return work(course);
      },
      limits,
      (reason) =>
        new HudhudError(reason, sentences[reason](name), {
          request: name,
          ...(course?.isUnsent === true ? { isUnsent: true } : {}),
        }),
    );
    counters?.inc('requests', String(answer.status));
    return answer;
  } catch (error) {
    // What fetch throws is not passed on, not even as a cause: about a bad header it quotes the header.
    const failure = isHudhudError(error)
      ? error
      : new HudhudError('NETWORK', sentences.NETWORK(name), { request: name });
    counters?.inc('requests', failure.code);
    throw failure;
  }
}
