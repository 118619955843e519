'use client';

export { RealtimeContext, RealtimeProvider, useHudhud } from './RealtimeContext';
export {
  useChannel,
  useChannelPreview,
  useChannels,
  useConnection,
  useConnectionStatus,
  useDismissNotice,
  useMembers,
  useNotices,
  useOnlineCount,
  useStorage,
  useSyncStatus,
  useTypingUsers,
  useUser,
} from './hooks/reads';
export {
  useChannelsQuery,
  useMembersQuery,
  useUnreadQuery,
  useWorkspaceQuery,
} from './hooks/listQueries';
export { useHudhudSelector } from './hooks/useHudhudSelector';
export { useMessageActions } from './hooks/useMessageActions';
export { useMessagesQuery, useRepliesQuery } from './hooks/useMessagesQuery';
export { usePresence } from './hooks/usePresence';
export { useRealtime } from './hooks/useRealtime';
export { useRealtimeMessages } from './hooks/useRealtimeMessages';
export { useSearchQuery } from './hooks/useSearchQuery';
export { useSendMessage } from './hooks/useSendMessage';
export { useThread } from './hooks/useThread';
export { useUnread } from './hooks/useUnread';
export { useUploads } from './hooks/useUploads';

export type { RealtimeProviderProps } from './RealtimeContext';
export type {
  ChannelsQueryView,
  MembersQueryView,
  UnreadQueryView,
  WorkspaceQueryView,
} from './hooks/listQueries';
export type { ConnectionDetails } from './hooks/reads';
export type { MessageActions } from './hooks/useMessageActions';
export type { RealtimeContextValue } from './hooks/useRealtime';
export type { RealtimeMessages } from './hooks/useRealtimeMessages';
export type { QueryOptions, QueryView } from './hooks/useQueryEntry';
export type { SearchQueryView } from './hooks/useSearchQuery';
export type { SendOptions } from './hooks/useSendMessage';
export type { Thread } from './hooks/useThread';
export type { TimelineQueryOptions, TimelineQueryView } from './hooks/useTimelineQuery';
export type { TimelineView } from './hooks/useTimeline';
export type { Unread } from './hooks/useUnread';
export type { Uploads } from './hooks/useUploads';
export type { UserPresence } from './hooks/userPresence';
export type { WishResult } from './hooks/useWish';
