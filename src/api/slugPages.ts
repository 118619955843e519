import type { EpochMs } from '../protocol/models';
import type { MessagesPage } from '../protocol/rest';
import { placedRows, shownIds } from './messagePages';

/** Which page of a channel is wanted, where the cursor is the id of a message. @public */
export type SlugCursor =
  | { readonly side: 'newest' }
  | {
      readonly side: 'older';
      /** The page lists what comes before this message. */
      readonly beforeId: string;
      /** Everything from before this moment is in it, unless there is more. */
      readonly before: EpochMs;
      readonly known: readonly string[];
    };

/** Such a page as the query cache holds it. @public */
export interface SlugPageOfIds {
  /** Oldest first, without those of the page after it. */
  readonly ids: readonly string[];
  /** Where the page before it goes on; `null`: there is none. */
  readonly older: SlugCursor | null;
}

/**
 * What the cache keeps of a page by ids. Pure. The page before goes on from the first message of the next millisecond,
 * not from the oldest one: it lists the oldest one's millisecond again, and so touches what is known (coverage claims
 * whole milliseconds only).
 *
 * @internal
 */
export function toSlugPage(page: MessagesPage, cursor: SlugCursor): SlugPageOfIds {
  const known = cursor.side === 'newest' ? [] : cursor.known;
  const rows = placedRows([page]);
  const added = rows.filter(({ id }) => !known.includes(id));
  const [oldest] = rows;
  const ids = shownIds(added);
  if (!page.hasMore || oldest === undefined || added.length === 0) return { ids, older: null };
  const at = oldest.createdAt;
  const next = rows.find(({ createdAt }) => createdAt > at);
  // the server's order inside of a millisecond is its own: all of the cursor's may be listed again
  const upTo = next?.createdAt ?? at;
  const again = rows.filter(({ createdAt }) => createdAt <= upTo).map(({ id }) => id);
  const older: SlugCursor =
    next === undefined
      ? {
          ...{ side: 'older', beforeId: page.oldestId ?? oldest.id, before: at },
          known: [...new Set([...known, ...again])],
        }
      : { side: 'older', beforeId: next.id, before: at + 1, known: again };
  return { ids, older };
}
