import { systemClock } from '../platform/clock';
import { silentLogger } from '../platform/logger';
import { systemRandom } from '../platform/random';
import { systemReportError } from '../platform/reportError';
import { undrawnScheduler } from '../platform/scheduler';
import { holdingTimers } from '../platform/timers';
import type { EventStream } from './eventStreamLoop';
import { keepEventStream } from './eventStreamLoop';
import type { EventStreamHandlers, EventStreamOptions } from './eventStreamOptions';
import { toTuning } from './eventStreamOptions';

/**
 * Opens a stream of server-sent events, and again whenever it ends, until it is closed or the server says that asking again
 * is of no use. Throws `INVALID_OPTION` at once for what can never work; everything else reaches the handlers, the first of
 * them after this has returned.
 *
 * @public
 * @example
 * ```ts
 * const stream = openEventStream(
 *   'https://example.org/api/realtime/stream',
 *   { auth: { getToken: () => token, refresh: renew }, lastEventId: localStorage.lastEventId },
 *   {
 *     onEvent({ type, data, id }) {
 *       show(type, JSON.parse(data));
 *       localStorage.lastEventId = id;
 *     },
 *     onError({ message, fatal }) {
 *       if (fatal) showBanner(message);
 *     },
 *   },
 * );
 * // later
 * stream.close();
 * ```
 */
export function openEventStream(
  url: string | URL,
  options: EventStreamOptions = {},
  handlers: EventStreamHandlers = {},
): EventStream {
  const tuning = toTuning(url, options);
  return keepEventStream(tuning, handlers, {
    fetch: tuning.fetch,
    clock: systemClock,
    // While a stream is wanted, the wait for the next try must not be what ends a process.
    timers: holdingTimers,
    scheduler: undrawnScheduler,
    random: systemRandom,
    logger: silentLogger,
    reportError: systemReportError,
  });
}
