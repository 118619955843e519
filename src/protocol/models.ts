/**
 * The nouns of the protocol in the one form that everything behind `protocol/` works with: camelCase, numbers for
 * counts, epoch milliseconds for times, `null` for "known to be absent". In a *fact* (something the server said), a
 * missing key means "this frame did not say"; that difference is what keeps partial updates harmless (L4).
 */

/** Milliseconds since 1970-01-01T00:00:00Z, as the server says it. @public */
export type EpochMs = number;

/** Kind of a message (wire contract 1.5). @public */
export type MessageType = 'text' | 'image' | 'file' | 'system' | 'agent';

/** What a person can be seen as. @public */
export type PresenceStatus = 'online' | 'away' | 'offline' | 'busy';

/** Plain JSON, as `metadata` and `settings` hold it. @public */
export type Json =
  string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** Someone who reacted. @public */
export interface ReactionUser {
  readonly userId: string;
  readonly username: string | null;
  readonly at: EpochMs | null;
}

/** All reactions of one emoji on one message. @public */
export interface Reaction {
  readonly emoji: string;
  /** May exceed `users.length`: the server may list only some of them. */
  readonly count: number;
  readonly users: readonly ReactionUser[];
  /** `true` when the server told *this* viewer that they reacted; missing in frames that go to everyone. */
  readonly mine?: boolean;
}

/** A file of a message. @public */
export interface FileRef {
  readonly id: string;
  readonly name: string;
  readonly mime: string | null;
  /** Bytes. */
  readonly size: number | null;
  readonly url: string | null;
  readonly thumbnailUrl: string | null;
}

/**
 * What one frame or one row says of a message. Only `id` is certain; every other key is there only if it was said.
 *
 * @public
 */
export interface MessageFact {
  readonly id: string;
  readonly channelId?: string;
  readonly userId?: string | null;
  readonly username?: string | null;
  readonly fullName?: string | null;
  readonly avatarUrl?: string | null;
  readonly parentId?: string | null;
  readonly type?: MessageType;
  readonly content?: string;
  readonly createdAt?: EpochMs;
  /** When the text was last changed; `null` says "never". */
  readonly editedAt?: EpochMs | null;
  /** When anything of the row was last changed. */
  readonly updatedAt?: EpochMs | null;
  readonly deletedAt?: EpochMs | null;
  readonly threadCount?: number;
  readonly reactions?: readonly Reaction[];
  readonly files?: readonly FileRef[];
  readonly metadata?: Readonly<Record<string, Json>>;
  readonly fromAgent?: string | null;
  readonly isRead?: boolean;
}

/** What one answer says of a person. @public */
export interface UserFact {
  readonly id: string;
  readonly username?: string;
  readonly fullName?: string | null;
  readonly email?: string | null;
  readonly avatarUrl?: string | null;
  readonly status?: PresenceStatus;
  readonly lastSeen?: EpochMs | null;
}

/** The person who is signed in, with what only an answer about their own account says. @public */
export interface AccountFact extends UserFact {
  /** The account's role, which is the same everywhere. */
  readonly role?: string;
}

/** The last message as a channel list shows it. @public */
export interface MessagePreview {
  readonly id: string;
  readonly content: string;
  readonly userId: string | null;
  readonly username: string | null;
  readonly createdAt: EpochMs;
}

/** What one frame or one row says of a channel. @public */
export interface ChannelFact {
  readonly id: string;
  readonly projectId?: string;
  readonly name?: string;
  readonly slug?: string;
  readonly description?: string | null;
  readonly isPrivate?: boolean;
  readonly createdAt?: EpochMs | null;
  readonly updatedAt?: EpochMs | null;
  readonly memberCount?: number;
  readonly unreadCount?: number;
  /** The viewer's role; `null` when they are no member. */
  readonly userRole?: string | null;
  readonly lastMessage?: MessagePreview | null;
}

/** Membership of one person in one channel or project. @public */
export interface MemberFact {
  readonly userId: string;
  readonly role?: string;
  readonly joinedAt?: EpochMs | null;
}

/** A project. @public */
export interface ProjectFact {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly description: string | null;
  readonly color: string | null;
}
