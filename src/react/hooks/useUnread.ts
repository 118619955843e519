import { useCallback } from 'react';
import { useHudhud } from '../RealtimeContext';
import { useHudhudSelector } from './useHudhudSelector';

/** What of a channel is unread. @public */
export interface Unread {
  /** `null` while nothing is known. */
  readonly count: number | null;
  /** Whether it is exactly that many; otherwise at least. */
  readonly isExact: boolean;
  /** Where the unread line stands while the channel is open, as it was when it was opened; `null`: nowhere. */
  readonly anchorId: string | null;
  /** Everything up to a message is read. Default: up to the newest one. */
  readonly markRead: (messageId?: string) => void;
}

/**
 * How much of a channel is unread, and the way to say that it is not any more.
 *
 * @public
 * @example
 * ```tsx
 * const { count, isExact, markRead } = useUnread(channelId);
 * ```
 */
export function useUnread(channelId: string): Unread {
  const hudhud = useHudhud();
  const unread = useHudhudSelector((selectors, root) => selectors.selectUnread(root, channelId));
  const anchorId = useHudhudSelector((selectors, root) =>
    selectors.selectUnreadAnchor(root, channelId),
  );
  const markRead = useCallback(
    (messageId?: string) => {
      hudhud.markRead(channelId, messageId);
    },
    [hudhud, channelId],
  );
  return {
    count: unread?.count ?? null,
    isExact: unread?.isExact ?? false,
    anchorId,
    markRead,
  };
}
