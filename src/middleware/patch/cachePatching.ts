import { isAction, SHOULD_AUTOBATCH } from '@reduxjs/toolkit';
import type { HudhudAction } from '../../actions/define';
import { isOfInstance, isType } from '../../actions/define';
import { sessionEnded, sessionStarted } from '../../actions/session';
import { frameCommitted, sessionInitialised } from '../../actions/stream';
import { isMounted } from '../../selectors/root';
import { isSuperseded } from '../../state/rootReducer';
import { mostHeld } from '../eviction';
import type { Runtime, StoreApi } from '../runtime';
import { createArrivals, sourceOf } from './arrivals';
import type { CacheMismatch } from './cacheMismatch';
import { differenceOf } from './cacheMismatch';
import { createCacheWriter } from './cacheWriter';
import type { CachePatcher } from './createCachePatcher';
import type { Entry } from './entries';
import { Entries } from './entries';
import { createGuard } from './guard';
import { HandPatches } from './handPatches';
import { createHostReader } from './hostActions';
import { createHostCache } from './hostCache';
import type { Next } from './hostSide';
import { createHostSide } from './hostSide';
import { createPatchViews } from './patchViews';
import { createRenewal } from './renewal';
import { createRetainedLogs } from './retainedLogs';
import { changedTopics } from './topics';

/** @internal */
export interface CachePatching {
  /** Goes around everything else that handles an action. */
  readonly around: (next: Next) => Next;
  /** See `Hudhud.checkCaches`. */
  readonly check: () => readonly CacheMismatch[];
}

/**
 * Keeps the cache of one host api in step with the layer. An answer is changed on its way to the host's reducer, so that
 * nobody sees it without what is known better already; afterwards it is patched, once per batch. Nothing that goes wrong
 * in here reaches the host.
 *
 * @internal
 */
export function createCachePatching(
  runtime: Runtime,
  store: StoreApi,
  patcher: CachePatcher,
  isAway: () => boolean = () => false,
): CachePatching {
  const { selectors, instance, ordinals } = runtime;
  const { reducerPath } = patcher;
  const entries = new Entries();
  const hand = new HandPatches();
  const guard = createGuard(runtime);
  const { failed, guarded, safely } = guard;
  const cache = createHostCache(store, reducerPath);
  const retained = createRetainedLogs(mostHeld(runtime.maxMessagesPerChannel));
  const views = createPatchViews(runtime, store, retained);
  const writer = createCacheWriter({ store, patcher, hand, cached: cache.cached, failed });
  const arrivals = createArrivals({ runtime, store, patcher, entries, views, failed });
  const { mark, flush, forget, clear } = createRenewal({
    entries,
    failed,
    write(entry) {
      writer.write(entry, entry.rule.project(sourceOf(entry), views.now(), entry.shown));
    },
  });
  const release = (...gone: readonly Entry[]) => {
    for (const entry of gone) {
      entries.remove(entry);
      // what is read there later is another answer
      hand.writtenOver(entry.key);
      forget(entry);
    }
    retained.keepOnly(entries.channelIds());
    if (entries.size === 0) views.forget();
  };
  const host = createHostSide({
    ...{ runtime, store, patcher, entries, hand, cache, writer, arrivals, guard, release },
  });
  const readHost = createHostReader(reducerPath);
  let isAdopted = false;
  const adoptAll = () => {
    isAdopted = true;
    host.adoptAll();
    flush();
  };

  /** Of what is beyond the bound, answers keep what was known last: it is not followed any more. */
  const bound = () => {
    for (const channelId of retained.overfull()) {
      for (const entry of entries.touchedBy(new Set([`messages:${channelId}` as const]))) {
        const { rule, base } = entry;
        entry.base = guarded(() => rule.project(sourceOf(entry), views.confirmed(), base), base);
      }
      retained.cut(channelId, ordinals.next());
    }
  };

  const own = (next: Next, action: HudhudAction): unknown => {
    const before = selectors.selectHudhud(store.getState());
    const messages = retained.over(before.messages);
    const isOver = isSuperseded(before, action);
    // what the batch brought is there before its end wakes the subscribers
    if (isType(action, frameCommitted)) flush();
    try {
      return next(action);
    } finally {
      safely(() => {
        if (isType(action, sessionEnded)) {
          host.end();
          clear();
        }
        if (isOver || entries.size === 0) return;
        retained.reduce(action, before.messages, () => entries.channelIds());
        bound();
        const after = selectors.selectHudhud(store.getState());
        const known = { ...after, messages: retained.over(after.messages) };
        mark(changedTopics({ ...before, messages }, known));
        if (isType(action, sessionStarted) || isType(action, sessionInitialised)) {
          for (const entry of entries.all()) mark(entry.topics);
        }
        if (action.meta[SHOULD_AUTOBATCH] !== true) flush();
      });
    }
  };

  return {
    around: (next) => (action) => {
      if (!isAction(action)) return next(action);
      if (isAway()) {
        // what is shown is not what is known: all of it is looked at on the way back
        isAdopted = false;
        return next(action);
      }
      if (!isMounted(store.getState(), instance)) {
        const result = next(action);
        if (isMounted(store.getState(), instance)) adoptAll();
        return result;
      }
      if (!isAdopted) adoptAll();
      if (isOfInstance(action, instance)) return own(next, action);
      const event = guarded(() => readHost(action), null);
      if (event !== null) {
        const result = host.pass(next, action, event);
        flush();
        return result;
      }
      const before = cache.queries();
      const result = next(action);
      if (cache.queries() !== before) adoptAll();
      return result;
    },
    check() {
      const known = views.layer();
      return entries.all().flatMap((entry) => {
        const { rule, arg, base, key } = entry;
        const source = sourceOf(entry);
        const isLoaded = () => rule.isLoaded?.(source, known) ?? true;
        if (base === undefined || !guarded(isLoaded, false)) return [];
        const expected = guarded(() => rule.project(source, known, undefined), base);
        const found = differenceOf(cache.cached(key), expected);
        return found === null ? [] : [{ reducerPath, endpoint: rule.endpoint, arg, ...found }];
      });
    },
  };
}
