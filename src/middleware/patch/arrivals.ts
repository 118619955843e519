import { createNextState, SHOULD_AUTOBATCH } from '@reduxjs/toolkit';
import type { HudhudAction } from '../../actions/define';
import { isType } from '../../actions/define';
import type { Asked } from '../../actions/history';
import { pageReceived } from '../../actions/history';
import { Fault } from '../../protocol/fault';
import { latestOf } from '../../protocol/extremes';
import { toText } from '../../protocol/rows';
import { toRejected } from '../../protocol/sample';
import type { HudhudRootState } from '../../selectors/root';
import { equalJson } from '../../state/equalJson';
import { isLiveSince } from '../liveSince';
import type { Runtime, StoreApi } from '../runtime';
import type { CachePatcher } from './createCachePatcher';
import type { Entries, Entry } from './entries';
import { withOwnPages } from './infinitePages';
import type { Unmarked } from './ownMarks';
import { pendingIdsOf, unmarked } from './ownMarks';
import type { PatchAsked, PatchSource } from './patchRule';
import type { PatchViews } from './patchViews';

/** What comes into the cache. */
interface Incoming {
  readonly entry: Entry;
  /** What it was asked for with. */
  readonly arg: unknown;
  readonly payload: unknown;
  /** Of an infinite query that asked for one page more. */
  readonly direction: 'forward' | 'backward' | null;
  readonly told: Asked;
  /** The host's state when it was asked for; `null`: it was not, or nobody saw it. */
  readonly before: HudhudRootState | null;
  /** The host, not its backend, says so: it may hold what we had written. */
  readonly isCopied: boolean;
  /** What RTK Query gives to `merge`; `null`: it replaces what is there. */
  readonly mergeMeta: object | null;
}

/** The same, and what is kept of it. */
interface Arrival extends Incoming {
  /** The whole as it is kept from now on. */
  readonly data: unknown;
  /** The part of it that is news. */
  readonly news: unknown;
  readonly freshPages: readonly number[] | null;
  readonly hasHoles: boolean;
  readonly isMerged: boolean;
}

/** @internal */
export interface Arrivals {
  /** Takes an answer in, and gives back what it looks like with what is known; one that a rule cannot read, as it came. */
  take(incoming: Incoming): unknown;
}

interface ArrivalParts {
  readonly runtime: Runtime;
  readonly store: StoreApi;
  readonly patcher: CachePatcher;
  readonly entries: Entries;
  readonly views: PatchViews;
  readonly failed: (error: unknown) => void;
}

/** @internal */
export function sourceOf({ base, arg, absentBefore, merged }: Entry): PatchSource {
  return { data: base, arg, absentBefore, merged };
}

/** Of messages between which others are missing nothing is claimed but what they are themselves. */
function withHoles(fact: HudhudAction): readonly HudhudAction[] {
  if (!isType(fact, pageReceived)) return [fact];
  const times = fact.payload.messages.flatMap(({ createdAt }) => createdAt ?? []);
  if (times.length === 0) return [];
  const at = latestOf(times);
  return [{ ...fact, payload: { ...fact.payload, range: { from: at, to: at } } }];
}

/** @internal */
export function createArrivals(parts: ArrivalParts): Arrivals {
  const { runtime, store, patcher, entries, views, failed } = parts;
  const { selectors, instance, counters, quarantine } = runtime;

  /** Tells of a request whether the stream told of everything since it was sent. */
  const liveness = (before: HudhudRootState | null) => (channelId: string | null) => {
    if (before === null) return false;
    const now = store.getState();
    if (channelId !== null) return isLiveSince(selectors, before, now, channelId);
    const stream = selectors.selectStream(now);
    return stream?.phase === 'open' && stream.epoch === selectors.selectStream(before)?.epoch;
  };

  /** The host's own code, which throws in the reducer as well: the answer adds nothing then. */
  const merged = (run: () => unknown): unknown => {
    try {
      return run();
    } catch (error) {
      failed(error);
      return undefined;
    }
  };
  const ownOf = ({ rule }: Entry, payload: unknown): Unmarked => {
    if (rule.hasOwnRows !== true) return unmarked(payload);
    return unmarked(payload, pendingIdsOf(selectors.selectHudhud(store.getState()).outbox));
  };
  const arrivalOf = (incoming: Incoming): Arrival => {
    const { entry, payload, direction, isCopied, mergeMeta } = incoming;
    const own = isCopied
      ? ownOf(entry, payload)
      : { data: payload, news: payload, hasHoles: false };
    const merge = patcher.merges.get(entry.rule.endpoint);
    if (merge !== undefined && mergeMeta !== null && entry.base !== undefined) {
      // the endpoint adds to what is cached, which is more than it ever answered: here it adds to its own answers
      const data = merged(() =>
        createNextState(entry.base, (draft) => merge(draft, own.data, mergeMeta)),
      );
      return { ...incoming, ...own, data: data ?? entry.base, freshPages: null, isMerged: true };
    }
    const { data, fresh } = withOwnPages(entry.base, own.data, direction);
    const news = own.news === own.data ? data : own.news;
    return { ...incoming, data, news, freshPages: fresh, hasHoles: own.hasHoles, isMerged: false };
  };

  /** Earlier answers that are still part of the whole: one about something else has begun it anew. */
  const mergedArgs = ({ entry, arg, data, isMerged }: Arrival): readonly unknown[] => {
    if (!isMerged) return [];
    const about = (one: unknown) =>
      entry.rule.topics({ data, arg: one, absentBefore: entry.absentBefore });
    const topics = about(arg);
    const earlier = [...entry.merged, entry.arg].filter(
      (one) => !equalJson(one, arg) && equalJson(about(one), topics),
    );
    return earlier.filter((one, i) => earlier.findIndex((other) => equalJson(one, other)) === i);
  };

  const tell = ({ entry, arg, news, told, before, freshPages, hasHoles }: Arrival) => {
    const absentBefore = hasHoles ? 0 : told.absentBefore;
    const asked: PatchAsked = {
      ...{ ...told, absentBefore, instance },
      ...{ isLive: liveness(before), freshPages, view: views.now() },
      reject(reason, row) {
        counters.inc('rejections', reason);
        quarantine.add([toRejected(new Fault(reason), null, toText(row))]);
      },
    };
    const facts = entry.rule.facts({ data: news, arg, absentBefore }, asked);
    for (const fact of hasHoles ? facts.flatMap(withHoles) : facts) {
      // the answer itself wakes the subscribers
      store.dispatch({ ...fact, meta: { ...fact.meta, [SHOULD_AUTOBATCH]: true } });
    }
  };

  return {
    take(incoming) {
      const { entry, arg, told, payload } = incoming;
      const { rule, shown } = entry;
      try {
        const arrival = arrivalOf(incoming);
        const { data, freshPages, isMerged } = arrival;
        const merged = mergedArgs(arrival);
        // an answer that is a part only says nothing of what the rest of it lacks
        const isWhole = freshPages === null && !isMerged;
        const absentBefore = isWhole ? told.absentBefore : entry.absentBefore;
        const source = { data, arg, absentBefore, merged };
        const topics = rule.topics(source);
        tell(arrival);
        const next = rule.project(source, views.now(), shown);
        entries.setTopics(entry, topics);
        Object.assign(entry, { arg, merged, absentBefore, base: data, shown: next });
        entry.written = undefined;
        return next;
      } catch (error) {
        failed(error);
        entries.setTopics(entry, []);
        entry.base = undefined;
        return payload;
      }
    },
  };
}
