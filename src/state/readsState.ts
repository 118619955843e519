import type { PageRange } from '../actions/history';
import type { EpochMs } from '../protocol/models';
import { equalJson } from './equalJson';

/**
 * Unread messages as the server counted them.
 *
 * @public
 */
export interface ServerCount {
  readonly count: number;
  /**
   * When the last message was made that the count took in; `null`: that is not known yet, and nothing newer was told.
   * The first message that is told afterwards shows it.
   */
  readonly lastAt: EpochMs | null;
  /** Ordinal of the start of its request. @internal */
  readonly asOf: number;
  /** The answer did not say which message was the last: `lastAt` is a guess. @internal */
  readonly isLoose?: true;
  /** `lastAt` is from a message that was told afterwards: some before it may have come after the count. @internal */
  readonly isLeast?: true;
  /** The stream has told of everything since it was asked for. @internal */
  readonly isTold?: true;
}

/**
 * Everything up to this message is read, for certain.
 *
 * @public
 */
export interface ReadMark {
  readonly at: EpochMs;
  readonly messageId: string;
  /** Ordinal of the newest fact that says so. @internal */
  readonly ordinal: number;
}

/** A message that was told to be deleted. @internal */
export interface ToldDelete {
  readonly id: string;
  /** When that was first told. */
  readonly o: number;
  /** It came without its channel, and may belong to another one. */
  readonly isStray?: true;
}

/**
 * The newest part of a channel that was read anew while the stream was open: what is held there is still so. Of what was
 * read before the stream broke some may have been deleted meanwhile.
 *
 * @internal
 */
interface FreshPart {
  /** Everything later is in it; 0: everything. */
  readonly from: EpochMs;
  /** Ordinal of the start of the oldest request that is sure to have begun since the stream is open. */
  readonly asOf: number;
}

/**
 * What is known of what the viewer has read in one channel: the newest fact of each kind. What is unread is computed of
 * these and of the messages held, and never kept.
 *
 * @public
 */
export interface ChannelReads {
  readonly channelId: string;
  readonly count: ServerCount | null;
  readonly mark: ReadMark | null;
  /** Where the unread line stands while the channel is open: a message id. */
  readonly anchor: string | null;
  /** Deletions since the count was asked for: they may have been in it. @internal */
  readonly deleted: readonly ToldDelete[];
  /** Counts asked for before this ordinal are not taken: of the deletions since then some were let go. @internal */
  readonly trustedFrom: number;
  /** `null`: nothing was read since the stream is open, or it is not. @internal */
  readonly fresh: FreshPart | null;
}

/** @public */
export interface ReadsState {
  /** Who is looking. Their own messages have nothing to say of what they have read. @internal */
  readonly viewerId: string | null;
  /** Whether the main stream is open. @internal */
  readonly isOpen: boolean;
  /** Channels of which anything is known. */
  readonly channels: readonly ChannelReads[];
  /** What the end of the main stream has changed: it is undone where the stream goes on without a hole. @internal */
  readonly broken?: BrokenReads;
}

/** @internal */
interface BrokenReads {
  /** The connection that broke off. */
  readonly epoch: number;
  readonly channels: readonly { readonly was: ChannelReads; readonly is: ChannelReads }[];
}

/** @internal */
export const noReads: ReadsState = { viewerId: null, isOpen: false, channels: [] };

const noDeletes: readonly ToldDelete[] = [];

/** Deletions that are remembered per channel; past that, the count of the channel is not trusted any more. */
const maxDeletes = 256;

/** A loop, as it is asked for with every message: a function to find it by would be made for each. @internal */
export function readsOf(state: ReadsState, channelId: string): ChannelReads | undefined {
  for (const known of state.channels) if (known.channelId === channelId) return known;
  return undefined;
}

const nothingKnown = (channelId: string): ChannelReads => ({
  ...{ channelId, count: null, mark: null, anchor: null },
  ...{ deleted: noDeletes, trustedFrom: 0, fresh: null },
});

/** Changes what is known of one channel; the same state if `change` gives back what it got. @internal */
export function changeReads(
  state: ReadsState,
  channelId: string,
  change: (known: ChannelReads) => ChannelReads,
): ReadsState {
  const held = readsOf(state, channelId);
  const known = held ?? nothingKnown(channelId);
  const next = change(known);
  if (next === known) return state;
  const channels =
    held === undefined
      ? [...state.channels, next]
      : state.channels.map((one) => (one === held ? next : one));
  return { ...state, channels };
}

/** The same for every channel of which something is known. @internal */
export function changeAllReads(
  state: ReadsState,
  change: (known: ChannelReads) => ChannelReads,
): ReadsState {
  const channels = state.channels.map(change);
  return channels.some((known, i) => known !== state.channels[i]) ? { ...state, channels } : state;
}

