import type { UnknownAction } from '@reduxjs/toolkit';
import { connectionChanged } from '../actions/connection';
import { isType } from '../actions/define';
import type { HistoryEvicted } from '../actions/eviction';
import { historyEvicted } from '../actions/eviction';
import type { MessageFetched, PageReceived } from '../actions/history';
import { messageFetched, pageReceived, snapshotApplied } from '../actions/history';
import type { OperationAcknowledged } from '../actions/outbox';
import { operationAcknowledged, operationEchoMissed } from '../actions/outbox';
import { sessionEnded } from '../actions/session';
import type { Restored, RestoredHistory } from '../actions/storage';
import { beforeThisVisit, restored } from '../actions/storage';
import type { ChannelEventsReceived, ConversationReceived } from '../actions/stream';
import { channelEventsReceived, continuityTold, conversationReceived } from '../actions/stream';
import { channelOf } from '../protocol/batch';
import type { MessageEvent, ReactionEvent } from '../protocol/serverEvents';
import { applyPage, applyRow } from './applyPage';
import { pagesOf } from './restoredPages';
import type { ChannelLog, Lineage } from './channelLog';
import { createChannelLog, findMessage, trustOf } from './channelLog';
import { evictBefore, goneIn } from './evict';
import { LogEditor } from './logEditor';
import type { ParkedFact, ParkedMessage } from './parked';
import { isDelete, nothingParked, park } from './parked';

/** A channel that was let go as a whole, to stay within bounds. */
interface ForgottenChannel {
  readonly channelId: string;
  /** Pages asked for before this ordinal are not taken. */
  readonly ordinal: number;
  /** Ids of the last of its messages that were deleted. */
  readonly gone: readonly string[];
}

/**
 * Confirmed messages of every channel. Hot: written by hand and checked against a naive reducer by property tests.
 *
 * @public
 */
export interface MessagesState {
  /** See `ChannelLog`. @internal */
  readonly lineage: Lineage;
  /** One log per channel, in the order in which they became known. */
  readonly channels: readonly ChannelLog[];
  /** Changes to unknown messages that came without a channel. @internal */
  readonly homeless: readonly ParkedMessage[];
  /** As a log's `trustedFrom`, for every channel: of what was homeless nobody knows where it belonged. @internal */
  readonly trustedFrom: number;
  /** The newest last; bounded. @internal */
  readonly forgotten: readonly ForgottenChannel[];
}

const noLogs: readonly ChannelLog[] = [];
const noneForgotten: readonly ForgottenChannel[] = [];
const maxForgotten = 256;

/** Made anew for every store: a lineage must not be shared. */
function createState(): MessagesState {
  return {
    ...{ lineage: {}, channels: noLogs, homeless: nothingParked },
    ...{ trustedFrom: 0, forgotten: noneForgotten },
  };
}

/** Channel ids to slots, beside the state: see `channelLog` on why results do not depend on it. */
const slotIndexes = new WeakMap<Lineage, Map<string, number>>();

function slotsOf({ lineage, channels }: MessagesState): Map<string, number> {
  let slots = slotIndexes.get(lineage);
  if (slots === undefined) {
    slots = new Map(channels.map((log, slot) => [log.channelId, slot]));
    slotIndexes.set(lineage, slots);
  }
  return slots;
}

/** Where a channel's log is; -1 if it is not held. */
function slotOf(state: MessagesState, channelId: string): number {
  const slot = slotsOf(state).get(channelId);
  if (slot === undefined) return -1;
  return state.channels[slot]?.channelId === channelId
    ? slot
    : state.channels.findIndex((log) => log.channelId === channelId);
}

/**
 * Finds a channel's log; costs the same however many channels are held.
 *
 * @internal
 */
export function findLog(state: MessagesState, channelId: string): ChannelLog | undefined {
  return state.channels[slotOf(state, channelId)];
}

/**
 * Tells whether a message is known to be deleted, even if nothing else is known of it.
 *
 * @internal
 */
