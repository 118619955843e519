import type { UnknownAction } from '@reduxjs/toolkit';
import { connectionChanged } from '../actions/connection';
import { isType } from '../actions/define';
import type { HistoryEvicted } from '../actions/eviction';
import { historyEvicted } from '../actions/eviction';
import type { PageReceived } from '../actions/history';
import { messageFetched, pageReceived, snapshotApplied } from '../actions/history';
import type { OperationAcknowledged } from '../actions/outbox';
import { operationAcknowledged, operationEchoMissed } from '../actions/outbox';
import { sessionEnded } from '../actions/session';
import type { Restored } from '../actions/storage';
import { restored } from '../actions/storage';
import type { ChannelEventsReceived, ConversationReceived } from '../actions/stream';
import { channelEventsReceived, continuityTold, conversationReceived } from '../actions/stream';
import { channelOf } from '../protocol/batch';
import type { MessageEvent } from '../protocol/serverEvents';
import { authorsOf } from './authors';
import { evictBefore, goneIn } from './evict';
import { LogEditor } from './logEditor';
import { MessagesBatch } from './messagesBatch';
import type { MessagesState } from './messagesState';
import { createMessages, findLog, forgottenChannel, putLogs, trustedFrom } from './messagesState';

const maxForgotten = 256;

/** A frame to everyone lists who reacted; whether the viewer did follows from that (L4). */
function withMine(event: MessageEvent, viewerId: string | null): MessageEvent {
  const { reactions } = event.message;
  if (reactions === undefined || reactions.length === 0 || viewerId === null) return event;
  const told = reactions.map((reaction) => {
    const { mine, count, users } = reaction;
    if (mine !== undefined) return reaction;
    if (users.some(({ userId }) => userId === viewerId)) return { ...reaction, mine: true };
    return count > users.length ? reaction : { ...reaction, mine: false };
  });
  return { ...event, message: { ...event.message, reactions: told } };
}

function receiveConversation(state: MessagesState, payload: ConversationReceived): MessagesState {
  const batch = new MessagesBatch(state);
  const { viewerId } = payload;
  let ordinal = payload.ordinal;
  for (const event of payload.events) {
    const o = ordinal++;
    if (event.type === 'typing') continue;
    if (event.type === 'reaction') {
      batch.change(event, o, event.userId === viewerId);
    } else {
      const told = withMine(event, viewerId);
      if (event.op === 'create') batch.create(told, o, payload.receivedAt);
      else batch.change(told, o, false);
    }
  }
  return batch.done();
}

function restore(state: MessagesState, { histories }: Restored): MessagesState {
  const batch = new MessagesBatch(state);
  for (const history of histories) batch.restore(history);
  return batch.done();
}

function receivePage(state: MessagesState, page: PageReceived): MessagesState {
  const batch = new MessagesBatch(state);
  batch.page(page);
  return batch.done();
}

/** What a reply to a wish says is a fact like any other; whether somebody waits for it changes nothing here (L7). */
function receiveReply(state: MessagesState, reply: OperationAcknowledged): MessagesState {
  const { message, deleted } = reply;
  if (message === null && deleted === null) return state;
  const batch = new MessagesBatch(state);
  if (message !== null) batch.row({ ...reply, message });
  if (deleted !== null) {
    const { channelId, messageId } = deleted;
    const fact = { id: messageId, channelId };
    batch.change({ type: 'message', op: 'delete', message: fact }, reply.ordinal, false);
  }
  return batch.done();
}

/** Changes the logs of a channel, or all of them. */
function editLogs(
  state: MessagesState,
  channelId: string | null,
  edit: (editor: LogEditor) => void,
): MessagesState {
  const logs = state.channels.filter((log) => channelId === null || log.channelId === channelId);
  return putLogs(
    state,
    logs.map((log) => {
      const editor = new LogEditor(log, authorsOf(state.lineage));
      edit(editor);
      return editor.done();
    }),
  );
}

/** A channel that is gone takes its messages with it. */
function forgetChannels(state: MessagesState, payload: ChannelEventsReceived): MessagesState {
  const gone = new Map<string, number>();
  payload.events.forEach((event, i) => {
    const { op, channelId } = event;
    const ordinal = payload.ordinal + i;
    if (op !== 'deleted') return;
    // also one of which nothing is held: its first page may be on its way
    const isNews =
      findLog(state, channelId) !== undefined || trustedFrom(state, channelId) < ordinal;
    if (isNews) gone.set(channelId, ordinal);
  });
  return gone.size === 0 ? state : forget(state, gone);
}

