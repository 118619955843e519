import type { SearchQuery } from '../rest';
import type { Build, ReadEndpoint } from './definitions';
import { readBy } from './definitions';

/** A message that a search found. @public */
export interface SearchHit {
  readonly channelId: string;
  readonly messageId: string;
}

/** What a search found, in the server's order. @public */
export interface SearchResult {
  readonly hits: readonly SearchHit[];
  /** Whether there are more than these. */
  readonly hasMore: boolean;
}

/** @public */
export interface SearchEndpoints {
  /** Found messages stand in their channels from then on, each by itself: what lies between is a gap. */
  readonly search: ReadEndpoint<SearchQuery, SearchResult>;
}

/** @internal */
export function searchEndpoints(build: Build): SearchEndpoints {
  return {
    search: readBy<SearchQuery, SearchResult>(
      build,
      (query) =>
        async ({ rest, learn, pageSize }) => {
          const { messages, rejected, hasMore } = await rest.search({ limit: pageSize, ...query });
          const { channelId: asked } = query;
          // a row that does not name its channel was found in the one that was searched
          const found = messages.flatMap((message) => {
            const channelId = message.channelId ?? asked;
            const isPlaced = channelId !== undefined && message.createdAt !== undefined;
            return isPlaced && typeof message.deletedAt !== 'number'
              ? [{ ...message, channelId }]
              : [];
          });
          learn({ kind: 'messages', messages: found, rejected });
          return {
            hits: found.map(({ id, channelId }) => ({ channelId, messageId: id })),
            hasMore,
          };
        },
    ),
  };
}