export function isKnownDeleted(
  state: MessagesState,
  channelId: string,
  messageId: string,
): boolean {
  const isWaiting = ({ id, facts }: ParkedMessage): boolean =>
    id === messageId && facts.some(isDelete);
  const log = findLog(state, channelId);
  const held = log === undefined ? undefined : findMessage(log, messageId);
  if (held !== undefined) return held.isDeleted;
  if (log?.parked.some(isWaiting) === true || state.homeless.some(isWaiting)) return true;
  const gone = log?.cut?.gone.includes(messageId) === true;
  return gone || forgotten(state, channelId)?.gone.includes(messageId) === true;
}

function forgotten(state: MessagesState, channelId: string): ForgottenChannel | undefined {
  return state.forgotten.find((channel) => channel.channelId === channelId);
}

function newLog(state: MessagesState, channelId: string): ChannelLog {
  const earlier = forgotten(state, channelId);
  if (earlier === undefined) return createChannelLog(channelId, 0);
  const { ordinal, gone } = earlier;
  return createChannelLog(channelId, ordinal, { before: 0, ordinal, gone });
}

/**
 * Ordinal before which a page of a channel would not be taken.
 *
 * @internal
 */
export function trustedFrom(state: MessagesState, channelId: string): number {
  const log = findLog(state, channelId);
  const own = log === undefined ? (forgotten(state, channelId)?.ordinal ?? 0) : trustOf(log);
  return Math.max(state.trustedFrom, own);
}

function putLogs(state: MessagesState, logs: readonly ChannelLog[]): MessagesState {
  const changed = logs.filter((log) => findLog(state, log.channelId) !== log);
  if (changed.length === 0) return state;
  const channels = [...state.channels];
  for (const log of changed) {
    const slot = slotOf(state, log.channelId);
    if (slot >= 0) {
      channels[slot] = log;
    } else {
      slotsOf(state).set(log.channelId, channels.length);
      channels.push(log);
    }
  }
  return { ...state, channels };
}

/** What one action tells, with one editor per channel touched. */
class Batch {
  private readonly state: MessagesState;
  private readonly editors = new Map<string, LogEditor>();
  private homeless: readonly ParkedMessage[];
  private trustedFrom: number;

  constructor(state: MessagesState) {
    this.state = state;
    this.homeless = state.homeless;
    this.trustedFrom = state.trustedFrom;
  }

  editor(channelId: string): LogEditor {
    let editor = this.editors.get(channelId);
    if (editor === undefined) {
      editor = new LogEditor(findLog(this.state, channelId) ?? newLog(this.state, channelId));
      this.editors.set(channelId, editor);
    }
    return editor;
  }

  create(event: MessageEvent, o: number, at: number): void {
    const { channelId, id } = event.message;
    if (channelId === undefined) return;
    const editor = this.editor(channelId);
    editor.create(event.message, o, at);
    this.bringHome(editor, [id]);
  }

  page(page: PageReceived): void {
    if (page.asOf < this.trustedFrom) return;
    const editor = this.editor(page.channelId);
    applyPage(editor, page);
    this.bringHome(
      editor,
      page.messages.map(({ id }) => id),
    );
  }

  /** Only where nothing is known yet: what this visit has learned is newer than all of it (L2). */
  restore(history: RestoredHistory): void {
    const { channelId } = history;
    const own = findLog(this.state, channelId)?.timelines[0];
    const isKnown = own !== undefined && own.windows.length > 0;
    if (isKnown || trustedFrom(this.state, channelId) > beforeThisVisit) return;
    for (const page of pagesOf(history)) this.page(page);
  }

  row(fetched: MessageFetched): void {
    const { channelId, id } = fetched.message;
    if (channelId === undefined || fetched.asOf < this.trustedFrom) return;
    const editor = this.editor(channelId);
    applyRow(editor, fetched);
    this.bringHome(editor, [id]);
  }

  change(event: MessageEvent | ReactionEvent, o: number, own: boolean): void {
    const channelId =
      (event.type === 'reaction' ? event.channelId : event.message.channelId) ??
      this.channelOf(event.type === 'reaction' ? event.messageId : event.message.id);
    if (channelId !== undefined) this.editor(channelId).change(event, o, own);
    else this.waitForChannel({ event, o, own });
  }

  done(): MessagesState {
    const logs: ChannelLog[] = [];
    for (const editor of this.editors.values()) {
      const log = editor.done();
      if (log !== editor.base) logs.push(log);
    }
    const next = putLogs(this.state, logs);
    const { homeless, trustedFrom } = this;
    return homeless === next.homeless && trustedFrom === next.trustedFrom
      ? next
      : { ...next, homeless, trustedFrom };
  }

