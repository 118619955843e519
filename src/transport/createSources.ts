import type { Counters } from '../platform/counters';
import type { Platform } from '../platform/platform';
import type { SourceName } from '../protocol/connectionStatus';
import type { ConnectionTuning } from './connectionOptions';
import { createLongPollSource } from './longPollSource';
import type { RateBudget } from './rateBudget';
import { createSocketSource } from './socketSource';
import type { Source } from './source';
import { createSseSource } from './sseSource';

/** Where the server is heard, by way. @internal */
export type SourceUrls = Readonly<Record<SourceName, string>>;

/**
 * Makes the ways to hear a server, in the order in which they are named.
 *
 * @internal
 */
export function createSources(
  names: readonly SourceName[],
  urls: SourceUrls,
  tuning: ConnectionTuning,
  ports: Pick<Platform, 'fetch' | 'clock' | 'timers' | 'scheduler' | 'logger' | 'openSocket'> & {
    readonly counters: Counters;
    readonly budget: RateBudget;
  },
): readonly [Source, ...Source[]] {
  const create: Readonly<Record<SourceName, (url: string) => Source>> = {
    sse: (url) => createSseSource({ ...tuning, url }, ports),
    longPoll: (url) => createLongPollSource({ ...tuning, url }, ports),
    webSocket: (url) => createSocketSource({ ...tuning, url }, ports),
  };
  const made = (name: SourceName) => create[name](urls[name]);
  const [first = 'sse', ...others] = names;
  return [made(first), ...others.map(made)];
}
