import type { Counters } from '../platform/counters';
import type { Platform } from '../platform/platform';
import type { Cancel } from '../platform/timers';
import type { PollAnswer } from '../protocol/decodePoll';
import { decodePoll } from '../protocol/decodePoll';
import { essenceOf } from './contentType';
import { buildUrl } from './httpRequest';
import { limitsOf } from './limitHeaders';
import type { RateBudget } from './rateBudget';
import { parseRetryAfter } from './retryAfter';
import type { Source, SourceHandlers } from './source';
import type { StreamEnd } from './streamEnd';
import type { StreamAuth } from './streamRequest';
import { withTokenQuery } from './streamRequest';
import { createTryLife } from './tryLife';
import type { SourceTry } from './tryLife';

interface LongPollOptions {
  readonly url: string;
  readonly auth: StreamAuth;
  /** Longest wait for an answer, beside the time that the server was asked to wait. */
  readonly connectTimeoutMs: number;
}

/** So long the server may wait for something to tell. */
const askedMs = 25_000;

/** A server that has nothing to tell and does not wait is asked no sooner again. */
const leastMs = 1_000;

/** Who has to wait longer than this for the budget ends, and says so. */
const longestPauseMs = 60_000;

/** A poll that did not bring what it should. */
class Ended extends Error {
  readonly end: StreamEnd;

  constructor(end: StreamEnd) {
    super(end.kind);
    this.end = end;
  }
}

/**
 * Long polling as a source: one request after another, each of which waits for something to tell. The first one asks where
 * things stand, and opens.
 *
 * @internal
 */
export function createLongPollSource(
  options: LongPollOptions,
  ports: Pick<Platform, 'fetch' | 'clock' | 'timers' | 'logger'> & {
    readonly counters: Counters;
    readonly budget: RateBudget;
  },
): Source {
  const { counters, budget, clock } = ports;

  const open = (
    { token, lastEventId }: Parameters<Source['open']>[0],
    handlers: SourceHandlers,
  ): SourceTry => {
    /** Of the poll under way: a signal that many requests share collects their listeners. */
    let abort = new AbortController();
    let isOpen = false;
    let cursor = lastEventId;
    let cancelPause: Cancel | null = null;
    const { isOver, finish, call, breakOff, watchdog, handle } = createTryLife<
      keyof SourceHandlers
    >(
      'poll',
      () => {
        cancelPause?.();
        abort.abort();
      },
      ports,
    );

    const passed = (ms: number): Promise<void> =>
      new Promise((resolve) => {
        cancelPause = ports.timers.after(ms, resolve);
      });
    /** Waits until the budget has room: others may take what it waits for. */
    const pause = async (): Promise<void> => {
      for (let waitMs = budget.waitOf('poll'); waitMs > 0; waitMs = budget.waitOf('poll')) {
        if (waitMs > longestPauseMs) {
          throw new Ended({ kind: 'no_room', retryAfterMs: waitMs });
        }
        await passed(waitMs);
      }
    };
    const ask = async (waitMs: number): Promise<PollAnswer> => {
      const inQuery = options.auth === 'query';
      const address = buildUrl(options.url, '', { cursor, timeout_ms: waitMs });
      const spending = budget.spend('poll');
      watchdog.arm(waitMs + options.connectTimeoutMs);
      abort = new AbortController();
      const response = await ports.fetch(inQuery ? withTokenQuery(address, token) : address, {
        method: 'GET',
        cache: 'no-store',
        signal: abort.signal,
        headers: {
          Accept: 'application/json',
          ...(inQuery ? {} : { Authorization: `Bearer ${token}` }),
        },
      });
      const { status, headers } = response;
      const now = clock.now();
      spending.answered(limitsOf(response, now));
      if (status !== 200) {
        response.body?.cancel().catch(() => undefined);
        const retryAfterMs = parseRetryAfter(headers.get('Retry-After'), now);
        throw new Ended({ kind: 'refused', status, retryAfterMs });
      }
      const text = await response.text();
      watchdog.stop();
      counters.inc('bytes', undefined, text.length);
      try {
        return decodePoll(JSON.parse(text));
      } catch {
        const contentType = essenceOf(headers.get('Content-Type'));
        throw new Ended({ kind: 'wrong_type', contentType });
      }
    };
    const tell = ({ frames, isWhole, cursor: next }: PollAnswer) => {
      if (!isOpen) {
        isOpen = true;
        call('onOpen', () => {
          handlers.onOpen({ status: 200 });
        });
        if (isWhole !== null) {
          call('onContinuity', () => {
            handlers.onContinuity(isWhole);
          });
        }
      }
      for (const frame of frames) {
        call('onFrame', () => {
          counters.inc('frames');
          handlers.onFrame(frame);
        });
      }
      // after what it stands for (L12)
      cursor = next;
      call('onId', () => {
        handlers.onId(next);
      });
      call('onRead', () => {
        handlers.onRead();
      });
    };
    const run = async (): Promise<void> => {
      for (let waitMs = 0; ; waitMs = askedMs) {
        await pause();
        if (isOver()) return;
        const askedAt = clock.now();
        const answer = await ask(waitMs);
        if (isOver()) return;
        // something was lost on the way: what comes now is another connection
        if (isOpen && answer.isWhole === false) throw new Ended({ kind: 'ended' });
        tell(answer);
        const passedMs = Math.max(0, clock.now() - askedAt);
        if (waitMs > 0 && answer.frames.length === 0 && passedMs < leastMs) {
          await passed(leastMs - passedMs);
        }
      }
    };

    // nothing is called before this source has returned
    Promise.resolve()
      .then(run)
      .catch((error: unknown) => {
        if (error instanceof Ended) finish(error.end);
        else breakOff(error);
      });
    return handle;
  };
  return { name: 'longPoll', watchesSilence: true, open };
}
