/* eslint-disable @typescript-eslint/no-unused-vars, @typescript-eslint/no-unsafe-call, @typescript-eslint/no-unsafe-return, @typescript-eslint/consistent-type-imports -- nothing here runs: values exist for their types, and some must not compile */
import type {
  ChannelRecord,
  ConnectionStatus,
  HudhudQueryError,
  MessageRow,
  PresenceRecord,
} from '@hudhud/state';
import type { RealtimeContextValue, RealtimeMessages, UserPresence } from '@hudhud/state/react';
import {
  RealtimeProvider,
  useChannels,
  useConnection,
  useConnectionStatus,
  useHudhud,
  useHudhudSelector,
  useMessagesQuery,
  useOnlineCount,
  usePresence,
  useRealtime,
  useRealtimeMessages,
  useSearchQuery,
  useTypingUsers,
  useUnreadQuery,
  useWorkspaceQuery,
} from '@hudhud/state/react';
import type { Hudhud } from '@hudhud/state';
import { isSame } from './expectType';

declare const hudhud: Hudhud;
declare const read: RealtimeMessages;
// @ts-expect-error -- readonly
read.isLoading = true;

// the guide's RealtimeContextValue (1.2), and four more words
isSame<RealtimeContextValue['isConnected'], boolean>(true);
isSame<
  RealtimeContextValue['connectionStatus'],
  | 'connecting'
  | 'connected'
  | 'disconnected'
  | 'error'
  | 'reconnecting'
  | 'offline'
  | 'authRequired'
  | 'degraded'
>(true);
isSame<RealtimeContextValue['onlineUsers'], ReadonlyMap<string, UserPresence>>(true);
declare const presence: UserPresence;
isSame<typeof presence.lastSeen, Date | null>(true);
isSame<typeof presence.userId, string>(true);
isSame<UserPresence['currentChannel'], string | undefined>(true);
declare const value: RealtimeContextValue;
// @ts-expect-error -- the map is ours
value.onlineUsers.set('x', presence);

export function useEverything(channelId: string): void {
  const { subscribe, unsubscribe } = useRealtime();
  const handler = (event: { readonly type: string }) => event.type;
  subscribe('channel_message', handler);
  unsubscribe('channel_message', handler);
  // @ts-expect-error -- no such type of event
  subscribe('channel_massage', handler);

  const timeline = useRealtimeMessages(channelId);
  isSame<typeof timeline, RealtimeMessages>(true);
  isSame<typeof timeline.messages, readonly MessageRow[]>(true);
  isSame<typeof timeline.loadOlder, () => void>(true);

  isSame<ReturnType<typeof useConnectionStatus>, ConnectionStatus>(true);
  isSame<ReturnType<typeof usePresence>, UserPresence>(true);
  isSame<ReturnType<typeof useOnlineCount>, number>(true);
  isSame<ReturnType<typeof useChannels>, readonly ChannelRecord[]>(true);
  isSame<ReturnType<typeof useConnection>['nextRetryAt'], number | null>(true);
  isSame<ReturnType<typeof useHudhud>, Hudhud>(true);
  isSame<ReturnType<typeof useTypingUsers>[number]['username'], string | null>(true);

  // queries give rows, not what their cache holds
  const query = useMessagesQuery(channelId, { limit: 20, skip: false, pollingInterval: 1_000 });
  isSame<typeof query.messages, readonly MessageRow[]>(true);
  isSame<typeof query.error, HudhudQueryError | null>(true);
  isSame<ReturnType<typeof useSearchQuery>['messages'], readonly MessageRow[]>(true);
  isSame<ReturnType<typeof useUnreadQuery>['count'], number | null>(true);
  // @ts-expect-error -- no such option
  useMessagesQuery(channelId, { refetchOnFocusing: true });
  // @ts-expect-error -- a workspace has two names
  useWorkspaceQuery({ projectSlug: 'hudhud' });

  // what is read is what comes back
  const online = useHudhudSelector((selectors, root) => selectors.selectOnlineUsers(root));
  isSame<typeof online, readonly PresenceRecord[]>(true);
  const names = useHudhudSelector((selectors, root) => selectors.selectProject(root)?.name ?? null);
  isSame<typeof names, string | null>(true);
  // @ts-expect-error -- no such selector
  useHudhudSelector((selectors, root) => selectors.selectEverything(root));
}

export const mounted = <RealtimeProvider hudhud={hudhud}>text</RealtimeProvider>;
// @ts-expect-error -- the instance belongs to it
export const lonely = <RealtimeProvider>text</RealtimeProvider>;
