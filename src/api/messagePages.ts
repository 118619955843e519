import { overlapMs } from '../actions/pageRange';
import type { EpochMs, MessageFact } from '../protocol/models';
import type { MessagesPage } from '../protocol/rest';
import type { PageCursor } from './reading';

/**
 * A page of messages as the query cache holds it: ids and where it ends. The rows stand in the state.
 *
 * @public
 */
export interface PageOfIds {
  /** Oldest first, without those of the pages beside it. */
  readonly ids: readonly string[];
  readonly hasOlder: boolean;
  /** When the oldest and the newest message that it speaks of were made; `null`: there are none. */
  readonly oldestAt: EpochMs | null;
  readonly newestAt: EpochMs | null;
  /** Ids that the pages beside it will list again: their cursors overlap with it (`before` by 1 ms, `after` by 2 s). */
  readonly atOldest: readonly string[];
  readonly atNewest: readonly string[];
}

/** A message that has a place. @internal */
export type PlacedFact = MessageFact & { readonly createdAt: EpochMs };

/** Rows that have a place, each once, oldest first. @internal */
export function placedRows(pages: readonly MessagesPage[]): readonly PlacedFact[] {
  const rows = new Map<string, PlacedFact>();
  for (const { messages } of pages) {
    for (const fact of messages) {
      const { createdAt } = fact;
      if (createdAt !== undefined) rows.set(fact.id, { ...fact, createdAt });
    }
  }
  return [...rows.values()].sort((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1));
}

/** Ids of what is there to be seen. @internal */
export function shownIds(rows: readonly MessageFact[]): readonly string[] {
  return rows.flatMap(({ id, deletedAt }) => (typeof deletedAt === 'number' ? [] : [id]));
}

const idsOf = (rows: readonly PlacedFact[]): readonly string[] => rows.map(({ id }) => id);

/** The first page of a timeline. @internal */
export const newestPage: PageCursor = { side: 'newest' };

/** Where the page before goes on: "before" is 1 ms more, since the wire cuts microseconds off. @internal */
export function olderCursor({ hasOlder, oldestAt, atOldest }: PageOfIds): PageCursor | null {
  return hasOlder && oldestAt !== null ? { side: 'older', edge: oldestAt, known: atOldest } : null;
}

/**
 * Where the page after goes on: a little earlier, since a read may miss what was just written.
 *
 * @param pages - All that there are, the newest first.
 * @internal
 */
export function newerCursor(pages: readonly PageOfIds[]): PageCursor {
  const [first, ...others] = pages;
  if (first === undefined || first.newestAt === null) return newestPage;
  const edge = first.newestAt;
  // so close to the end that they are listed again as well
  const close = others.filter(({ newestAt }) => (newestAt ?? 0) >= edge - overlapMs);
  return { side: 'newer', edge, known: [...first.atNewest, ...close.flatMap(({ ids }) => ids)] };
}

/**
 * What the cache keeps of a page. Pure.
 *
 * @internal
 */
export function toPageOfIds(pages: readonly MessagesPage[], cursor: PageCursor): PageOfIds {
  const { side } = cursor;
  const edge = side === 'newest' ? null : cursor.edge;
  const known = side === 'newest' ? [] : cursor.known;
  // a server that does not know the cursor gives its newest page
  const isOnSide = ({ createdAt }: PlacedFact): boolean => {
    if (edge === null) return true;
    return side === 'older' ? createdAt <= edge : createdAt >= edge - overlapMs;
  };
  const rows = placedRows(pages).filter(isOnSide);
  const added = rows.filter(({ id }) => !known.includes(id));
  const oldestAt = rows[0]?.createdAt ?? edge;
  const newestAt =
    side === 'newer'
      ? Math.max(rows.at(-1)?.createdAt ?? 0, edge ?? 0)
      : (rows.at(-1)?.createdAt ?? edge);
  const hasMore = pages[0]?.hasMore === true;
  return {
    ids: shownIds(added),
    // what brings nothing older would be asked for again and again
    hasOlder: side === 'newer' || (hasMore && added.length > 0),
    ...{ oldestAt, newestAt },
    atOldest: withKnown(
      idsOf(rows.filter(({ createdAt }) => createdAt === oldestAt)),
      side === 'older' && oldestAt === edge ? known : [],
    ),
    atNewest: withKnown(
      idsOf(rows.filter(({ createdAt }) => createdAt >= (newestAt ?? 0) - overlapMs)),
      side === 'newer' && (newestAt ?? 0) - overlapMs <= (edge ?? 0) ? known : [],
    ),
  };
}

function withKnown(ids: readonly string[], known: readonly string[]): readonly string[] {
  return [...new Set([...known, ...ids])];
}
