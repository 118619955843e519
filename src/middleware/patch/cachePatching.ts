import type { UnknownAction } from '@reduxjs/toolkit';
import { createNextState, isAction, SHOULD_AUTOBATCH } from '@reduxjs/toolkit';
import type { HudhudAction } from '../../actions/define';
import { isOfInstance, isType } from '../../actions/define';
import type { Asked } from '../../actions/history';
import { sessionEnded, sessionStarted } from '../../actions/session';
import { frameCommitted, sessionInitialised } from '../../actions/stream';
import { Fault } from '../../protocol/fault';
import { isRaw } from '../../protocol/raw';
import { toText } from '../../protocol/rows';
import { toRejected } from '../../protocol/sample';
import { createSelectors } from '../../selectors/createSelectors';
import type { HudhudRootState } from '../../selectors/root';
import { isMounted } from '../../selectors/root';
import type { MessagesState } from '../../state/messages';
import type { HudhudState } from '../../state/rootReducer';
import { isSuperseded } from '../../state/rootReducer';
import { isLiveSince } from '../liveSince';
import type { Asking } from '../ordinals';
import type { Runtime, StoreApi } from '../runtime';
import type { CacheMismatch } from './cacheMismatch';
import { differenceOf } from './cacheMismatch';
import type { CachePatcher } from './createCachePatcher';
import type { Entry } from './entries';
import { Entries } from './entries';
import type { HostEvent, HostRequest } from './hostActions';
import { createHostReader } from './hostActions';
import { withOwnPages } from './infinitePages';
import { patchesBetween } from './patches';
import type { PatchAsked, PatchTopic, PatchView } from './patchRule';
import { createRetainedLogs } from './retainedLogs';
import { pendingTopics, topicsOf } from './topics';

type Next = (action: unknown) => unknown;

