import type {
  ChannelFact,
  EpochMs,
  MemberFact,
  MessageFact,
  PresenceStatus,
  UserFact,
} from './models';

/**
 * The closed union of what the stream can say, after decoding: the nine event types of the guide plus `typing` and
 * `reaction`, which the backend's own document names. `type` is the wire's event type; what an event *means* for a
 * message is in `op`, since `message`, `channel_message` and `broadcast` carry creates, edits and deletes alike.
 */

/** First frame of the main stream: who we are and what the stream covers. @public */
export interface InitEvent {
  readonly type: 'init';
  readonly userId: string;
  readonly username: string | null;
  /** Channels that the stream covers. Missing: the server did not say. */
  readonly channelIds?: readonly string[];
  readonly timestamp: EpochMs | null;
}

/** The server's own word that the stream is open. @public */
export interface ConnectionEvent {
  readonly type: 'connection';
  readonly status: string;
  readonly userId: string | null;
  readonly timestamp: EpochMs | null;
}

/** Heartbeat. @public */
export interface PingEvent {
  readonly type: 'ping';
  readonly timestamp: EpochMs | null;
}

/**
 * Something about one message. `create` and `edit` carry a row or a part of one, `delete` may carry an id alone.
 *
 * @public
 */
export interface MessageEvent {
  readonly type: 'message' | 'channel_message' | 'broadcast';
  readonly op: 'create' | 'edit' | 'delete';
  readonly message: MessageFact;
}

/** A notice to everyone; belongs to no conversation. @public */
export interface NoticeEvent {
  readonly type: 'broadcast';
  readonly op: 'notice';
  readonly level: 'system' | 'alert';
  readonly text: string;
  readonly timestamp: EpochMs | null;
}

/** First frame of a channel stream. @public */
export interface ChannelInitEvent {
  readonly type: 'channel_init';
  readonly channel: ChannelFact;
  readonly members: readonly (MemberFact & { readonly user?: UserFact })[];
  readonly timestamp: EpochMs | null;
}

/** A channel was made, changed or removed, or someone came or went. @public */
export interface ChannelEvent {
  readonly type: 'channel_event';
  readonly op: 'created' | 'updated' | 'deleted' | 'memberJoined' | 'memberLeft' | 'memberUpdated';
  readonly channelId: string;
  readonly channel?: ChannelFact;
  readonly userId?: string;
  readonly username?: string | null;
  readonly role?: string;
}

/** Someone came online, left or changed what they are doing. @public */
export interface PresenceEvent {
  readonly type: 'presence';
  readonly userId: string;
  readonly status: PresenceStatus;
  readonly username?: string | null;
  readonly lastSeen?: EpochMs | null;
  readonly currentChannel?: string | null;
  /** The server's own count of people online, where it says one. */
  readonly onlineCount?: number;
  readonly timestamp?: EpochMs | null;
}

/** Someone started or stopped typing. @public */
export interface TypingEvent {
  readonly type: 'typing';
  readonly channelId: string;
  readonly userId: string;
  readonly username: string | null;
  readonly isTyping: boolean;
}

/** Someone reacted or took a reaction back. @public */
export interface ReactionEvent {
  readonly type: 'reaction';
  readonly op: 'add' | 'remove';
  readonly messageId: string;
  readonly channelId?: string;
  readonly userId: string;
  readonly username: string | null;
  readonly emoji: string;
  /** Server time of the change, where the frame has one; it makes the change a versioned fact (L1). */
  readonly at: EpochMs | null;
}

/** Everything that a decoded frame can be. @public */
export type ServerEvent =
  | InitEvent
  | ConnectionEvent
  | PingEvent
  | MessageEvent
  | NoticeEvent
  | ChannelInitEvent
  | ChannelEvent
  | PresenceEvent
  | TypingEvent
  | ReactionEvent;

/** The wire's names of event types. @public */
export type ServerEventType = ServerEvent['type'];

/** All of them, for tables and for telling an envelope from a bare payload. @public */
export const serverEventTypes: readonly ServerEventType[] = [
  'init',
  'connection',
  'ping',
  'message',
  'channel_message',
  'broadcast',
  'channel_init',
  'channel_event',
  'presence',
  'typing',
  'reaction',
];
