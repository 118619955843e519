import type { UnknownAction } from '@reduxjs/toolkit';
import { isAction, SHOULD_AUTOBATCH } from '@reduxjs/toolkit';
import type { HudhudAction } from '../../actions/define';
import { isOfInstance, isType } from '../../actions/define';
import { sessionEnded, sessionStarted } from '../../actions/session';
import { frameCommitted, sessionInitialised } from '../../actions/stream';
import { isRaw } from '../../protocol/raw';
import { isMounted } from '../../selectors/root';
import { isSuperseded } from '../../state/rootReducer';
import { mostHeld } from '../eviction';
import type { Runtime, StoreApi } from '../runtime';
import { createArrivals, sourceOf } from './arrivals';
import type { CacheMismatch } from './cacheMismatch';
import { differenceOf } from './cacheMismatch';
import { createCacheWriter } from './cacheWriter';
import type { CachePatcher } from './createCachePatcher';
import { EndedAnswers } from './endedAnswers';
import type { Entry } from './entries';
import { Entries } from './entries';
import { HandPatches } from './handPatches';
import type { HostEvent, HostRequest } from './hostActions';
import { createHostReader } from './hostActions';
import type { PatchTopic } from './patchRule';
import { createPatchViews } from './patchViews';
import { createRetainedLogs } from './retainedLogs';
import { pendingTopics, topicsOf } from './topics';

type Next = (action: unknown) => unknown;
type HostEventOf<Is extends HostEvent['is']> = Extract<HostEvent, { is: Is }>;

/** An answer on its way into the cache. */
interface Brought {
  readonly arg: unknown;
  readonly payload: unknown;
  readonly meta: unknown;
  readonly direction: HostRequest['direction'];
  /** `null`: the host puts it in place of an answer. */
  readonly request: Entry['request'];
}

