import type { UnknownAction } from '@reduxjs/toolkit';
import { connectionChanged } from '../actions/connection';
import { isType } from '../actions/define';
import { historyEvicted } from '../actions/eviction';
import type { PageReceived, SnapshotApplied } from '../actions/history';
import { channelsReceived, pageReceived, snapshotApplied } from '../actions/history';
import { operationAcknowledged } from '../actions/outbox';
import type { CountsReceived } from '../actions/reads';
import { countsReceived, readsAnchored } from '../actions/reads';
import { sessionEnded, sessionStarted } from '../actions/session';
import type { ChannelEventsReceived, ConversationReceived } from '../actions/stream';
import {
  channelEventsReceived,
  continuityTold,
  conversationReceived,
  sessionInitialised,
} from '../actions/stream';
import type { ConnectionSnapshot } from '../protocol/connectionSnapshot';
import { latestOf } from '../protocol/extremes';
import type { ChannelFact, EpochMs, MessageFact } from '../protocol/models';
import type { ReadsState, ServerCount, ToldDelete } from './readsState';
import {
  breakReads,
  changeAllReads,
  changeReads,
  forgetBroken,
  noReads,
  readsOf,
  takeUpReads,
  untold,
  withCount,
  withDelete,
  withFresh,
  withMark,
  withTold,
} from './readsState';

/** Takes in what a list of channels counts. `lastAt`: what the same answer knows of a channel's last message. */
function receiveChannels(
  state: ReadsState,
  facts: readonly ChannelFact[],
  asOf: number,
  how: { readonly isTold: boolean; readonly lastAt?: (channelId: string) => EpochMs | null },
): ReadsState {
  let next = state;
  for (const { id, unreadCount, lastMessage } of facts) {
    if (unreadCount === undefined) continue;
    const lastAt = Math.max(lastMessage?.createdAt ?? 0, how.lastAt?.(id) ?? 0) || null;
    const count: ServerCount = {
      ...{ count: unreadCount, lastAt, asOf },
      // nothing was counted: then it does not matter up to where
      ...(lastAt === null && unreadCount > 0 ? { isLoose: true as const } : {}),
      ...(how.isTold ? { isTold: true as const } : {}),
    };
    next = changeReads(next, id, (known) => withCount(known, count));
  }
  return next;
}

function receiveCounts(state: ReadsState, payload: CountsReceived): ReadsState {
  const { counts, asOf, isLive } = payload;
  const how = { isLoose: true as const, ...(isLive ? { isTold: true as const } : {}) };
  return counts.reduce(
    (next, { channelId, count, lastAt }) =>
      changeReads(next, channelId, (known) => withCount(known, { count, lastAt, asOf, ...how })),
    state,
  );
}

const isOwnTimeline = ({ parentId }: MessageFact): boolean => (parentId ?? null) === null;

/**
 * What the rows of a page tell: the newest one of somebody else's that is read, and which are deleted. That a row is
 * not read tells nothing: a server that keeps no mark says so of the whole history.
 */
function receivePage(state: ReadsState, page: PageReceived): ReadsState {
  const { channelId, messages, asOf, range } = page;
  const isFresh = state.isOpen && page.parentId === null;
  let next = isFresh
    ? changeReads(state, channelId, (known) => withFresh(known, asOf, range))
    : state;
  let read: MessageFact | null = null;
  for (const row of messages) {
    const { createdAt, deletedAt, userId } = row;
    if (typeof deletedAt === 'number') next = tellDelete(next, channelId, { id: row.id, o: asOf });
    if (page.parentId !== null || !isOwnTimeline(row)) continue;
    if (row.isRead !== true || createdAt === undefined || typeof userId !== 'string') continue;
    if (state.viewerId === null || userId === state.viewerId) continue;
    if (createdAt > (read?.createdAt ?? 0)) read = row;
  }
  if (read?.createdAt === undefined) return next;
  const mark = { at: read.createdAt, messageId: read.id, ordinal: asOf };
  return changeReads(next, channelId, (known) => withMark(known, mark));
}

function receiveSnapshot(state: ReadsState, payload: SnapshotApplied): ReadsState {
  const { channels, page, asOf } = payload;
  // the stream was open before it was asked for, and is the same one still
  const isTold = state.isOpen && page !== null && page.range.to === null;
  const lastAt = (channelId: string): EpochMs | null => {
    if (channelId !== page?.channelId) return null;
    return Math.max(0, latestOf(page.messages.map(({ createdAt }) => createdAt ?? 0))) || null;
  };
  const counted = receiveChannels(state, channels, asOf, { isTold, lastAt });
  return page === null ? counted : receivePage(counted, page);
}

function tellDelete(
  state: ReadsState,
  channelId: string | undefined,
  told: ToldDelete,
): ReadsState {
  if (channelId !== undefined) {
    return changeReads(state, channelId, (known) => withDelete(known, told));
  }
  return changeAllReads(state, (known) => withDelete(known, { ...told, isStray: true }));
}

