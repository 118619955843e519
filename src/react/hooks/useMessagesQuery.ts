import type { HudhudApi } from '../../api/hudhudApi';
import type { TimelineQueryOptions, TimelineQueryView } from './useTimelineQuery';
import { useTimelineQuery } from './useTimelineQuery';

const messagesOf = ({ endpoints }: HudhudApi) => endpoints.messages;
const repliesOf = ({ endpoints }: HudhudApi) => endpoints.replies;

/**
 * The messages of a channel by the query `hudhud.api.endpoints.messages`: the rows that `useRealtimeMessages` gives, with
 * the loading state of a query.
 *
 * @public
 * @example
 * ```tsx
 * const { messages, isLoading, hasOlder, fetchOlder } = useMessagesQuery(channelId);
 * ```
 */
export function useMessagesQuery(
  channelId: string,
  { limit, ...options }: TimelineQueryOptions = {},
): TimelineQueryView {
  const arg = { channelId, ...(limit === undefined ? {} : { limit }) };
  return useTimelineQuery(messagesOf, arg, channelId, null, options);
}

/**
 * The replies of a thread by the query `hudhud.api.endpoints.replies`.
 *
 * @public
 * @example
 * ```tsx
 * const { messages, isLoading } = useRepliesQuery(channelId, messageId);
 * ```
 */
export function useRepliesQuery(
  channelId: string,
  parentId: string,
  { limit, ...options }: TimelineQueryOptions = {},
): TimelineQueryView {
  const arg = { channelId, parentId, ...(limit === undefined ? {} : { limit }) };
  return useTimelineQuery(repliesOf, arg, channelId, parentId, options);
}
