import type { RejectedFrame } from './batch';
import type {
  AccountFact,
  ChannelFact,
  EpochMs,
  Json,
  MemberFact,
  MessageFact,
  ProjectFact,
  Reaction,
  UserFact,
} from './models';

/**
 * What answers to requests decode to. Everything is plain JSON. A bad row never spoils its neighbours: it is left out
 * and listed under `rejected`, with its place in the answer as path.
 */

/** What an answer held that was not taken. @public */
export interface WithRejected {
  readonly rejected: readonly RejectedFrame[];
}

/** A stretch of one channel's history, in the order of the answer. @public */
export interface MessagesPage extends WithRejected {
  readonly messages: readonly MessageFact[];
  /** Authors, as far as the rows speak of them. */
  readonly users: readonly UserFact[];
  /** Whether there is more in the direction that was asked for. */
  readonly hasMore: boolean;
  /** Oldest and newest row: as the server says, else by time; `null` for an empty page. */
  readonly oldestId: string | null;
  readonly newestId: string | null;
}

/** What was asked for, to check and to complete the answer by. @public */
export interface PageRequest {
  /** Rows of another channel are refused, rows without one get this. */
  readonly channelId?: string;
  /** Rows that were asked for: a full page without a word about `has_more` counts as having more. */
  readonly limit?: number;
}

/** Channels in the server's order. @public */
export interface ChannelList extends WithRejected {
  readonly channels: readonly ChannelFact[];
}

/** Members of a project or a channel, and who they are. @public */
export interface MemberList extends WithRejected {
  readonly members: readonly MemberFact[];
  readonly users: readonly UserFact[];
}

/** Projects in the server's order. @public */
export interface ProjectList extends WithRejected {
  readonly projects: readonly ProjectFact[];
}

/** A project with what the answer included; `null` where it did not. @public */
export interface ProjectDetail extends WithRejected {
  readonly project: ProjectFact;
  readonly channels: readonly ChannelFact[] | null;
  readonly members: readonly MemberFact[] | null;
  readonly users: readonly UserFact[];
}

/** Unread messages per channel. @public */
export interface UnreadCounts extends WithRejected {
  readonly total: number;
  readonly channels: Readonly<Record<string, number>>;
}

/** All reactions of one message. @public */
export interface ReactionList extends WithRejected {
  readonly reactions: readonly Reaction[];
}

/** A new access token. It goes to the session and nowhere else (L17). @public */
export interface TokenGrant {
  readonly accessToken: string;
  /** Lifetime; `null`: not said, so the token's own `exp` has the word (wire contract 1.2). */
  readonly expiresInMs: number | null;
}

/** What a login or a registration brings. @public */
export interface LoginGrant extends TokenGrant {
  readonly user: AccountFact;
}

/** A server's own words about a failure. @public */
export interface ErrorBody {
  readonly message: string;
  /** The server's error code; its vocabulary is not known. */
  readonly serverCode: string | null;
}

/** State of the server's streams; its shape is not known, so it is kept as it came. @public */
export type StreamStatus = Readonly<Record<string, Json>>;

/** An account as an admin sees it. @public */
export interface AdminAccountFact extends AccountFact {
  /** Whether it may be used: `active`, `banned`, `deleted`, as the server says it. */
  readonly accountStatus?: string;
  readonly createdAt?: EpochMs | null;
}

/** Accounts in the server's order. @public */
export interface AccountList extends WithRejected {
  readonly accounts: readonly AdminAccountFact[];
}

/** The server's sums; their shape is not known, so they are kept as they came. @public */
export type Statistics = Readonly<Record<string, Json>>;

/** Someone who was typing when a snapshot was taken. @public */
export interface TypingNow {
  readonly userId: string;
  readonly username: string | null;
}

/** A workspace as one answer shows it: the project, its channels and the messages of the open one. @public */
export interface WorkspaceSnapshot extends WithRejected {
  readonly project: ProjectFact;
  /** In the server's order; every one with `projectId`. The open channel's own row is merged in. */
  readonly channels: readonly ChannelFact[];
  /** The channel that is open, which may be another one than was asked for. */
  readonly currentChannelId: string | null;
  /** Active members of the project. */
  readonly members: readonly MemberFact[];
  /** Everyone who occurs: members and authors. */
  readonly users: readonly UserFact[];
  /** Messages of the open channel; `null` when the answer included none. */
  readonly page: (Omit<MessagesPage, 'users' | 'rejected'> & { readonly channelId: string }) | null;
  /** Who types in the open channel. */
  readonly typing: readonly TypingNow[];
  /** The server's own sums, where it says them. */
  readonly unreadTotal: number | null;
  readonly membersOnline: number | null;
  /** Why another channel was opened than was asked for; `null` when it was not. */
  readonly fallbackReason: string | null;
}
