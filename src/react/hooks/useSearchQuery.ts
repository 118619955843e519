import { useMemo } from 'react';
import { shallowEqual, useSelector } from 'react-redux';
import type { SearchHit } from '../../api/endpoints/search';
import type { HudhudApi } from '../../api/hudhudApi';
import type { SearchQuery } from '../../api/rest';
import type { HudhudRootState } from '../../selectors/root';
import type { MessageRow } from '../../selectors/row';
import { useHudhud } from '../RealtimeContext';
import type { QueryOptions, QueryView } from './useQueryEntry';
import { useQueryEntry } from './useQueryEntry';

/** What a search found. @public */
export interface SearchQueryView extends QueryView {
  /** In the server's order; what was deleted meanwhile shows as deleted. */
  readonly messages: readonly MessageRow[];
  /** Whether there are more than these. */
  readonly hasMore: boolean;
}

const searchOf = ({ endpoints }: HudhudApi) => endpoints.search;
const noHits: readonly SearchHit[] = [];

/**
 * Searches messages. An empty `q` asks for nothing.
 *
 * @public
 * @example
 * ```tsx
 * const { messages, isFetching } = useSearchQuery({ q, channelId });
 * ```
 */
export function useSearchQuery(query: SearchQuery, options: QueryOptions = {}): SearchQueryView {
  const { selectors } = useHudhud();
  const skip = (options.skip ?? false) || query.q.trim() === '';
  const { entry, view } = useQueryEntry(searchOf, query, { ...options, skip });
  const hits = entry.data?.hits ?? noHits;
  const select = useMemo(
    () => (root: HudhudRootState) =>
      hits.flatMap(
        ({ channelId, messageId }) =>
          // one that was let go meanwhile is left out until it is searched again
          selectors.selectRow(root, channelId, messageId) ?? [],
      ),
    [selectors, hits],
  );
  const messages = useSelector(select, shallowEqual);
  return { ...view, messages, hasMore: entry.data?.hasMore ?? false };
}
