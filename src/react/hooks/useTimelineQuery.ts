import { useCallback, useEffect } from 'react';
import { useDispatch, useStore } from 'react-redux';
import { pageKey } from '../../actions/load';
import type { HudhudApi } from '../../api/hudhudApi';
import type { PageOfIds } from '../../api/messagePages';
import type { Gap } from '../../selectors/gaps';
import type { MessageRow } from '../../selectors/row';
import type { HudhudRootState } from '../../selectors/root';
import { useHudhud } from '../RealtimeContext';
import { useHudhudSelector } from './useHudhudSelector';
import type {
  InitiateOptions,
  QueryDispatch,
  QueryEndpoint,
  QueryEntry,
  QueryOptions,
  QueryView,
} from './useQueryEntry';
import { argOf, keyOf, useQueryEntry } from './useQueryEntry';

/** A conversation as a query reads it. @public */
export interface TimelineQueryView extends QueryView {
  /** All that is held of it, oldest first: the stream's changes and what is on its way are in it at once. */
  readonly messages: readonly MessageRow[];
  /** Holes in it, as in `useRealtimeMessages`. */
  readonly gaps: readonly Gap[];
  /** Whether the stream brings what comes. */
  readonly isLive: boolean;
  readonly hasOlder: boolean;
  readonly isFetchingOlder: boolean;
  /** Reads the page before the oldest message. */
  readonly fetchOlder: () => void;
}

/** How many rows a page has, beside what every query takes. @public */
export interface TimelineQueryOptions extends QueryOptions {
  /** Default: the option `pageSize`. */
  readonly limit?: number;
}

interface PagedEntry extends QueryEntry<{ readonly pages: readonly PageOfIds[] }> {
  readonly isFetchingNextPage: boolean;
}

/** @internal */
export type PagedQueryEndpoint<Arg> = QueryEndpoint<
  Arg,
  PagedEntry,
  InitiateOptions & { direction?: 'forward' | 'backward'; refetchCachedPages?: boolean }
>;

const loadError = 'The page could not be loaded.';

/**
 * A paged query, its rows read from the state. While it is mounted, what it shows is kept as what every component shows:
 * read again after a break, and not let go.
 *
 * @internal
 */
export function useTimelineQuery<Arg>(
  pick: (api: HudhudApi) => PagedQueryEndpoint<Arg>,
  arg: Arg,
  channelId: string,
  parentId: string | null,
  options: QueryOptions = {},
): TimelineQueryView {
  const { actions, api, selectors } = useHudhud();
  const dispatch = useDispatch<QueryDispatch>();
  const store = useStore<HudhudRootState>();
  const { entry, view } = useQueryEntry<Arg, PagedEntry['data'], PagedEntry>(pick, arg, options);
  const endpoint = pick(api);
  const key = keyOf(arg);
  const { skip = false } = options;

  // after the effect that starts the query: what it reads at this moment is not loaded as well
  useEffect(() => {
    if (skip) return undefined;
    const { isLoading } = endpoint.select(argOf(key) as Arg)(store.getState());
    const byQuery = isLoading ? ({ byQuery: true } as const) : {};
    if (parentId === null) {
      dispatch(actions.channelOpened({ channelId, ...byQuery }));
      return () => void dispatch(actions.channelClosed({ channelId }));
    }
    const thread = { channelId, parentId };
    dispatch(actions.threadOpened({ ...thread, ...byQuery }));
    return () => void dispatch(actions.threadClosed(thread));
  }, [actions, dispatch, endpoint, key, store, channelId, parentId, skip]);

  const messages = useHudhudSelector((select, root) =>
    select.selectTimeline(root, channelId, parentId),
  );
  const info = useHudhudSelector((select, root) =>
    select.selectTimelineInfo(root, channelId, parentId),
  );
  const older = useHudhudSelector((select, root) =>
    select.selectLoad(root, pageKey(channelId, parentId, 'older')),
  );
  const fetchOlder = useCallback(() => {
    const root = store.getState();
    const last = endpoint
      .select(argOf(key) as Arg)(root)
      .data?.pages.at(-1);
    const known = selectors.selectHeldTimeline(root, channelId, parentId)?.windows[0]?.from;
    // more or less may be held than this query has read: what is shown goes on from what is held
    if (last?.hasOlder === true && last.oldestAt === known) {
      const next = { subscribe: false, direction: 'forward' } as const;
      dispatch(endpoint.initiate(argOf(key) as Arg, next));
    } else {
      dispatch(actions.loadHistory({ channelId, parentId, side: 'older' }));
    }
  }, [actions, dispatch, endpoint, key, selectors, store, channelId, parentId]);

  // what is older is held, and kept right: it is not read again
  const refetch = useCallback(() => {
    if (skip) return;
    const again = { subscribe: false, forceRefetch: true, refetchCachedPages: false };
    dispatch(endpoint.initiate(argOf(key) as Arg, again));
  }, [dispatch, endpoint, key, skip]);

  const isLoadingOlder = older?.status === 'loading';
  const olderCode = older?.code ?? null;
  const olderError = olderCode === null ? null : { code: olderCode, message: loadError };
  return {
    ...view,
    ...{ messages, gaps: info.gaps, isLive: info.isLive, fetchOlder, refetch },
    hasOlder: info.isKnown && info.hasOlder,
    isFetching: view.isFetching || isLoadingOlder,
    isFetchingOlder: entry.isFetchingNextPage || isLoadingOlder,
    isError: view.isError || olderError !== null,
    error: view.error ?? olderError,
  };
}
