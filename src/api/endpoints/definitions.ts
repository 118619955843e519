import type {
  EndpointBuilder,
  InfiniteQueryDefinition,
  QueryDefinition,
} from '@reduxjs/toolkit/query';
import type { HudhudBaseQuery } from '../baseQuery';
import type { HudhudRead } from '../reading';

/** Key of the queries in types, which know the default only. What runs goes by `api.reducerPath`. @public */
export type HudhudApiPath = 'hudhudApi';

/** A query that reads one thing. @public */
export type ReadEndpoint<Arg, Result> = QueryDefinition<
  Arg,
  HudhudBaseQuery,
  never,
  Result,
  HudhudApiPath
>;

/** A query that reads page by page; "next" is older. @public */
export type PagedEndpoint<Arg, Cursor, Page> = InfiniteQueryDefinition<
  Arg,
  Cursor,
  HudhudBaseQuery,
  never,
  Page,
  HudhudApiPath
>;

/** @internal */
export type Build = EndpointBuilder<HudhudBaseQuery, never, HudhudApiPath>;

/** Defines a query; unlike `build.query` alone, it holds the result to what the read gives back. @internal */
export function readBy<Arg, Result>(
  build: Build,
  query: (arg: Arg) => HudhudRead<Result>,
): ReadEndpoint<Arg, Result> {
  return build.query<Result, Arg>({ query });
}

/** The same for a query without an argument. @internal */
export function readAlways<Result>(
  build: Build,
  read: HudhudRead<Result>,
): ReadEndpoint<void, Result> {
  // eslint-disable-next-line @typescript-eslint/no-invalid-void-type -- how RTK Query says "no argument"
  return build.query<Result, void>({ query: () => read });
}

/** How the pages of an endpoint follow each other. @internal */
export interface Paging<Arg, Cursor, Page> {
  readonly first: Cursor;
  readonly older: (last: Page) => Cursor | null;
  /** Takes all pages, the newest first. */
  readonly newer?: (pages: readonly Page[]) => Cursor;
  readonly query: (arg: Arg, cursor: Cursor) => HudhudRead<Page>;
}

/** @internal */
export function pagesBy<Arg, Cursor, Page>(
  build: Build,
  { first, older, newer, query }: Paging<Arg, Cursor, Page>,
): PagedEndpoint<Arg, Cursor, Page> {
  return build.infiniteQuery<Page, Arg, Cursor>({
    infiniteQueryOptions: {
      initialPageParam: first,
      getNextPageParam: (last) => older(last),
      ...(newer === undefined ? {} : { getPreviousPageParam: (_first, pages) => newer(pages) }),
    },
    query: ({ queryArg, pageParam }) => query(queryArg, pageParam),
  });
}