  private channelOf(messageId: string): string | undefined {
    for (const [channelId, editor] of this.editors) {
      if (editor.find(messageId) !== undefined) return channelId;
    }
    return this.state.channels.find((log) => findMessage(log, messageId) !== undefined)?.channelId;
  }

  private bringHome(editor: LogEditor, messageIds: readonly string[]): void {
    if (this.homeless.length === 0) return;
    const known = messageIds.filter((id) => editor.find(id) !== undefined);
    const waiting = this.homeless.filter(({ id }) => known.includes(id));
    if (waiting.length === 0) return;
    this.homeless = this.homeless.filter((message) => !waiting.includes(message));
    for (const { event, o, own } of waiting.flatMap(({ facts }) => facts)) {
      editor.change(event, o, own);
    }
  }

  private waitForChannel(fact: ParkedFact): void {
    const id = fact.event.type === 'reaction' ? fact.event.messageId : fact.event.message.id;
    const { parked, dropped } = park(this.homeless, id, fact);
    this.homeless = parked;
    this.trustedFrom = Math.max(this.trustedFrom, ...dropped.map((known) => known.o + 1));
    if (!dropped.some(isDelete)) return;
    for (const log of this.state.channels) this.editor(log.channelId).closeLive(null);
  }
}

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
  const batch = new Batch(state);
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
  const batch = new Batch(state);
  for (const history of histories) batch.restore(history);
  return batch.done();
}

function receivePage(state: MessagesState, page: PageReceived): MessagesState {
  const batch = new Batch(state);
  batch.page(page);
  return batch.done();
}

/** What a reply to a wish says is a fact like any other; whether somebody waits for it changes nothing here (L7). */
function receiveReply(state: MessagesState, reply: OperationAcknowledged): MessagesState {
  const { message, deleted } = reply;
  if (message === null && deleted === null) return state;
  const batch = new Batch(state);
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
      const editor = new LogEditor(log);
      edit(editor);
      return editor.done();
    }),
  );
}

/** A channel that is gone takes its messages with it. */
function forgetChannels(state: MessagesState, payload: ChannelEventsReceived): MessagesState {
  const gone = new Set(
    payload.events.flatMap((event) => (event.op === 'deleted' ? [event.channelId] : [])),
  );
  const channels = state.channels.filter((log) => !gone.has(log.channelId));
  // the slots have moved: a new lineage
  return channels.length === state.channels.length ? state : { ...state, lineage: {}, channels };
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
  if (gone.length === 0) return next;
  const all = [
    ...next.forgotten.filter(({ channelId }) => !whole.has(channelId)),
    ...gone.map((log) => {
      const earlier = forgotten(state, log.channelId)?.gone ?? [];
      return { channelId: log.channelId, ordinal, gone: goneIn(log, earlier) };
    }),
  ];
  const dropped = all.slice(0, -maxForgotten).map((channel) => channel.ordinal);
  return {
    ...next,
    // the slots have moved: a new lineage
    lineage: {},
    channels: next.channels.filter((log) => !gone.includes(log)),
    forgotten: all.slice(-maxForgotten),
    trustedFrom: Math.max(next.trustedFrom, ...dropped),
  };
}

function forgetAll(state: MessagesState): MessagesState {
  const isEmpty = [state.channels, state.homeless, state.forgotten].every((list) => !list.length);
  return isEmpty && state.trustedFrom === 0 ? state : createState();
}

/** @internal */
export function messagesReducer(
  state: MessagesState | undefined,
  action: UnknownAction,
): MessagesState {
  if (state === undefined) return createState();
  if (isType(action, conversationReceived)) return receiveConversation(state, action.payload);
  if (isType(action, pageReceived)) return receivePage(state, action.payload);
  if (isType(action, messageFetched)) {
    const batch = new Batch(state);
    batch.row(action.payload);
    return batch.done();
  }
  if (isType(action, operationAcknowledged)) return receiveReply(state, action.payload);
  if (isType(action, operationEchoMissed)) {
    const { reaction, ordinal } = action.payload;
    if (reaction === null) return state;
    const batch = new Batch(state);
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