/** An answer on its way into the cache. */
interface Arrival {
  readonly entry: Entry;
  /** The whole as it is kept from now on. */
  readonly data: unknown;
  /** The part of it that is news. */
  readonly news: unknown;
  readonly freshPages: readonly number[] | null;
  /** All of it is news. */
  readonly isWhole: boolean;
  readonly asking: Asking;
  /** The host's state when it was asked for; `null`: it was not. */
  readonly before: HudhudRootState | null;
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
 * nobody sees it without what is known better already; afterwards it is patched, once per batch.
 *
 * @internal
 */
export function createCachePatching(
  runtime: Runtime,
  store: StoreApi,
  patcher: CachePatcher,
): CachePatching {
  const { selectors, instance, ordinals, counters, platform, quarantine } = runtime;
  const { reducerPath, rules, merges } = patcher;
  const entries = new Entries();
  const readHost = createHostReader(reducerPath);
  const ownSelectors = createSelectors(instance);
  const retained = createRetainedLogs();
  const dirty = new Set<PatchTopic>();
  let isWriting = false;
  let isAdopted = false;
  let lastView: PatchView | null = null;
  let lastMessages: MessagesState | null = null;

  const layer = (): HudhudState => selectors.selectHudhud(store.getState());
  const view = (): PatchView => {
    const root = store.getState();
    const own = layer().messages;
    const messages = retained.over(own);
    if (lastView?.layer.root !== root || lastMessages !== messages) {
      const reader = { root, selectors };
      const patched = { ...root, [instance]: { ...layer(), messages } };
      lastMessages = messages;
      lastView = {
        layer: reader,
        messages: messages === own ? reader : { root: patched, selectors: ownSelectors },
      };
    }
    return lastView;
  };
  const queries = (): Readonly<Record<string, unknown>> => {
    const slice = store.getState()[reducerPath];
    return isRaw(slice) && isRaw(slice['queries']) ? slice['queries'] : {};
  };
  const cached = (key: string): unknown => {
    const held = queries()[key];
    return isRaw(held) ? held['data'] : undefined;
  };
  /** Tells of a request whether the stream told of everything since it was sent. */
  const liveness = (before: HudhudRootState | null) => (channelId: string | null) => {
    if (before === null) return false;
    const now = store.getState();
    if (channelId !== null) return isLiveSince(selectors, before, now, channelId);
    const stream = selectors.selectStream(now);
    return stream?.phase === 'open' && stream.epoch === selectors.selectStream(before)?.epoch;
  };
  /** A rule is the host's own code: what it throws harms nobody else, and the answer stays as it is. */
  const guarded = <T>(run: () => T, otherwise: T): T => {
    try {
      return run();
    } catch (error) {
      counters.inc('handlerErrors', 'cachePatcher');
      platform.logger.debug('a rule of the cache patcher failed', { error });
      return otherwise;
    }
  };

  const sourceOf = ({ base, arg, absentBefore }: Entry) => ({ data: base, arg, absentBefore });
  const project = (entry: Entry): unknown => {
    const { rule, base, shown } = entry;
    return guarded(() => rule.project(sourceOf(entry), view(), shown), shown ?? base);
  };

  const write = (entry: Entry, next: unknown) => {
    const held = cached(entry.key);
    if (held === undefined) return;
    const isOurs = held === entry.written;
    if (isOurs && next === entry.shown) return;
    entry.hasOverwritten = !isOurs;
    const patches = isOurs
      ? patchesBetween(entry.shown, next)
      : [{ op: 'replace' as const, path: [], value: next }];
    entry.shown = next;
    if (patches.length > 0) {
      isWriting = true;
      try {
        // the api's own thunk: the store of a host that has the api takes it
        store.dispatch(patcher.patch(entry.rule.endpoint, entry.arg, patches) as UnknownAction);
      } finally {
        isWriting = false;
      }
    }
    entry.written = cached(entry.key);
  };

  const flush = () => {
    if (dirty.size === 0) return;
    const touched = entries.touchedBy(dirty);
    dirty.clear();
    for (const entry of touched) {
      if (entry.base !== undefined) write(entry, project(entry));
    }
  };

  const mark = (topics: readonly PatchTopic[]) => {
    for (const topic of topics) {
      if (topic !== channelPrefix) dirty.add(topic);
      // of an event that names no channel nobody knows which one it is about
      else for (const id of entries.channelIds()) dirty.add(`messages:${id}`);
    }
  };

  const tell = ({ entry, news, freshPages, before }: Arrival, told: Asked) => {
    const { rule, arg } = entry;
    const asked: PatchAsked = {
      ...told,
      ...{ instance, isLive: liveness(before), freshPages, view: view() },
      reject(reason, row) {
        counters.inc('rejections', reason);
        quarantine.add([toRejected(new Fault(reason), null, toText(row))]);
      },
    };
    const source = { data: news, arg, absentBefore: told.absentBefore };
    for (const fact of rule.facts(source, asked)) {
      // the answer itself wakes the subscribers
      store.dispatch({ ...fact, meta: { ...fact.meta, [SHOULD_AUTOBATCH]: true } });
    }
  };

  /** Takes an answer in, and gives back what it looks like with what is known. */
  const arrive = (arrival: Arrival): unknown => {
    const { entry, data, asking } = arrival;
    const told = asking.answer();
    // one that a rule cannot read is left as it came
    entry.base = undefined;
    return guarded(() => {
      const { rule, arg, shown } = entry;
      // an answer that is a part only says nothing of what the rest of it lacks
      if (arrival.isWhole) entry.absentBefore = told.absentBefore;
      const source = { data, arg, absentBefore: entry.absentBefore };
      entries.setTopics(entry, rule.topics(source));
      tell(arrival, told);
      entry.shown = rule.project(source, view(), shown);
      entry.base = data;
      return entry.shown;
    }, data);
  };

  const release = (entry: Entry) => {
    entries.remove(entry);
    retained.keepOnly(entries.channelIds());
  };

  const asked = ({ endpoint, key, arg, requestId, isUpsert }: HostRequest) => {
    const rule = rules.get(endpoint);
    // what is put in place of an answer does not call off a request for one
    if (rule === undefined || isUpsert) return;
    const entry = entries.ensure(key, rule, arg);
    entry.request?.asking.fail();
    const asking = ordinals.ask(platform.clock.now());
    entry.arg = arg;
    entry.request = { requestId, asking, before: store.getState() };
  };

  /** The answer that an action brings, if it is one that the cache takes. */
  const arrivalOf = (request: HostRequest, payload: unknown): Arrival | null => {
    const { endpoint, key, arg, requestId, isUpsert, direction } = request;
    const rule = rules.get(endpoint);
    if (rule === undefined) return null;
    const entry = entries.ensure(key, rule, arg);
    const current = entry.request?.requestId === requestId ? entry.request : null;
    if (current === null && !isUpsert) return null;
    if (current !== null) entry.request = null;
    const before = current?.before ?? null;
    const asking = current?.asking ?? ordinals.ask(platform.clock.now());
    const { data, fresh } = withOwnPages(entry.base, payload, isUpsert ? null : direction);
    return { entry, data, news: data, freshPages: fresh, isWhole: fresh === null, asking, before };
  };

  const answered = (next: Next, action: UnknownAction, request: HostRequest, payload: unknown) => {
    const arrival = arrivalOf(request, payload);
    if (arrival === null) return next(action);
    const { entry } = arrival;
    const merge = merges.get(request.endpoint);
    if (merge === undefined || entry.base === undefined) {
      const shown = arrive(arrival);
      const result = next({ ...action, payload: shown });
      entry.written = cached(entry.key);
      return result;
    }
    // the endpoint adds to what is cached, which is more than it ever answered: it adds to its own answers here
    const meta = { ...(action['meta'] as object), arg: request.arg };
    const data = guarded(
      () => createNextState(entry.base, (draft) => merge(draft, payload, meta)),
      entry.base,
    );
    const result = next(action);
    entry.written = undefined;
    const shown = arrive({ ...arrival, data, news: payload, isWhole: false });
    write(entry, shown);
    entry.hasOverwritten = false;
    return result;
  };

  const filled = (
    event: Extract<HostEvent, { is: 'filled' }>,
    next: Next,
    action: UnknownAction,
  ) => {
    const touched: Entry[] = [];
    const payload = (action['payload'] as readonly object[]).map((held, i) => {
      const one = event.entries[i];
      const rule = one === undefined ? undefined : rules.get(one.endpoint);
      if (one === undefined || rule === undefined) return held;
      const entry = entries.ensure(one.key, rule, one.arg);
      touched.push(entry);
      const asking = ordinals.ask(platform.clock.now());
      const news = { data: one.value, news: one.value, freshPages: null, isWhole: true };
      const arrival = { entry, ...news, asking };
      return { ...held, value: arrive({ ...arrival, before: null }) };
    });
    const result = next({ ...action, payload });
    for (const entry of touched) entry.written = cached(entry.key);
    return result;
  };

  const host = (next: Next, action: UnknownAction, event: HostEvent): unknown => {
    if (event.is === 'answered') return answered(next, action, event.request, event.payload);
    if (event.is === 'filled') return filled(event, next, action);
    if (event.is === 'asked') asked(event.request);
    const result = next(action);
    if (event.is === 'refused') {
      const entry = entries.get(event.request.key);
      if (entry?.request?.requestId === event.request.requestId) {
        entry.request.asking.fail();
        entry.request = null;
      }
    } else if (event.is === 'removed') {
      const entry = entries.get(event.key);
      if (entry !== undefined) release(entry);
    } else if (event.is === 'reset') {
      for (const entry of entries.all()) release(entry);
    } else if (event.is === 'patched' && !isWriting) {
      const entry = entries.get(event.key);
      // it may undo a patch that is not there any more
      if (entry?.hasOverwritten === true) {
        write(entry, project(entry));
        entry.hasOverwritten = false;
      }
    }
    return result;
  };

  /**
   * Answers that came into the cache without a request that was seen: with a state that the store began with, by
   * hydration, or before the layer was mounted; and what was asked for before that.
   */
  const adopt = () => {
    isAdopted = true;
    for (const [key, held] of Object.entries(queries())) {
      if (!isRaw(held)) continue;
      const { data, requestId, status } = held;
      const isUnderWay = status === 'pending';
      if (data === undefined && !isUnderWay) continue;
      const rule = rules.get(String(held['endpointName']));
      if (rule === undefined || entries.get(key) !== undefined) continue;
      const entry = entries.ensure(key, rule, held['originalArgs']);
      if (isUnderWay) {
        const asking = ordinals.ask(platform.clock.now());
        entry.request = { requestId: String(requestId), asking, before: null };
      }
      if (data === undefined) continue;
      const asking = ordinals.ask(platform.clock.now());
      const news = { data, news: data, freshPages: null, isWhole: true };
      const arrival = { entry, ...news, asking, before: null };
      entry.written = data;
      entry.shown = data;
      const shown = arrive(arrival);
      entry.shown = data;
      write(entry, shown);
    }
  };

  const own = (next: Next, action: HudhudAction): unknown => {
    const before = layer();
    const isOver = isSuperseded(before, action);
    // what the batch brought is there before its end wakes the subscribers
    if (isType(action, frameCommitted)) flush();
    try {
      return next(action);
    } finally {
      if (!isOver && entries.size > 0) {
        retained.reduce(action, before.messages, () => entries.channelIds());
        mark(topicsOf(action));
        mark(pendingTopics(before.outbox, layer().outbox));
        if (isType(action, sessionStarted) || isType(action, sessionInitialised)) {
          for (const entry of entries.all()) mark(entry.topics);
        }
        if (isType(action, sessionEnded)) for (const entry of entries.all()) release(entry);
        if (action.meta[SHOULD_AUTOBATCH] !== true) flush();
      }
    }
  };

  return {
    around: (next) => (action) => {
      if (!isAction(action)) return next(action);
      if (!isMounted(store.getState(), instance)) {
        const result = next(action);
        if (isMounted(store.getState(), instance)) adopt();
        return result;
      }
      if (!isAdopted) adopt();
      if (isOfInstance(action, instance)) return own(next, action);
      const event = readHost(action);
      if (event !== null) {
        const result = host(next, action, event);
        flush();
        return result;
      }
      const before = queries();
      const result = next(action);
      if (queries() !== before) adopt();
      return result;
    },
    check() {
      const reader = { root: store.getState(), selectors };
      const known: PatchView = { layer: reader, messages: reader };
      return entries.all().flatMap((entry) => {
        const { rule, arg, base, key } = entry;
        const source = sourceOf(entry);
        if (base === undefined || rule.isLoaded?.(source, known) === false) return [];
        const expected = guarded(() => rule.project(source, known, undefined), base);
        const found = differenceOf(cached(key), expected);
        return found === null ? [] : [{ reducerPath, endpoint: rule.endpoint, arg, ...found }];
      });
    },
  };
}
