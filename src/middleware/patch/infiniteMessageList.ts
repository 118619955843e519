import type { MessageFact } from '../../protocol/models';
import { isList } from '../../protocol/raw';
import { equalJson } from '../../state/equalJson';
import { isPageAtEnd } from './askedPlace';
import type { PlacedRow, RowPlace } from './givenRows';
import { comparePlaces } from './givenRows';
import type { ListScope } from './listRows';
import type { MessageListShape } from './messageList';
import { pageOf, readRows, saysMore, scopeOf } from './messageList';
import { createMessageRows, keepRows } from './messageRows';
import { readAt, writeAt } from './part';
import type { PatchRule, PatchSource } from './patchRule';

/** @public */
export interface InfiniteMessageListRule<
  Endpoint extends string,
  Arg,
> extends MessageListShape<Arg> {
  readonly endpoint: Endpoint;
  /**
   * Whether a page reaches up to now; without such a page, as when `maxPages` has let it go, nothing new belongs to the
   * list. Default: it was asked for with the endpoint's `initialPageParam`, or with a parameter that is no cursor.
   */
  readonly isTailPage?: (pageParam: unknown, page: unknown) => boolean;
}

/** A page that is cached, as it came. */
interface Page {
  readonly index: number;
  readonly rows: readonly unknown[];
  readonly facts: readonly MessageFact[];
  /** Where its oldest row stands. */
  readonly first: RowPlace;
}

const nowhere = { at: Infinity, id: '' };

/**
 * A rule for an infinite query whose pages are lists of messages that follow each other without a hole, whichever end
 * comes first. What is new goes to the page that reaches up to now. `at` is the place of the rows in a page.
 *
 * @public
 * @example
 * ```ts
 * infiniteMessageList({
 *   endpoint: 'getHistory',
 *   channelId: (arg: { channelId: string }) => arg.channelId,
 *   at: ['messages'],
 * });
 * ```
 */
export function infiniteMessageList<const Endpoint extends string, Arg>(
  rule: InfiniteMessageListRule<Endpoint, Arg>,
): PatchRule<Endpoint> {
  return createRule(rule, isPageAtEnd);
}

function createRule<Endpoint extends string, Arg>(
  rule: InfiniteMessageListRule<Endpoint, Arg>,
  isAtEnd: (pageParam: unknown) => boolean,
): PatchRule<Endpoint> {
  const rows = createMessageRows(rule);
  const { at = [], newestFirst = false, hasMore = saysMore, isTailPage = isAtEnd } = rule;

  const pagesOf = (data: unknown): readonly unknown[] => {
    const pages = readAt(data, ['pages']);
    return isList(pages) ? pages : [];
  };
  /** Newest page first. */
  const pagesIn = ({ data }: PatchSource, channelId: string): Page[] => {
    const pages = pagesOf(data).map((page, index): Page => {
      const list = readAt(page, at);
      const held = isList(list) ? list : [];
      const facts = held.flatMap((row) => rows.factOf(row, channelId) ?? []);
      let first = nowhere;
      for (const { createdAt = Infinity, id } of facts) {
        const place = { at: createdAt, id };
        if (comparePlaces(place, first) < 0) first = place;
      }
      return { index, rows: held, facts, first };
    });
    return pages.sort((a, b) => comparePlaces(b.first, a.first));
  };
  /** All rows, in the order in which the rows of one page are. */
  const heldIn = (pages: readonly Page[]): readonly unknown[] =>
    (newestFirst ? pages : pages.toReversed()).flatMap((page) => page.rows);
  const scopeIn = (source: PatchSource): ListScope => {
    const scope = scopeOf(rule, source);
    const params = readAt(source.data, ['pageParams']);
    const isTail = pagesOf(source.data).some((page, i) =>
      isTailPage(isList(params) ? params[i] : undefined, page),
    );
    return isTail ? scope : { ...scope, isTail };
  };

  return {
    endpoint: rule.endpoint,
    withDefinition: ({ infiniteQueryOptions }) =>
      infiniteQueryOptions === undefined
        ? createRule(rule, isAtEnd)
        : createRule(
            rule,
            (pageParam) =>
              isPageAtEnd(pageParam) || equalJson(pageParam, infiniteQueryOptions.initialPageParam),
          ),
    topics: (source) => [`messages:${scopeOf(rule, source).channelId}`],
    facts(source, asked) {
      const scope = scopeIn(source);
      const pages = pagesIn(source, scope.channelId);
      const isFresh = ({ index }: Page): boolean => asked.freshPages?.includes(index) ?? true;
      const newest = pages.findIndex(isFresh);
      if (newest < 0) return [];
      const fresh = pages.slice(newest).filter(isFresh);
      const oldest = fresh.at(-1)?.index ?? 0;
      // a page on the newer side says nothing of what lies before it, and an empty one nothing at all
      const isOldest = fresh.at(-1) === pages.at(-1);
      if (!isOldest && fresh.every((page) => page.facts.length === 0)) return [];
      const isMore = !isOldest || hasMore(pagesOf(source.data)[oldest]);
      // what is fresh ends where the next newer page begins, and does not list that page's own rows
      const next = pages[newest - 1]?.first.at;
      const before = next === undefined || next === Infinity ? null : next;
      const list = fresh.flatMap((page) => page.rows);
      const { facts, isWhole } = readRows(rows, list, scope.channelId, asked);
      return [pageOf(facts, scope, isMore, asked, { isWhole, before })];
    },
    project(source, view, last) {
      const scope = scopeIn(source);
      const pages = pagesIn(source, scope.channelId);
      if (pages.length === 0) return last ?? source.data;
      const byPage = pages.map((): PlacedRow[] => []);
      let page = pages.length - 1;
      for (const row of rows.placed(heldIn(pages), scope, view)) {
        while (page > 0 && isReached(pages[page - 1], row)) page--;
        byPage[page]?.push(row);
      }
      const known = pagesOf(last);
      let isSame = last !== undefined && known.length === pages.length;
      const made = [...pagesOf(source.data)];
      pages.forEach(({ index, rows: given }, i) => {
        const list = (byPage[i] ?? []).map(({ row }) => row);
        const lastPage = known[index];
        const lastRows = lastPage === undefined ? given : readAt(lastPage, at);
        const kept = keepRows(newestFirst ? list.reverse() : list, lastRows);
        isSame &&= kept === lastRows;
        if (kept === lastRows && lastPage !== undefined) made[index] = lastPage;
        else if (kept !== given) made[index] = writeAt(made[index], at, kept);
      });
      return isSame ? last : writeAt(source.data, ['pages'], made);
    },
    isLoaded(source, view) {
      const scope = scopeIn(source);
      return rows.isLoaded(heldIn(pagesIn(source, scope.channelId)), scope, view);
    },
  };
}

/** Whether a row stands in a page, or beyond it. An empty page holds nothing that another one could. */
function isReached(page: Page | undefined, row: PlacedRow): boolean {
  if (page === undefined) return false;
  return comparePlaces(row, page.first) >= 0 && page.first.at !== Infinity;
}