const channelPrefix = 'messages:';

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
): CachePatching {
  const { selectors, instance, ordinals, counters, platform } = runtime;
  const { reducerPath, rules, merges } = patcher;
  const entries = new Entries();
  const hand = new HandPatches();
  const ended = new EndedAnswers();
  const readHost = createHostReader(reducerPath);
  const retained = createRetainedLogs(mostHeld(runtime.maxMessagesPerChannel));
  const views = createPatchViews(runtime, store, retained);
  const dirty = new Set<PatchTopic>();
  /** Answers that are to be made anew; those whose rule threw, when something happens again. */
  const stale = new Set<Entry>();
  const broken = new Set<Entry>();
  let isAdopted = false;

  const queries = (): Readonly<Record<string, unknown>> => {
    const slice = store.getState()[reducerPath];
    return isRaw(slice) && isRaw(slice['queries']) ? slice['queries'] : {};
  };
  const cached = (key: string): unknown => {
    const held = queries()[key];
    return isRaw(held) ? held['data'] : undefined;
  };
  const failed = (error: unknown) => {
    counters.inc('handlerErrors', 'cachePatcher');
    platform.logger.debug('the cache patcher, or a rule of it, failed', { error });
  };
  const guarded = <T>(run: () => T, otherwise: T): T => {
    try {
      return run();
    } catch (error) {
      failed(error);
      return otherwise;
    }
  };
  const safely = (run: () => void) => {
    guarded(run, undefined);
  };
  const writer = createCacheWriter({ store, patcher, hand, cached, failed });
  const arrivals = createArrivals({ runtime, store, patcher, entries, views, failed });

  const renew = (entry: Entry) => {
    if (!entries.has(entry) || entry.base === undefined) return;
    const { rule, shown } = entry;
    try {
      writer.write(entry, rule.project(sourceOf(entry), views.now(), shown));
    } catch (error) {
      failed(error);
      broken.add(entry);
    }
  };
  const flush = () => {
    while (dirty.size > 0) {
      for (const entry of [...entries.touchedBy(dirty), ...broken]) stale.add(entry);
      dirty.clear();
      broken.clear();
      // an action that comes meanwhile finds here what is still to be done
      for (const entry of stale) {
        stale.delete(entry);
        renew(entry);
      }
    }
  };
  const mark = (topics: readonly PatchTopic[]) => {
    for (const topic of topics) {
      if (topic !== channelPrefix) dirty.add(topic);
      // of an event that names no channel nobody knows which one it is about
      else for (const id of entries.channelIds()) dirty.add(`messages:${id}`);
    }
  };

  const release = (...gone: readonly Entry[]) => {
    for (const entry of gone) {
      entries.remove(entry);
      // what is read there later is another answer
      hand.writtenOver(entry.key);
      broken.delete(entry);
    }
    retained.keepOnly(entries.channelIds());
    if (entries.size === 0) views.forget();
  };

  /** After an answer has gone through: what stands there now is what it is to show. */
  const settle = (entry: Entry) => {
    const held = cached(entry.key);
    if (held === undefined) release(entry);
    else if (entry.base === undefined) entry.seen = held;
    else writer.settle(entry);
  };

  /**
   * Takes in what is in the cache without an answer that was seen: a state that the store began with, hydration, or from
   * before the layer was mounted. Nobody knows when it was read.
   */
  const adopt = (key: string) => {
    const held = queries()[key];
    const rule = isRaw(held) ? rules.get(String(held['endpointName'])) : undefined;
    if (!isRaw(held) || rule === undefined) return;
    const { data, requestId, status, originalArgs: arg } = held;
    const known = entries.get(key);
    if (data !== undefined && data !== known?.seen && !ended.has(data)) {
      const entry = known ?? entries.ensure(key, rule, arg);
      const found = { entry, arg, payload: data, direction: null, before: null, mergeMeta: null };
      hand.writtenOver(key);
      const next = arrivals.take({ ...found, told: ordinals.longAgo(), isCopied: true });
      entry.seen = data;
      if (entry.base !== undefined) {
        // what is there is what it is to be changed from
        Object.assign(entry, { shown: data, written: data });
        writer.write(entry, next);
      }
    }
    const id = String(requestId);
    if (status !== 'pending' || ended.isLate(id)) return;
    entries.ensure(key, rule, arg).request ??= { requestId: id, asking: null, before: null };
  };
  const adoptAll = () => {
    isAdopted = true;
    for (const key of Object.keys(queries())) {
      safely(() => {
        adopt(key);
      });
    }
    flush();
  };

  const asked = ({ endpoint, key, arg, requestId, isUpsert }: HostRequest) => {
    const rule = rules.get(endpoint);
    if (rule === undefined) return;
    ended.asked(requestId);
    // what is put in place of an answer does not call off a request for one
    if (isUpsert) return;
    adopt(key);
    const entry = entries.ensure(key, rule, arg);
    entry.request?.asking?.fail();
    const asking = ordinals.ask(platform.clock.now());
    entry.request = { requestId, asking, before: store.getState() };
  };

  /** Takes in an answer that is on its way into the cache; gives back what is to go there instead. */
  const bring = (entry: Entry, { arg, payload, meta, direction, request }: Brought): unknown => {
    const isAdding = merges.has(entry.rule.endpoint) && cached(entry.key) !== undefined;
    // what the host puts in itself it says now
    const asking = request === null ? ordinals.ask(platform.clock.now()) : request.asking;
    const shown = arrivals.take({
      ...{ entry, arg, payload, direction, isCopied: request === null },
      told: asking?.answer() ?? ordinals.longAgo(),
      before: request?.before ?? null,
      mergeMeta: { ...(meta as object), arg },
    });
    if (entry.base !== undefined) hand.writtenOver(entry.key);
    // what the reducer adds to is seen to afterwards
    return isAdding ? payload : shown;
  };

  const answered = (next: Next, action: UnknownAction, event: HostEventOf<'answered'>): unknown => {
    const { key, requestId, isUpsert, endpoint, arg, direction } = event.request;
    const rule = rules.get(endpoint);
    if (rule === undefined) return next(action);
    if (ended.settle(requestId)) {
      const result = next(action);
      ended.add(cached(key));
      return result;
    }
    // without a place in the cache an answer has nowhere to go
    const entry = isUpsert ? entries.ensure(key, rule, arg) : entries.get(key);
    const request = !isUpsert && entry?.request?.requestId === requestId ? entry.request : null;
    if (entry === undefined || (request === null && !isUpsert)) {
      const result = next(action);
      safely(() => {
        adopt(key);
      });
      return result;
    }
    if (request !== null) entry.request = null;
    const brought = { arg, payload: event.payload, meta: action['meta'], request };
    const shown = bring(entry, { ...brought, direction: isUpsert ? null : direction });
    const result = next({ ...action, payload: shown });
    settle(entry);
    return result;
  };

  const filled = (next: Next, action: UnknownAction, event: HostEventOf<'filled'>): unknown => {
    const touched = new Set<Entry>();
    const payload = (action['payload'] as readonly object[]).map((held, i) => {
      const one = event.entries[i];
      const rule = one === undefined ? undefined : rules.get(one.endpoint);
      if (one === undefined || rule === undefined) return held;
      const { key, arg, value } = one;
      adopt(key);
      const entry = entries.ensure(key, rule, arg);
      touched.add(entry);
      const brought = { arg, payload: value, meta: action['meta'], direction: null, request: null };
      return { ...held, value: bring(entry, brought) };
    });
    const result = next({ ...action, payload });
    for (const entry of touched) settle(entry);
    return result;
  };

  const patched = (next: Next, action: UnknownAction, event: HostEventOf<'patched'>): unknown => {
    const { key, patches } = event;
    if (writer.isOurs(patches)) return next(action);
    const entry = entries.get(key);
    const undone = hand.takeBack(key, patches);
    // what it takes back is not there any more: nothing is
    if (undone === 'gone') {
      return next({ ...action, payload: { ...(action['payload'] as object), patches: [] } });
    }
    const before = cached(key);
    const result = next(action);
    const after = cached(key);
    if (entry === undefined) {
      if (ended.has(before)) ended.add(after);
      return result;
    }
    entry.seen = after;
    if (undone === null) {
      if (after !== before) hand.add(key, before, after);
    } else if (!hand.isStanding(key) && entry.base !== undefined) writer.settle(entry);
    return result;
  };

  const host = (next: Next, action: UnknownAction, event: HostEvent): unknown => {
    if (event.is === 'answered') return answered(next, action, event);
    if (event.is === 'filled') return filled(next, action, event);
    if (event.is === 'patched') return patched(next, action, event);
    if (event.is === 'asked') {
      safely(() => {
        asked(event.request);
      });
    }
    const result = next(action);
    if (event.is === 'refused') {
      ended.settle(event.request.requestId);
      const entry = entries.get(event.request.key);
      if (entry?.request?.requestId === event.request.requestId) {
        entry.request.asking?.fail();
        entry.request = null;
      }
    } else if (event.is === 'removed') {
      const entry = entries.get(event.key);
      if (entry !== undefined) release(entry);
    } else if (event.is === 'reset') release(...entries.all());
    return result;
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

  const end = () => {
    ended.end(queries());
    release(...entries.all());
    hand.clear();
    dirty.clear();
  };

  const own = (next: Next, action: HudhudAction): unknown => {
    const before = selectors.selectHudhud(store.getState());
    const isOver = isSuperseded(before, action);
    // what the batch brought is there before its end wakes the subscribers
    if (isType(action, frameCommitted)) flush();
    try {
      return next(action);
    } finally {
      safely(() => {
        if (isType(action, sessionEnded)) end();
        if (isOver || entries.size === 0) return;
        retained.reduce(action, before.messages, () => entries.channelIds());
        bound();
        mark(topicsOf(action));
        mark(pendingTopics(before.outbox, selectors.selectHudhud(store.getState()).outbox));
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
      if (!isMounted(store.getState(), instance)) {
        const result = next(action);
        if (isMounted(store.getState(), instance)) adoptAll();
        return result;
      }
      if (!isAdopted) adoptAll();
      if (isOfInstance(action, instance)) return own(next, action);
      const event = guarded(() => readHost(action), null);
      if (event !== null) {
        const result = host(next, action, event);
        flush();
        return result;
      }
      const before = queries();
      const result = next(action);
      if (queries() !== before) adoptAll();
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
        const found = differenceOf(cached(key), expected);
        return found === null ? [] : [{ reducerPath, endpoint: rule.endpoint, arg, ...found }];
      });
    },
  };
}
