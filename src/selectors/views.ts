import type { ChannelLog, Lineage } from '../state/channelLog';

/** Timelines per channel of which the last result is kept; the one that changed longest ago goes first. */
const maxTimelines = 32;
/** Channels that nothing is held of, and that somebody writes to all the same. */
const maxStrays = 32;

type OfChannel<V> = Map<string | null, V>;

/** Keeps the newest entries of a map that remembers in which order they came. */
function put<K, V>(map: Map<K, V>, key: K, value: V, max: number): void {
  map.delete(key);
  map.set(key, value);
  for (const oldest of map.keys()) {
    if (map.size <= max) return;
    map.delete(oldest);
  }
}

/**
 * What was last made of each timeline, beside the state: to be patched rather than made anew. It hangs on the log's
 * lineage, so that it goes with the log.
 *
 * @internal
 */
export interface Views<V> {
  readonly get: (
    log: ChannelLog | undefined,
    channelId: string,
    parentId: string | null,
  ) => V | undefined;
  readonly put: (
    log: ChannelLog | undefined,
    channelId: string,
    parentId: string | null,
    view: V,
  ) => void;
  /** Nobody writes to a channel any more that nothing is held of. */
  readonly forgetStray: (channelId: string) => void;
}

/** @internal */
export function createViews<V>(): Views<V> {
  const held = new WeakMap<Lineage, OfChannel<V>>();
  const strays = new Map<string, OfChannel<V>>();
  return {
    get: (log, channelId, parentId) =>
      (log === undefined ? strays.get(channelId) : held.get(log.lineage))?.get(parentId),
    put: (log, channelId, parentId, view) => {
      const known = log === undefined ? strays.get(channelId) : held.get(log.lineage);
      const views: OfChannel<V> = known ?? new Map<string | null, V>();
      put(views, parentId, view, maxTimelines);
      if (log === undefined) put(strays, channelId, views, maxStrays);
      else if (known === undefined) held.set(log.lineage, views);
    },
    forgetStray: (channelId) => {
      strays.delete(channelId);
    },
  };
}
