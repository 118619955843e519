import type { MessageFact } from '../../protocol/models';
import { isList } from '../../protocol/raw';
import { compareKeys } from '../../state/segments';
import type { MessageListShape } from './messageList';
import { pageOf, readRows, saysMore, scopeOf, trusted } from './messageList';
import type { PlacedRow } from './messageRows';
import { createMessageRows, keepRows } from './messageRows';
import { readAt, writeAt } from './part';
import type { PatchRule, PatchSource } from './patchRule';

/** @public */
export interface InfiniteMessageListRule<
  Endpoint extends string,
  Arg,
> extends MessageListShape<Arg> {
  readonly endpoint: Endpoint;
}

/** A page that is cached, as it came. */
interface Page {
  readonly index: number;
  readonly rows: readonly unknown[];
  readonly facts: readonly MessageFact[];
  /** Where its oldest row stands. */
  readonly first: { readonly at: number; readonly id: string };
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
  const rows = createMessageRows(rule);
  const { at = [], newestFirst = false, hasMore = saysMore } = rule;

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
        if (compareKeys(createdAt, id, first.at, first.id) < 0) first = { at: createdAt, id };
      }
      return { index, rows: held, facts, first };
    });
    return pages.sort((a, b) => compareKeys(b.first.at, b.first.id, a.first.at, a.first.id));
  };

  return {
    endpoint: rule.endpoint,
    topics: (source) => [`messages:${scopeOf(rule, source).channelId}`],
    facts(source, asked) {
      const scope = scopeOf(rule, source);
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
      return [pageOf(facts, scope, isMore, trusted(asked, isWhole), before)];
    },
    project(source, view, last) {
      const scope = scopeOf(rule, source);
      const pages = pagesIn(source, scope.channelId);
      if (pages.length === 0) return last ?? source.data;
      const held = pages.flatMap((page) => page.rows);
      const byPage = pages.map((): PlacedRow[] => []);
      let page = pages.length - 1;
      for (const row of rows.placed(held, scope, view)) {
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
      const scope = scopeOf(rule, source);
      const held = pagesIn(source, scope.channelId).flatMap((page) => page.rows);
      return rows.isLoaded(held, scope, view);
    },
  };
}

/** Whether a row stands in a page, or beyond it. An empty page holds nothing that another one could. */
function isReached(page: Page | undefined, { at, id }: PlacedRow): boolean {
  if (page === undefined) return false;
  return compareKeys(at, id, page.first.at, page.first.id) >= 0 && page.first.at !== Infinity;
}