function receiveConversation(state: ReadsState, payload: ConversationReceived): ReadsState {
  let next = state;
  let o = payload.ordinal - 1;
  for (const event of payload.events) {
    o += 1;
    if (event.type === 'typing' || event.type === 'reaction') continue;
    const { message, op } = event;
    const { channelId, createdAt, id } = message;
    if (op === 'delete' || typeof message.deletedAt === 'number') {
      next = tellDelete(next, channelId, { id, o });
    } else if (op === 'create' && channelId !== undefined && createdAt !== undefined) {
      if (!isOwnTimeline(message)) continue;
      // most often nothing is known, or nothing changes: then nothing is made for it
      const known = readsOf(next, channelId);
      const told = known === undefined ? known : withTold(known, createdAt, o);
      if (told !== undefined && told !== known) next = changeReads(next, channelId, () => told);
    }
  }
  return next;
}

/** Who joins a channel has read what was said in it before; what is gone is forgotten. */
function receiveChannelEvents(state: ReadsState, payload: ChannelEventsReceived): ReadsState {
  let next = state;
  let asOf = payload.ordinal - 1;
  const viewerId = payload.viewerId ?? state.viewerId;
  for (const event of payload.events) {
    asOf += 1;
    const { channelId, op } = event;
    if (op === 'deleted') {
      const channels = next.channels.filter((known) => known.channelId !== channelId);
      if (channels.length < next.channels.length) next = { ...next, channels };
    } else if (op === 'memberJoined' && viewerId !== null && event.userId === viewerId) {
      const count = { count: 0, lastAt: null, asOf };
      next = changeReads(next, channelId, (known) => withCount(known, count));
    }
  }
  return next;
}

function setViewer(state: ReadsState, viewerId: string): ReadsState {
  return state.viewerId === viewerId ? state : { ...state, viewerId };
}

function setOpen(state: ReadsState, { phase, epoch }: ConnectionSnapshot): ReadsState {
  if (phase !== 'open') return breakReads(state, epoch);
  return state.isOpen ? state : { ...state, isOpen: true };
}

/**
 * What is known of what the viewer has read: counts of the server, marks that it took, deletions that change them. No
 * number is ever counted up or down here; `selectUnread` counts rows (L1: in whatever order and however often facts come).
 *
 * @internal
 */
export function readsReducer(state: ReadsState | undefined, action: UnknownAction): ReadsState {
  if (state === undefined) return noReads;
  if (isType(action, conversationReceived)) return receiveConversation(state, action.payload);
  if (isType(action, pageReceived)) return receivePage(state, action.payload);
  if (isType(action, snapshotApplied)) return receiveSnapshot(state, action.payload);
  if (isType(action, channelsReceived)) {
    const { channels, asOf } = action.payload;
    return receiveChannels(state, channels, asOf, { isTold: false });
  }
  if (isType(action, countsReceived)) return receiveCounts(state, action.payload);
  if (isType(action, operationAcknowledged)) {
    const { deleted, ordinal, read = null } = action.payload;
    if (deleted !== null) {
      return tellDelete(state, deleted.channelId, { id: deleted.messageId, o: ordinal });
    }
    if (read === null) return state;
    const { channelId, messageId, upTo } = read;
    return changeReads(state, channelId, (known) =>
      withMark(known, { at: upTo, messageId, ordinal }),
    );
  }
  if (isType(action, readsAnchored)) {
    const { channelId, messageId } = action.payload;
    return changeReads(state, channelId, (known) =>
      known.anchor === messageId ? known : { ...known, anchor: messageId },
    );
  }
  if (isType(action, channelEventsReceived)) return receiveChannelEvents(state, action.payload);
  if (isType(action, historyEvicted)) {
    const { channels } = action.payload;
    return channels.reduce(
      (next, { channelId, before }) =>
        changeReads(next, channelId, (known) => {
          const isHeld = before !== null && before <= (known.count?.lastAt ?? 0);
          // of what was told since the count some is not held any more
          return isHeld ? known : untold(known);
        }),
      forgetBroken(state, channels),
    );
  }
  if (isType(action, connectionChanged)) {
    return action.payload.stream === 'main' ? setOpen(state, action.payload) : state;
  }
  if (isType(action, continuityTold)) {
    const { stream, wholeSince } = action.payload;
    return stream === 'main' && wholeSince !== null ? takeUpReads(state, wholeSince) : state;
  }
  if (isType(action, sessionStarted)) return setViewer(state, action.payload.user.id);
  if (isType(action, sessionInitialised)) return setViewer(state, action.payload.userId);
  // a session's streams end with it
  if (isType(action, sessionEnded)) return noReads;
  return state;
}
