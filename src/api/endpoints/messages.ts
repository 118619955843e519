import type { ChannelRef, ThreadRef } from '../../actions/command';
import type { PageOfIds } from '../messagePages';
import { newerCursor, newestPage, olderCursor, toPageOfIds } from '../messagePages';
import type { MessagesPage } from '../../protocol/rest';
import type { PageCursor } from '../reading';
import type { SlugCursor, SlugPageOfIds } from '../slugPages';
import { toSlugPage } from '../slugPages';
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
export interface SlugMessagesArg {
  readonly channelSlug: string;
  /** A slug is unique inside of its project only. */
  readonly projectSlug?: string;
  /** Rows per page. Default: `pageSize`. */
  readonly limit?: number;
}

/** @public */
export interface MessageEndpoints {
  /** A channel's history: the newest page first, "next" is older, "previous" is newer. */
  readonly messages: PagedEndpoint<MessagesArg, PageCursor, PageOfIds>;
  /** A thread's replies, in the same way. */
  readonly replies: PagedEndpoint<RepliesArg, PageCursor, PageOfIds>;
  /** A channel's history by its name in addresses, where cursors are ids; there is no "previous". */
  readonly messagesBySlug: PagedEndpoint<SlugMessagesArg, SlugCursor, SlugPageOfIds>;
}

const newestBySlug: SlugCursor = { side: 'newest' };

/** A page of a channel; one without rows does not say of which. */
function channelOf({ messages }: MessagesPage): string | undefined {
  return messages.find(({ channelId }) => channelId !== undefined)?.channelId;
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
    messagesBySlug: pagesBy<SlugMessagesArg, SlugCursor, SlugPageOfIds>(build, {
      first: newestBySlug,
      older: ({ older }) => older,
      query:
        ({ limit, ...where }, cursor) =>
        async ({ rest, learn, pageSize }) => {
          const isOlder = cursor.side === 'older';
          const query = { ...where, limit: limit ?? pageSize };
          const page = await rest.messagesBySlug(
            isOlder ? { ...query, before: cursor.beforeId } : query,
          );
          const channelId = channelOf(page);
          const before = isOlder ? cursor.before : null;
          if (channelId !== undefined) learn({ kind: 'page', channelId, page, before });
          return toSlugPage(page, cursor);
        },
    }),
  };
}
