import type { ChannelRecord } from '@hudhud/state';
import { useHudhudSelector } from '@hudhud/state/react';
import { useAppSelector } from '../app/hooks';
import { useViewerId } from './useViewerId';

/**
 * Unread messages of a channel: what the server counted when it last listed the channel, unless it was read here since,
 * and what the stream has brought after that.
 */
export function useUnreadCount(channel: ChannelRecord): number {
  const viewerId = useViewerId();
  const readUpTo = useAppSelector((state) => state.reads[channel.id] ?? 0);
  const countedUpTo = channel.lastMessage?.createdAt ?? 0;
  const counted = readUpTo >= countedUpTo ? 0 : (channel.unreadCount ?? 0);
  const since = Math.max(readUpTo, countedUpTo);
  const arrived = useHudhudSelector((selectors, root) => {
    let count = 0;
    const messages = selectors.selectMessages(root, channel.id);
    for (let i = messages.length - 1; i >= 0; i--) {
      const message = messages[i];
      if (message === undefined || message.createdAt <= since) break;
      if (message.userId !== viewerId && !message.isDeleted) count += 1;
    }
    return count;
  });
  return counted + arrived;
}
