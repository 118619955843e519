import type { ThunkAction, ThunkDispatch, UnknownAction } from '@reduxjs/toolkit';
import { skipToken } from '@reduxjs/toolkit/query';
import { useCallback, useEffect, useMemo, useRef } from 'react';
import { useDispatch, useSelector } from 'react-redux';
import type { HudhudApi } from '../../api/hudhudApi';
import type { HudhudQueryError } from '../../api/queryError';
import { HudhudError } from '../../errors';
import type { HudhudRootState } from '../../selectors/root';
import { useHudhud } from '../RealtimeContext';
import { useHudhudSelector } from './useHudhudSelector';

/** How a query runs; names and defaults are RTK Query's. @public */
export interface QueryOptions {
  /** Asks for nothing while `true`. Default `false`. */
  readonly skip?: boolean;
  /** Asks again every so many ms while mounted. Default 0: never. */
  readonly pollingInterval?: number;
  /** Asks although an answer is cached: always, or where it is older than so many seconds. Default `false`. */
  readonly refetchOnMountOrArgChange?: boolean | number;
}

/** Where a query is. @public */
export interface QueryView {
  /** Nothing has come yet, and something is on its way. */
  readonly isLoading: boolean;
  /** Something is on its way. */
  readonly isFetching: boolean;
  readonly isSuccess: boolean;
  readonly isError: boolean;
  /** Why the last request failed, until one succeeds. */
  readonly error: HudhudQueryError | null;
  /** Asks again. */
  readonly refetch: () => void;
}

/** An entry of the query cache, as far as hooks look at it. @internal */
export interface QueryEntry<Data> {
  readonly isUninitialized: boolean;
  /** A request is under way, the first one or a later one. */
  readonly isLoading: boolean;
  readonly isSuccess: boolean;
  readonly isError: boolean;
  readonly data?: Data | undefined;
  readonly error?: unknown;
}

interface Started {
  readonly queryCacheKey: string;
  readonly requestId: string;
  unsubscribe(): void;
  updateSubscriptionOptions(options: { pollingInterval?: number }): void;
}

/** What a request of an endpoint may be told. @internal */
export interface InitiateOptions {
  subscribe?: boolean;
  forceRefetch?: boolean | number;
  subscriptionOptions?: { pollingInterval?: number };
}

/** An endpoint, whether it reads one thing or pages. @internal */
export interface QueryEndpoint<Arg, Entry, Options = InitiateOptions> {
  readonly initiate: (
    arg: Arg,
    options?: Options,
    // what a thunk may be dispatched to is the store's to say
    // eslint-disable-next-line @typescript-eslint/no-explicit-any
  ) => ThunkAction<Started, any, any, UnknownAction>;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly select: (arg: Arg | typeof skipToken) => (root: any) => Entry;
}

/** What a hook makes its result of. @internal */
export interface QueryRead<Entry> {
  readonly entry: Entry;
  readonly view: QueryView;
}

/** @internal */
export type QueryDispatch = ThunkDispatch<HudhudRootState, unknown, UnknownAction>;

function checkMounted({ reducerPath }: HudhudApi, root: HudhudRootState): void {
  if (root[reducerPath] !== undefined) return;
  throw new HudhudError(
    'NOT_MOUNTED',
    `The state has no "${reducerPath}", which query hooks need. Mount it: configureStore({ reducer: { ${reducerPath}: hudhud.api.reducer, … } }).`,
    { field: reducerPath },
  );
}

/** Asks the queries' own ledger, as RTK Query's hooks do. */
function isSubscribed(dispatch: QueryDispatch, api: HudhudApi, query: Started): boolean {
  // the middleware answers in the place of the action
  const answer = dispatch(api.internalActions.internal_getRTKQSubscriptions()) as unknown;
  const ledger = answer as { isRequestSubscribed(key: string, requestId: string): boolean };
  return ledger.isRequestSubscribed(query.queryCacheKey, query.requestId);
}

/** What an argument says, for comparing; empty for none. @internal */
export function keyOf(arg: unknown): string {
  return arg === undefined ? '' : JSON.stringify(arg);
}

/** @internal */
export function argOf(key: string): unknown {
  return key === '' ? undefined : JSON.parse(key);
}

/**
 * Keeps a query running while mounted: one request under StrictMode too, none on a server, where effects do not run. It
 * starts again in the next session, since the end of one empties the cache.
 *
 * @internal
 * @param pick - Names the endpoint.
 * @param arg - Plain JSON, compared by what it says.
 */
export function useQueryEntry<Arg, Data, Entry extends QueryEntry<Data>>(
  pick: (api: HudhudApi) => QueryEndpoint<Arg, Entry>,
  arg: Arg,
  { skip = false, pollingInterval = 0, refetchOnMountOrArgChange = false }: QueryOptions = {},
): QueryRead<Entry> {
  const hudhud = useHudhud();
  const { api } = hudhud;
  const dispatch = useDispatch<QueryDispatch>();
  const viewerId = useHudhudSelector(
    ({ selectHudhud }, root) => selectHudhud(root).connection.viewer?.id ?? null,
  );
  const endpoint = pick(api);
  const key = keyOf(arg);
  const select = useMemo(
    () => endpoint.select(skip ? skipToken : (argOf(key) as Arg)),
    [endpoint, key, skip],
  );
  const entry = useSelector((root: HudhudRootState) => {
    checkMounted(api, root);
    return select(root);
  });
  const started = useRef<Started | null>(null);
  const how = useRef({ pollingInterval, refetchOnMountOrArgChange });
  const start = useCallback(() => {
    // throws where no store has the middleware: RTK Query would name one of its own, and only while developing
    hudhud.getStatus();
    return dispatch(
      endpoint.initiate(argOf(key) as Arg, {
        subscriptionOptions: { pollingInterval: how.current.pollingInterval },
        forceRefetch: how.current.refetchOnMountOrArgChange,
      }),
    );
  }, [hudhud, dispatch, endpoint, key]);
  useEffect(() => {
    how.current = { pollingInterval, refetchOnMountOrArgChange };
    started.current?.updateSubscriptionOptions({ pollingInterval });
  }, [pollingInterval, refetchOnMountOrArgChange]);
  // before the effect that starts: what was not started is not lost
  const { isUninitialized, isError } = entry;
  useEffect(() => {
    const query = started.current;
    // an entry that time travel took away still has its subscriber: nothing is asked for then (L19)
    if (query === null || viewerId === null || isSubscribed(dispatch, api, query)) return;
    started.current = start();
  }, [api, dispatch, isUninitialized, viewerId, start]);
  useEffect(() => {
    if (skip) return undefined;
    started.current = start();
    return () => {
      started.current?.unsubscribe();
      started.current = null;
    };
  }, [skip, start]);
  const refetch = useCallback(() => {
    if (skip) return;
    dispatch(endpoint.initiate(argOf(key) as Arg, { subscribe: false, forceRefetch: true }));
  }, [dispatch, endpoint, key, skip]);

  const isFetching = !skip && (isUninitialized || entry.isLoading);
  return {
    entry,
    view: {
      isLoading: isFetching && entry.data === undefined,
      isFetching,
      isSuccess: entry.data !== undefined,
      isError,
      // what stands in the state was made by our own base query
      error: isError ? (entry.error as HudhudQueryError) : null,
      refetch,
    },
  };
}
