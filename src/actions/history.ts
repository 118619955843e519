import type {
  ChannelFact,
  EpochMs,
  MemberFact,
  MessageFact,
  ProjectFact,
  UserFact,
} from '../protocol/models';
import type { HudhudActionCreator } from './define';
import { defineAction } from './define';

/**
 * Facts from requests. A request is stamped when it is *started*: its answer loses to what the stream said after that
 * moment and wins over what it said before (L1).
 */

/** When an answer was asked for. @public */
export interface Asked {
  /** Ordinal of the request's start. */
  readonly asOf: number;
  /**
   * Rows last seen at or after this ordinal are too fresh to be missed: a read may lag behind the stream
   * (`staleReadToleranceMs`, 5 s), and behind what an older request that was still under way has brought.
   */
  readonly absentBefore: number;
  /** Start of the oldest request still under way, if any: how long what this answer overruled must be remembered. */
  readonly oldestInFlight: number | null;
}

/**
 * The part of a timeline that a page answers for: every message with `from < createdAt < to` is in it. `from: null` is
 * the beginning of the conversation, `to: null` is "up to now, and the stream has told the rest since".
 *
 * @public
 */
export interface PageRange {
  readonly from: EpochMs | null;
  readonly to: EpochMs | null;
}

/** @public */
export interface PageReceived extends Asked {
  readonly channelId: string;
  /** A thread's parent, or `null` for the channel's own timeline. */
  readonly parentId: string | null;
  readonly messages: readonly MessageFact[];
  readonly range: PageRange;
}

/** One message as a reply to a single request says it (send, edit, look-up). @public */
export interface MessageFetched extends Asked {
  readonly message: MessageFact;
}

/** The workspace snapshot: all that a first screen needs, read at one moment. @public */
export interface SnapshotApplied extends Asked {
  /** Some of its rows were not understood: what it does not list may still exist. */
  readonly isPartial?: true;
  readonly project: ProjectFact;
  readonly channels: readonly ChannelFact[];
  /** The channel that is open; `null` for a workspace without one. */
  readonly currentChannelId: string | null;
  readonly users: readonly UserFact[];
  readonly members: readonly MemberFact[];
  readonly onlineCount: number | null;
  readonly page: PageReceived | null;
}

/** @public */
export interface ChannelsReceived extends Asked {
  readonly channels: readonly ChannelFact[];
  /** `true` when the answer lists every channel, so that one that is missing is gone. */
  readonly complete: boolean;
  /** Every channel of this project only. */
  readonly projectId?: string;
}

/** @public */
export interface MembersReceived extends Asked {
  /** Some of its rows were not understood: who it does not list may still be a member. */
  readonly isPartial?: true;
  readonly channelId: string;
  readonly members: readonly MemberFact[];
  readonly users: readonly UserFact[];
}

/** @public */
export const pageReceived: HudhudActionCreator<PageReceived, 'history/pageReceived'> =
  defineAction<PageReceived>()('history/pageReceived');

/** @public */
export const messageFetched: HudhudActionCreator<MessageFetched, 'history/messageFetched'> =
  defineAction<MessageFetched>()('history/messageFetched');

/** @public */
export const snapshotApplied: HudhudActionCreator<SnapshotApplied, 'history/snapshotApplied'> =
  defineAction<SnapshotApplied>()('history/snapshotApplied');

/** @public */
export const channelsReceived: HudhudActionCreator<ChannelsReceived, 'history/channelsReceived'> =
  defineAction<ChannelsReceived>()('history/channelsReceived');

/** @public */
export const membersReceived: HudhudActionCreator<MembersReceived, 'history/membersReceived'> =
  defineAction<MembersReceived>()('history/membersReceived');
