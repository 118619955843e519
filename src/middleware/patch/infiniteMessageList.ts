import type { MessageFact } from '../../protocol/models';
import { isList, isObject, isRaw } from '../../protocol/raw';
import { equalJson } from '../../state/equalJson';
import { isPageAtEnd } from './askedPlace';
import type { PlacedRow, RowPlace } from './givenRows';
import { comparePlaces } from './givenRows';
import type { ListScope } from './listRows';
import type { MessageListShape } from './messageList';
import { pageOf, readRows, saysMore, scopeOf } from './messageList';
import { createMessageRows, hasOwnRows, keepRows } from './messageRows';
import { readAt, writeAt } from './part';
import type { PatchRule, PatchSource, PatchView } from './patchRule';

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
  /** Where its oldest row stands; `nowhere` if it has none. */
  readonly first: RowPlace;
  readonly last: RowPlace;
}

/** The pages of an answer: looked at once, since what is shown is made of them as often as something happens. */
interface Pages {
  readonly channelId: string;
  /** Newest page first. */
  readonly pages: readonly Page[];
  /** All rows, in the order in which the rows of one page are. */
  readonly held: readonly unknown[];
  /** How many pages, from the newest on, are empty. */
  readonly empty: number;
  /** None of the others reaches into the next one. */
  readonly isApart: boolean;
}

/** What a page that is shown was made of. */
interface MadePage {
  readonly placed: readonly PlacedRow[];
  /** The page as it came. */
  readonly answer: unknown;
}

type PlacedPages = readonly (readonly PlacedRow[])[];

const nowhere = { at: Infinity, id: '' };
const beforeAll = { at: -Infinity, id: '' };
const noneThere: readonly PlacedRow[] = [];

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
  const readPages = (data: unknown, channelId: string): Pages => {
    const pages = pagesOf(data).map((page, index): Page => {
      const list = readAt(page, at);
      const held = isList(list) ? list : [];
      const facts = held.flatMap((row) => rows.factOf(row, channelId) ?? []);
      let [first, last]: readonly RowPlace[] = [nowhere, beforeAll];
      for (const { createdAt, id } of facts) {
        const place = { at: createdAt ?? Infinity, id };
        if (comparePlaces(place, first ?? nowhere) < 0) first = place;
        if (comparePlaces(place, last ?? beforeAll) > 0) last = place;
      }
      return { index, rows: held, facts, first: first ?? nowhere, last: last ?? beforeAll };
    });
    pages.sort((a, b) => comparePlaces(b.first, a.first));
    const empty = pages.filter(({ first }) => first.at === Infinity).length;
    return {
      ...{ channelId, pages, empty },
      held: (newestFirst ? pages : pages.toReversed()).flatMap((page) => page.rows),
      isApart: pages.slice(empty + 1).every(({ last }, i) => {
        const newer = pages[empty + i];
        return newer !== undefined && comparePlaces(last, newer.first) < 0;
      }),
    };
  };
  const read = new WeakMap<object, Pages>();
  const pagesIn = ({ data }: PatchSource, { channelId }: ListScope): Pages => {
    // there are pages in no other data
    const key = isRaw(data) ? data : null;
    const known = key === null ? undefined : read.get(key);
    if (known?.channelId === channelId) return known;
    const made = readPages(data, channelId);
    if (key !== null) read.set(key, made);
    return made;
  };
  /** Page by page: of those that nothing has changed in, the same as the last time. */
  const placedApart = (
    { pages, empty, isApart }: Pages,
    scope: ListScope,
    view: PatchView,
  ): PlacedPages | null => {
    if (!isApart || empty === pages.length) return null;
    const placed: (readonly PlacedRow[])[] = [];
    for (const [i, page] of pages.entries()) {
      const newer = i > empty ? (pages[i - 1]?.first ?? null) : null;
      const own = newer === null ? scope : { ...scope, isTail: false };
      const made = i < empty ? noneThere : rows.placedUntil(page.rows, own, view, newer);
      if (made === null) return null;
      placed.push(made);
    }
    return placed;
  };
  const placedTogether = (
    { pages, held }: Pages,
    scope: ListScope,
    view: PatchView,
  ): PlacedPages => {
    const byPage = pages.map((): PlacedRow[] => []);
    let page = pages.length - 1;
    for (const row of rows.placed(held, scope, view)) {
      while (page > 0 && isReached(pages[page - 1], row)) page--;
      byPage[page]?.push(row);
    }
    return byPage;
  };
  /** What a page was made of: what lies beside its rows is as its answer says it. */
  const madeOf = new WeakMap<object, MadePage>();
  /** Which answer a result was made of. */
  const dataOf = new WeakMap<object, unknown>();
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
    hasOwnRows: hasOwnRows(rule),
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
      const { pages } = pagesIn(source, scope);
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
      const held = pagesIn(source, scope);
      const { pages } = held;
      if (pages.length === 0) return last ?? source.data;
      const byPage = placedApart(held, scope, view) ?? placedTogether(held, scope, view);
      const known = pagesOf(last);
      const told = pagesOf(source.data);
      let isSame = known.length === pages.length;
      const made = [...told];
      pages.forEach(({ index, rows: given }, i) => {
        const placed = byPage[i] ?? noneThere;
        const lastPage = known[index];
        const before = isObject(lastPage) ? madeOf.get(lastPage) : undefined;
        const isToldSo = before?.answer === told[index];
        if (isToldSo && before?.placed === placed) {
          made[index] = lastPage;
          return;
        }
        const list = placed.map(({ row }) => row);
        const lastRows = lastPage === undefined ? given : readAt(lastPage, at);
        const kept = keepRows(newestFirst ? list.reverse() : list, lastRows);
        if (isToldSo && kept === lastRows) made[index] = lastPage;
        else if (kept !== given) made[index] = writeAt(made[index], at, kept);
        isSame &&= made[index] === lastPage;
        const page = made[index];
        if (isObject(page)) madeOf.set(page, { placed, answer: told[index] });
      });
      if (isSame && isObject(last) && dataOf.get(last) === source.data) return last;
      const next = writeAt(source.data, ['pages'], made);
      if (isObject(next)) dataOf.set(next, source.data);
      return next;
    },
    isLoaded(source, view) {
      const scope = scopeIn(source);
      return rows.isLoaded(pagesIn(source, scope).held, scope, view);
    },
  };
}

/** Whether a row stands in a page, or beyond it. An empty page holds nothing that another one could. */
function isReached(page: Page | undefined, row: PlacedRow): boolean {
  if (page === undefined) return false;
  return comparePlaces(row, page.first) >= 0 && page.first.at !== Infinity;
}
