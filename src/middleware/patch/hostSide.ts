import type { UnknownAction } from '@reduxjs/toolkit';
import { isRaw } from '../../protocol/raw';
import type { Runtime, StoreApi } from '../runtime';
import type { Arrivals } from './arrivals';
import type { CacheWriter } from './cacheWriter';
import type { CachePatcher } from './createCachePatcher';
import { EndedAnswers } from './endedAnswers';
import type { Entries, Entry } from './entries';
import type { Guard } from './guard';
import type { HandPatches } from './handPatches';
import type { HostEvent, HostRequest } from './hostActions';
import type { HostCache } from './hostCache';

/** @internal */
export type Next = (action: unknown) => unknown;
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

/** Follows what a host's api does with its cache. @internal */
export interface HostSide {
  /** Lets an action of the api pass, changed where it brings an answer or takes back what is not there any more. */
  pass(next: Next, action: UnknownAction, event: HostEvent): unknown;
  /** Takes in everything that is cached and was not seen to come. */
  adoptAll(): void;
  /** The session is over: nothing of what is cached, or under way, is a fact of the next one. */
  end(): void;
}

interface HostSideParts {
  readonly runtime: Runtime;
  readonly store: StoreApi;
  readonly patcher: CachePatcher;
  readonly entries: Entries;
  readonly hand: HandPatches;
  readonly cache: HostCache;
  readonly writer: CacheWriter;
  readonly arrivals: Arrivals;
  readonly guard: Guard;
  readonly release: (...gone: readonly Entry[]) => void;
}

/** @internal */
export function createHostSide(parts: HostSideParts): HostSide {
  const { runtime, store, entries, hand, writer, arrivals, release } = parts;
  const { ordinals, platform } = runtime;
  const { rules, merges } = parts.patcher;
  const { queries, cached } = parts.cache;
  const { safely } = parts.guard;
  const ended = new EndedAnswers();

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

  return {
    pass(next, action, event) {
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
    },
    adoptAll() {
      for (const key of Object.keys(queries())) {
        safely(() => {
          adopt(key);
        });
      }
    },
    end() {
      ended.end(queries());
      release(...entries.all());
      hand.clear();
    },
  };
}
