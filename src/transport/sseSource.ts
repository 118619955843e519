import type { Counters } from '../platform/counters';
import type { StreamPorts, TryLimits } from './eventStreamTry';
import { readEventStream } from './eventStreamTry';
import type { RateBudget } from './rateBudget';
import type { Source } from './source';
import type { StreamRequest } from './streamRequest';

/**
 * Server-sent events as a source.
 *
 * @internal
 */
export function createSseSource(
  options: Pick<StreamRequest, 'url' | 'auth'> & Omit<TryLimits, 'idleTimeoutMs'>,
  ports: StreamPorts & {
    readonly counters: Counters;
    readonly budget?: RateBudget;
  },
): Source {
  return {
    name: 'sse',
    watchesSilence: false,
    // how long silence may last is learned, above
    open(request, handlers) {
      // not held back, but it is one more request
      ports.budget?.spend(null);
      return readEventStream({ ...options, ...request, idleTimeoutMs: Infinity }, handlers, ports);
    },
  };
}
