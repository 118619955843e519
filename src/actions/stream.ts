import type { StreamKey } from '../protocol/batch';
import type {
  ChannelEvent,
  ChannelInitEvent,
  MessageEvent,
  NoticeEvent,
  PresenceEvent,
  ReactionEvent,
  TypingEvent,
} from '../protocol/serverEvents';
import type { HudhudActionCreator } from './define';
import { defineAction } from './define';

/**
 * Facts from the stream. Events of one flush travel in at most one action per order group (architecture section 4):
 * inside a group arrival order is kept, and nothing in one group depends on the order of another.
 */

/**
 * Where a fact comes from. `ordinal` counts everything that was observed, requests included, so that "before or after
 * that request was started" can be answered without a clock (L1); the i-th item of a list has `ordinal + i`.
 *
 * @public
 */
export interface Observed {
  readonly stream: StreamKey;
  readonly epoch: number;
  readonly ordinal: number;
}

/** What can happen in a conversation; arrival order matters between these. @public */
export type ConversationEvent = MessageEvent | ReactionEvent | TypingEvent;

/** @public */
export interface ConversationReceived extends Observed {
  readonly events: readonly ConversationEvent[];
  /** Who is looking: lets reducers keep the viewer's own reactions (L4). */
  readonly viewerId: string | null;
  /** By the client's clock; used for typing deadlines and for messages that came without a time. */
  readonly receivedAt: number;
}

/** @public */
export interface PresenceReceived extends Observed {
  readonly events: readonly PresenceEvent[];
  readonly receivedAt: number;
}

/** @public */
export interface NoticesReceived extends Observed {
  readonly events: readonly NoticeEvent[];
  readonly receivedAt: number;
}

/** @public */
export interface ChannelEventsReceived extends Observed {
  readonly events: readonly ChannelEvent[];
  readonly viewerId: string | null;
}

/** @public */
export interface SessionInitialised extends Observed {
  readonly userId: string;
  readonly username: string | null;
  readonly channelIds: readonly string[] | null;
}

/** @public */
export interface ChannelInitialised extends Observed {
  readonly event: ChannelInitEvent;
}

/** Whether the stream goes on where an earlier connection of it ended. @public */
export interface ContinuityTold extends Observed {
  /** The first connection since which nothing is missing; `null`: something may be, since there was no proof. */
  readonly wholeSince: number | null;
}

/** Ends every batch; the only one of its actions that wakes subscribers. @public */
export interface FrameCommitted extends Observed {
  /** Stored only after the data it stands for (L12). */
  readonly lastEventId: string | null;
  readonly receivedAt: number;
  readonly counts: { readonly events: number; readonly rejected: number };
}

/** @public */
export const conversationReceived: HudhudActionCreator<
  ConversationReceived,
  'stream/conversationReceived'
> = defineAction<ConversationReceived>()('stream/conversationReceived');

/** @public */
export const presenceReceived: HudhudActionCreator<PresenceReceived, 'stream/presenceReceived'> =
  defineAction<PresenceReceived>()('stream/presenceReceived');

/** @public */
export const noticesReceived: HudhudActionCreator<NoticesReceived, 'stream/noticesReceived'> =
  defineAction<NoticesReceived>()('stream/noticesReceived');

/** @public */
export const channelEventsReceived: HudhudActionCreator<
  ChannelEventsReceived,
  'stream/channelEventsReceived'
> = defineAction<ChannelEventsReceived>()('stream/channelEventsReceived');

/** @public */
export const sessionInitialised: HudhudActionCreator<
  SessionInitialised,
  'stream/sessionInitialised'
> = defineAction<SessionInitialised>()('stream/sessionInitialised');

/** @public */
export const channelInitialised: HudhudActionCreator<
  ChannelInitialised,
  'stream/channelInitialised'
> = defineAction<ChannelInitialised>()('stream/channelInitialised');

/** Comes before everything that the connection tells. @public */
export const continuityTold: HudhudActionCreator<ContinuityTold, 'stream/continuityTold'> =
  defineAction<ContinuityTold>()('stream/continuityTold');

/** @public */
export const frameCommitted: HudhudActionCreator<FrameCommitted, 'stream/frameCommitted'> =
  defineAction<FrameCommitted>()('stream/frameCommitted');
