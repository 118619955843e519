'use client';

export { RealtimeContext, RealtimeProvider, useHudhud } from './RealtimeContext';
export {
  useChannel,
  useChannelPreview,
  useChannels,
  useConnection,
  useConnectionStatus,
  useMembers,
  useNotices,
  useOnlineCount,
  useTypingUsers,
  useUser,
} from './hooks/reads';
export { useHudhudSelector } from './hooks/useHudhudSelector';
export { usePresence } from './hooks/usePresence';
export { useRealtime } from './hooks/useRealtime';
export { useRealtimeMessages } from './hooks/useRealtimeMessages';

export type { RealtimeProviderProps } from './RealtimeContext';
export type { ConnectionDetails } from './hooks/reads';
export type { RealtimeContextValue } from './hooks/useRealtime';
export type { RealtimeMessages } from './hooks/useRealtimeMessages';
export type { UserPresence } from './hooks/userPresence';
