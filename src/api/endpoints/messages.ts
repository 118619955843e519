import type { ChannelRef, ThreadRef } from '../../actions/command';
import type { PageOfIds } from '../messagePages';
import { newerCursor, newestPage, olderCursor, toPageOfIds } from '../messagePages';
import type { PageCursor } from '../reading';
import type { Build, PagedEndpoint } from './definitions';
import { pagesBy } from './definitions';

/** @public */
export interface MessagesArg extends ChannelRef {
  /** Rows per page. Default: `pageSize`. */
  readonly limit?: number;
}

/** @public */
export interface RepliesArg extends ThreadRef {
  /** Rows per page. Default: `pageSize`. */
  readonly limit?: number;
}

/** @public */
export interface MessageEndpoints {
  /** A channel's history: the newest page first, "next" is older, "previous" is newer. */
  readonly messages: PagedEndpoint<MessagesArg, PageCursor, PageOfIds>;
  /** A thread's replies, in the same way. */
  readonly replies: PagedEndpoint<RepliesArg, PageCursor, PageOfIds>;
}

/** @internal */
export function messageEndpoints(build: Build): MessageEndpoints {
  const order = { first: newestPage, older: olderCursor, newer: newerCursor };
  return {
    messages: pagesBy<MessagesArg, PageCursor, PageOfIds>(build, {
      ...order,
      query:
        ({ channelId, limit }, cursor) =>
        async ({ history, pageSize }) =>
          toPageOfIds(
            await history({ channelId, parentId: null }, cursor, limit ?? pageSize),
            cursor,
          ),
    }),
    replies: pagesBy<RepliesArg, PageCursor, PageOfIds>(build, {
      ...order,
      query:
        ({ channelId, parentId, limit }, cursor) =>
        async ({ history, pageSize }) =>
          toPageOfIds(await history({ channelId, parentId }, cursor, limit ?? pageSize), cursor),
    }),
  };
}