/** Takes a count in, unless a newer one is known. @internal */
export function withCount(known: ChannelReads, count: ServerCount): ChannelReads {
  const { asOf } = count;
  if (asOf < known.trustedFrom || (known.count !== null && asOf <= known.count.asOf)) return known;
  const deleted = known.deleted.filter(({ o }) => o > asOf);
  return {
    ...known,
    count,
    deleted: deleted.length === known.deleted.length ? known.deleted : deleted,
  };
}

/** Moves the mark; it never goes back, and marks nothing at the beginning of time. @internal */
export function withMark(known: ChannelReads, { at, messageId, ordinal }: ReadMark): ChannelReads {
  const { mark } = known;
  if (!(at > 0) || (mark !== null && at < mark.at)) return known;
  if (mark?.at !== at) {
    return { ...known, mark: { at, messageId, ordinal: Math.max(ordinal, mark?.ordinal ?? 0) } };
  }
  return ordinal > mark.ordinal ? { ...known, mark: { ...mark, ordinal } } : known;
}

/** @internal */
export function withDelete(known: ChannelReads, told: ToldDelete): ChannelReads {
  const { id, o } = told;
  if (o < known.trustedFrom || (known.count !== null && o <= known.count.asOf)) return known;
  if (known.deleted.some((one) => one.id === id)) return known;
  const deleted = [...known.deleted, told];
  const [oldest, ...rest] = deleted;
  if (oldest === undefined || deleted.length <= maxDeletes) return { ...known, deleted };
  const trustedFrom = Math.max(known.trustedFrom, oldest.o + 1);
  const count = known.count !== null && known.count.asOf < trustedFrom ? null : known.count;
  return { ...known, count, deleted: rest, trustedFrom };
}

/** From here on the stream may have said things that were not heard. @internal */
export function untold(known: ChannelReads): ChannelReads {
  if (known.count?.isTold === undefined) return known;
  const { isTold: _, ...count } = known.count;
  return { ...known, count };
}

/** The stream is not open any more: what was read before is not what is read after. */
function stale(known: ChannelReads): ChannelReads {
  return known.fresh === null ? known : { ...known, fresh: null };
}

/** A page was read while the stream is open. One that is live shows that it was asked for since. @internal */
export function withFresh(known: ChannelReads, asOf: number, range: PageRange): ChannelReads {
  const { fresh } = known;
  const from = range.from ?? 0;
  if (range.to === null) {
    const next = {
      from: Math.min(from, fresh?.from ?? Infinity),
      asOf: Math.min(asOf, fresh?.asOf ?? Infinity),
    };
    return equalJson(next, fresh) ? known : { ...known, fresh: next };
  }
  const isNext = fresh !== null && asOf >= fresh.asOf && range.to > fresh.from;
  return isNext && from < fresh.from ? { ...known, fresh: { ...fresh, from } } : known;
}

/**
 * A new message was told: if it was not known up to where the count goes, then it goes up to here.
 *
 * @internal
 */
export function withTold(known: ChannelReads, at: EpochMs, o: number): ChannelReads {
  const { count } = known;
  if (count?.lastAt !== null || o <= count.asOf) return known;
  return { ...known, count: { ...count, lastAt: at - 1, isLeast: true } };
}

/** The main stream ended: what it told of is not whole any more. @internal */
export function breakReads(state: ReadsState, epoch: number): ReadsState {
  const next = changeAllReads(state, (known) => stale(untold(known)));
  if (!state.isOpen) return next;
  const channels = state.channels.flatMap((was, i) => {
    const is = next.channels[i];
    return is === undefined || is === was ? [] : [{ was, is }];
  });
  return { ...next, isOpen: false, broken: { epoch, channels } };
}

/** It goes on without a hole since a connection: of what was not changed otherwise, it is as it was. @internal */
export function takeUpReads(state: ReadsState, since: number): ReadsState {
  const { broken, ...rest } = state;
  if (broken === undefined) return state;
  if (broken.epoch < since) return rest;
  return changeAllReads(rest, (known) => {
    const changed = broken.channels.find(({ is }) => is.channelId === known.channelId);
    return changed !== undefined && equalJson(changed.is, known) ? changed.was : known;
  });
}

/** Of what was told, some is not held any more: it cannot be as it was. @internal */
export function forgetBroken(
  state: ReadsState,
  evicted: readonly { readonly channelId: string }[],
): ReadsState {
  const { broken } = state;
  if (broken === undefined) return state;
  const channels = broken.channels.filter(
    ({ is }) => !evicted.some(({ channelId }) => channelId === is.channelId),
  );
  return channels.length === broken.channels.length
    ? state
    : { ...state, broken: { ...broken, channels } };
}
