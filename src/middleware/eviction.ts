import {
  channelClosed,
  channelOpened,
  historyRequested,
  threadClosed,
  threadOpened,
} from '../actions/command';
import type { HistoryWanted } from '../actions/command';
import type { HudhudAction } from '../actions/define';
import { isType } from '../actions/define';
import type { ChannelEvicted } from '../actions/eviction';
import { historyEvicted } from '../actions/eviction';
import { messageFetched, pageReceived, snapshotApplied } from '../actions/history';
import { sessionEnded } from '../actions/session';
import { conversationReceived } from '../actions/stream';
import type { EpochMs } from '../protocol/models';
import type { HudhudSelectors } from '../selectors/createSelectors';
import type { HudhudRootState } from '../selectors/root';
import type { ChannelLog } from '../state/channelLog';
import { keepNewest } from '../state/evict';
import { findLog } from '../state/messagesState';
import { operationsOf } from '../state/outboxState';
import type { Runtime, StoreApi } from './runtime';
import { createViews } from './views';

/**
 * Holds history within bounds. Looks only where an action has just brought something, and at a number that is there
 * already, so that it costs nothing per event; what it finds to be too much goes by one `history/evicted`.
 *
 * @internal
 */
export interface Eviction {
  /** Looks at an action of this instance that was just reduced. */
  note(action: HudhudAction): void;
  /** A page is asked for, by whomever: who goes back in a channel reads there. */
  readonly pageWanted: (wanted: HistoryWanted) => void;
}

type TimeOf = (root: HudhudRootState, channelId: string) => EpochMs | null;

/** What must stay, whatever is held. Each may be missing. @internal */
export interface Protection {
  /** Time of the earliest message of a channel that an operation is about; of those alone that `isMeant`. */
  readonly selectEarliestPendingTarget?: (
    root: HudhudRootState,
    channelId: string,
    isOnItsWay?: boolean,
  ) => EpochMs | null;
  /** Time of the first message that the viewer has not read. */
  readonly selectFirstUnreadAt?: TimeOf;
}

/** Bounds are passed by this much before anything is let go, so that it happens once per many messages. */
const slack = 1.1;

/** How much more an open channel may hold whose reader went back in it. */
const readingFactor = 4;

/** The most that is held of one channel. @internal */
export const mostHeld = (maxMessagesPerChannel: number): number =>
  readingFactor * maxMessagesPerChannel;

/** @internal */
export function createEviction(
  runtime: Runtime,
  store: StoreApi,
  protection: Protection & Partial<HudhudSelectors> = runtime.selectors,
): Eviction {
  const { selectors, instance, ordinals, maxMessagesPerChannel, maxChannelsHeld } = runtime;
  const views = createViews();
  /** Sizes from which on it is worth to look again at a channel of which nothing could be let go. */
  const stuck = new Map<string, number>();
  let stuckChannels = 0;

  const held = () => selectors.selectHudhud(store.getState()).messages;
  /** The moment from which on everything of a channel stays; `null`: nothing is protected. The one place that knows. */
  const protectedFrom = ({ channelId, size }: ChannelLog): EpochMs | null => {
    const root = store.getState();
    // nobody looks for the unread line of a channel that is not open, and it does not hold a whole day's traffic
    const isFull = size > mostHeld(maxMessagesPerChannel) * slack;
    const showsUnread = views.isOpen(channelId) && !isFull;
    const times = [
      protection.selectEarliestPendingTarget?.(root, channelId, isFull) ?? null,
      showsUnread ? (protection.selectFirstUnreadAt?.(root, channelId) ?? null) : null,
    ].filter((at) => at !== null);
    return times.length === 0 ? null : Math.min(...times);
  };
  const hasPending = (channelId: string): boolean =>
    operationsOf(selectors.selectHudhud(store.getState()).outbox, channelId).length > 0;

  /** From which size on a channel is cut, and down to which. */
  const boundOf = (channelId: string) => {
    const cap = mostHeld(maxMessagesPerChannel);
    return views.isReading(channelId)
      ? { from: cap, to: Math.floor(cap / slack) }
      : { from: slack * maxMessagesPerChannel, to: maxMessagesPerChannel };
  };
  const tooOld = (log: ChannelLog): ChannelEvicted[] => {
    const { channelId, size } = log;
    const { from, to } = boundOf(channelId);
    if (size <= from || size < (stuck.get(channelId) ?? 0)) return [];
    const oldest = log.timelines[0]?.segments[0]?.[0]?.createdAt ?? Infinity;
    const before = Math.min(keepNewest(log, to) ?? -Infinity, protectedFrom(log) ?? Infinity);
    // threads without their parents have a time of their own
    if (before === -Infinity || (before <= oldest && oldest !== Infinity)) {
      stuck.set(channelId, size * slack);
      return [];
    }
    stuck.delete(channelId);
    return [{ channelId, before, keptThreads: views.threadsOf(channelId) }];
  };
  const tooMany = (): ChannelEvicted[] => {
    const { channels } = held();
    if (channels.length <= slack * maxChannelsHeld || channels.length === stuckChannels) return [];
    const ids = channels.map(({ channelId }) => channelId);
    const free = views.leastViewed(ids).filter((id) => !views.isOpen(id) && !hasPending(id));
    const whole = free.slice(0, channels.length - maxChannelsHeld);
    stuckChannels = channels.length - whole.length;
    return whole.map((channelId) => ({ channelId, before: null }));
  };
  const look = (channelIds: Iterable<string>) => {
    const messages = held();
    const whole = tooMany();
    const cut: ChannelEvicted[] = [];
    for (const channelId of channelIds) {
      const log = findLog(messages, channelId);
      if (log === undefined || whole.some((one) => one.channelId === channelId)) continue;
      cut.push(...tooOld(log));
    }
    const channels = [...whole, ...cut];
    if (channels.length === 0) return;
    for (const { channelId } of whole) views.forget(channelId);
    store.dispatch(historyEvicted({ ordinal: ordinals.next(), channels }, instance));
  };

  return {
    pageWanted: views.pageWanted,
    note(action) {
      if (isType(action, conversationReceived)) {
        const touched = new Set<string>();
        for (const event of action.payload.events) {
          if (event.type === 'typing' || event.type === 'reaction') continue;
          if (event.message.channelId !== undefined) touched.add(event.message.channelId);
        }
        look(touched);
      } else if (isType(action, pageReceived)) {
        look([action.payload.channelId]);
      } else if (isType(action, messageFetched)) {
        look([action.payload.message.channelId ?? '']);
      } else if (isType(action, snapshotApplied)) {
        const { page } = action.payload;
        if (page !== null) views.touch(page.channelId);
        look(page === null ? [] : [page.channelId]);
      } else if (isType(action, channelOpened)) {
        views.open(action.payload.channelId);
      } else if (isType(action, channelClosed)) {
        const { channelId } = action.payload;
        views.close(channelId);
        stuck.delete(channelId);
        stuckChannels = 0;
        look([channelId]);
      } else if (isType(action, threadOpened)) {
        views.openThread(action.payload);
      } else if (isType(action, threadClosed)) {
        views.closeThread(action.payload);
      } else if (isType(action, historyRequested)) {
        views.pageWanted(action.payload);
      } else if (isType(action, sessionEnded)) {
        views.clear();
        stuck.clear();
        stuckChannels = 0;
      }
    },
  };
}
