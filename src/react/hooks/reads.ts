import { useCallback } from 'react';
import { useDispatch } from 'react-redux';
import type { HudhudErrorCode } from '../../errors';
import type { ConnectionPhase, ConnectionStatus } from '../../protocol/connectionStatus';
import type { MessagePreview } from '../../protocol/models';
import type { StorageView, SyncStatus } from '../../selectors/sync';
import type { ChannelRecord } from '../../state/channels';
import type { MemberRecord } from '../../state/members';
import type { Notice } from '../../state/notices';
import type { UserRecord } from '../../state/users';
import { useHudhud } from '../RealtimeContext';
import { useHudhudSelector } from './useHudhudSelector';

/** The guide's word for the connection. @public */
export function useConnectionStatus(): ConnectionStatus {
  return useHudhudSelector((selectors, root) => selectors.selectConnectionStatus(root));
}

/** The connection in detail, for a status bar. @public */
export interface ConnectionDetails {
  readonly status: ConnectionStatus;
  readonly phase: ConnectionPhase;
  /** When it came to be so, epoch ms by the client's clock; `null` before it was ever started. */
  readonly since: number | null;
  /** When the next try is due, epoch ms by the client's clock. */
  readonly nextRetryAt: number | null;
  /** Why it is not open. */
  readonly error: HudhudErrorCode | null;
  /** Tries now. */
  readonly retry: () => void;
}

/** Where the connection is, what went wrong, and a way to try again now. @public */
export function useConnection(): ConnectionDetails {
  const { actions } = useHudhud();
  const dispatch = useDispatch();
  const status = useConnectionStatus();
  const stream = useHudhudSelector((selectors, root) => selectors.selectStream(root));
  const retry = useCallback(() => {
    dispatch(actions.retryConnection());
  }, [actions, dispatch]);
  return {
    status,
    phase: stream?.phase ?? 'idle',
    since: stream?.since ?? null,
    nextRetryAt: stream?.nextRetryAt ?? null,
    error: stream?.error?.code ?? null,
    retry,
  };
}

/**
 * How far what is shown and the server are apart: of one channel, or of everything.
 *
 * @public
 */
export function useSyncStatus(channelId?: string): SyncStatus {
  return useHudhudSelector((selectors, root) => selectors.selectSyncStatus(root, channelId));
}

/** Whether what is wished and shown outlives the page, and what went wrong with that. @public */
export function useStorage(): StorageView {
  return useHudhudSelector((selectors, root) => selectors.selectStorage(root));
}

/** Every channel that is known, in the server's order. @public */
export function useChannels(): readonly ChannelRecord[] {
  return useHudhudSelector((selectors, root) => selectors.selectChannels(root));
}

/** One channel; `null` while it is not known. @public */
export function useChannel(channelId: string): ChannelRecord | null {
  return useHudhudSelector((selectors, root) => selectors.selectChannel(root, channelId));
}

/** A channel's last message, as a list of channels shows it. @public */
export function useChannelPreview(channelId: string): MessagePreview | null {
  return useHudhudSelector((selectors, root) => selectors.selectChannelPreview(root, channelId));
}

/**
 * Members of a channel or a project, as far as they are known: the workspace brings the project's,
 * `actions.loadMembers` a channel's.
 *
 * @public
 */
export function useMembers(scopeId: string): readonly MemberRecord[] {
  return useHudhudSelector((selectors, root) => selectors.selectMembers(root, scopeId));
}

/** Someone's names; `null` while they are not known. @public */
export function useUser(userId: string): UserRecord | null {
  return useHudhudSelector((selectors, root) => selectors.selectUser(root, userId));
}

/** How many people are online: the server's own count where it says one. @public */
export function useOnlineCount(): number {
  return useHudhudSelector((selectors, root) => selectors.selectOnlineCount(root));
}

/** Who is typing in a channel, oneself aside. @public */
export function useTypingUsers(channelId: string): readonly UserRecord[] {
  return useHudhudSelector((selectors, root) => selectors.selectTypingUsers(root, channelId));
}

/** What a person is to be told, oldest first: words of the server, and what went wrong. @public */
export function useNotices(): readonly Notice[] {
  return useHudhudSelector((selectors, root) => selectors.selectNotices(root));
}

/** Takes a notice away, by its id. @public */
export function useDismissNotice(): (id: string) => void {
  const { actions } = useHudhud();
  const dispatch = useDispatch();
  return useCallback(
    (id) => {
      dispatch(actions.dismissNotice({ id }));
    },
    [actions, dispatch],
  );
}