/** Lets whole channels go, each at an ordinal: what was asked for before does not bring them back (L1, L2). */
function forget(state: MessagesState, gone: ReadonlyMap<string, number>): MessagesState {
  const all = [
    ...state.forgotten.filter(({ channelId }) => !gone.has(channelId)),
    ...[...gone].map(([channelId, ordinal]) => {
      const earlier = forgottenChannel(state, channelId)?.gone ?? [];
      const log = findLog(state, channelId);
      return { channelId, ordinal, gone: log === undefined ? earlier : goneIn(log, earlier) };
    }),
  ];
  const dropped = all.slice(0, -maxForgotten).map((channel) => channel.ordinal);
  const channels = state.channels.filter((log) => !gone.has(log.channelId));
  return {
    ...state,
    // where slots have moved: a new lineage
    ...(channels.length === state.channels.length ? {} : { lineage: {}, channels }),
    forgotten: all.slice(-maxForgotten),
    trustedFrom: Math.max(state.trustedFrom, ...dropped),
  };
}

/** Lets go of what middleware found to be too much (L6: what is let go counts as not loaded). */
function evict(state: MessagesState, { ordinal, channels }: HistoryEvicted): MessagesState {
  const trimmed = channels.flatMap(({ channelId, before, keptThreads }) => {
    const log = before === null ? undefined : findLog(state, channelId);
    return log === undefined || before === null
      ? []
      : [evictBefore(log, before, keptThreads, ordinal)];
  });
  const next = putLogs(state, trimmed);
  const whole = new Set(channels.flatMap((one) => (one.before === null ? [one.channelId] : [])));
  const gone = next.channels.filter((log) => whole.has(log.channelId));
  return gone.length === 0
    ? next
    : forget(next, new Map(gone.map(({ channelId }) => [channelId, ordinal])));
}

function forgetAll(state: MessagesState): MessagesState {
  const isEmpty = [state.channels, state.homeless, state.forgotten].every((list) => !list.length);
  return isEmpty && state.trustedFrom === 0 ? state : createMessages();
}

/** @internal */
export function messagesReducer(
  state: MessagesState | undefined,
  action: UnknownAction,
): MessagesState {
  if (state === undefined) return createMessages();
  if (isType(action, conversationReceived)) return receiveConversation(state, action.payload);
  if (isType(action, pageReceived)) return receivePage(state, action.payload);
  if (isType(action, messageFetched)) {
    const batch = new MessagesBatch(state);
    batch.row(action.payload);
    return batch.done();
  }
  if (isType(action, operationAcknowledged)) return receiveReply(state, action.payload);
  if (isType(action, operationEchoMissed)) {
    const { reaction, ordinal } = action.payload;
    if (reaction === null) return state;
    const batch = new MessagesBatch(state);
    batch.change(reaction, ordinal, true);
    return batch.done();
  }
  if (isType(action, snapshotApplied)) {
    return action.payload.page === null ? state : receivePage(state, action.payload.page);
  }
  if (isType(action, restored)) return restore(state, action.payload);
  if (isType(action, historyEvicted)) return evict(state, action.payload);
  if (isType(action, connectionChanged)) {
    const { phase, stream, epoch } = action.payload;
    if (phase === 'open') return state;
    return editLogs(state, channelOf(stream), (editor) => {
      editor.closeLive({ stream, epoch });
    });
  }
  if (isType(action, continuityTold)) {
    const { stream, wholeSince } = action.payload;
    if (wholeSince === null) return state;
    return editLogs(state, channelOf(stream), (editor) => {
      editor.takeUp(stream, wholeSince);
    });
  }
  if (isType(action, channelEventsReceived)) {
    const { events, viewerId } = action.payload;
    const left = events.filter((event) => event.op === 'memberLeft' && event.userId === viewerId);
    const closed = left.reduce(
      (next, { channelId }) =>
        editLogs(next, channelId, (editor) => {
          editor.closeLive(null);
        }),
      state,
    );
    return forgetChannels(closed, action.payload);
  }
  if (isType(action, sessionEnded)) return forgetAll(state);
  return state;
}
