import type { ChannelLog, Lineage } from './channelLog';
import { createChannelLog, findMessage, trustOf } from './channelLog';
import type { ParkedMessage } from './parked';
import { isDelete, nothingParked } from './parked';

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
/** Made anew for every store: a lineage must not be shared. @internal */
export function createMessages(): MessagesState {
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
  return gone || forgottenChannel(state, channelId)?.gone.includes(messageId) === true;
}

/** What is remembered of a channel that was let go. @internal */
export function forgottenChannel(
  state: MessagesState,
  channelId: string,
): ForgottenChannel | undefined {
  return state.forgotten.find((channel) => channel.channelId === channelId);
}

/** Begins a channel's log. @internal */
export function newLog(state: MessagesState, channelId: string): ChannelLog {
  const earlier = forgottenChannel(state, channelId);
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
  const own = log === undefined ? (forgottenChannel(state, channelId)?.ordinal ?? 0) : trustOf(log);
  return Math.max(state.trustedFrom, own);
}

/** Puts logs in their places; the same state if they are what was there. @internal */
export function putLogs(state: MessagesState, logs: readonly ChannelLog[]): MessagesState {
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
