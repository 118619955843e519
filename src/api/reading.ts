import type { TimelineRef, WorkspaceRef } from '../actions/command';
import type { EpochMs, MessageFact } from '../protocol/models';
import type {
  ChannelList,
  MemberList,
  MessagesPage,
  UnreadCounts,
  WithRejected,
  WorkspaceSnapshot,
} from '../protocol/rest';
import type { ReadClient } from './rest';

/**
 * Which page of a timeline a query wants. A page beside an edge lists some of the edge's rows again: those that are
 * `known` are no part of its result.
 *
 * @public
 */
export type PageCursor =
  | { readonly side: 'newest' }
  | {
      readonly side: 'older' | 'newer';
      readonly edge: EpochMs;
      readonly known: readonly string[];
    };

/** What an answer says that belongs into the state. @public */
export type ReadFacts =
  | { readonly kind: 'workspace'; readonly snapshot: WorkspaceSnapshot }
  /** `projectId`: every channel of that project; `null`: some channels. */
  | { readonly kind: 'channels'; readonly list: ChannelList; readonly projectId: string | null }
  /** Of a channel or of a project. */
  | { readonly kind: 'members'; readonly scopeId: string; readonly list: MemberList }
  | { readonly kind: 'unread'; readonly counts: UnreadCounts }
  /** A page of a channel; `before`: only messages from before that moment were asked for. */
  | {
      readonly kind: 'page';
      readonly channelId: string;
      readonly page: MessagesPage;
      readonly before: EpochMs | null;
    }
  /** Single messages, each with its channel; nothing is claimed of their neighbours. */
  | ({ readonly kind: 'messages'; readonly messages: readonly MessageFact[] } & WithRejected);

/**
 * What one read works with. Who gives it knows the store; the reads do not.
 *
 * @public
 */
export interface Reading {
  /** Its requests end with the query. */
  readonly rest: ReadClient;
  /** Rows per page where a query does not say. */
  readonly pageSize: number;
  /** Puts facts into the state, as of when the read began. Nothing of an answer goes there another way. */
  readonly learn: (facts: ReadFacts) => void;
  /** Reads a workspace and puts it into the state; from then on it is read again after a break. */
  readonly workspace: (
    ref: WorkspaceRef,
    query: { readonly limit: number; readonly includeMessages: boolean },
  ) => Promise<WorkspaceSnapshot>;
  /** Reads a page of a timeline and puts it into the state; gives back what came, by one answer or several. */
  readonly history: (
    ref: TimelineRef,
    cursor: PageCursor,
    limit: number,
  ) => Promise<readonly MessagesPage[]>;
}

/** One read: it asks, tells what it learned, and gives back what the cache keeps. @public */
export type HudhudRead<Result = unknown> = (reading: Reading) => Promise<Result>;

/** Carries a read out. @internal */
export type PerformRead = <Result>(
  read: HudhudRead<Result>,
  signal: AbortSignal,
) => Promise<Result>;
