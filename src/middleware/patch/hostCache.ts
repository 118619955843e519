import { isRaw } from '../../protocol/raw';
import type { StoreApi } from '../runtime';

/** The cache of a host's api, as it is now. @internal */
export interface HostCache {
  /** Everything that is cached or asked for, by key; the same object until something of it changes. */
  readonly queries: () => Readonly<Record<string, unknown>>;
  /** One answer; `undefined` if there is none. */
  readonly cached: (key: string) => unknown;
}

const nothing: Readonly<Record<string, unknown>> = {};

/** @internal */
export function createHostCache(store: StoreApi, reducerPath: string): HostCache {
  const queries: HostCache['queries'] = () => {
    const slice = store.getState()[reducerPath];
    return isRaw(slice) && isRaw(slice['queries']) ? slice['queries'] : nothing;
  };
  return {
    queries,
    cached(key) {
      const held = queries()[key];
      return isRaw(held) ? held['data'] : undefined;
    },
  };
}
