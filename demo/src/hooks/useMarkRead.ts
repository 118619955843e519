import type { ChannelRecord, MessageRecord } from '@hudhud/state';
import { useHudhud } from '@hudhud/state/react';
import { useEffect, useEffectEvent } from 'react';
import { useAppDispatch, useAppSelector } from '../app/hooks';
import { channelRead } from '../app/reads';
import { useIsPageVisible } from './useIsPageVisible';
import { useViewerId } from './useViewerId';

/** A short rest before the server is told, so that a quick exchange is one request. */
const restMs = 1_500;
const mostIds = 50;

/** What is on screen at the end of the timeline counts as read: on this page at once, on the server a moment later. */
export function useMarkRead(
  channel: ChannelRecord,
  messages: readonly MessageRecord[],
  isAtEnd: boolean,
): void {
  const { rest } = useHudhud();
  const dispatch = useAppDispatch();
  const viewerId = useViewerId();
  const isVisible = useIsPageVisible();
  const channelId = channel.id;
  const readUpTo = useAppSelector((state) => state.reads[channelId] ?? null);
  const newestAt = messages.at(-1)?.createdAt ?? 0;
  const isReading = isAtEnd && isVisible && newestAt > (readUpTo ?? 0);

  const tellServer = useEffectEvent((since: number | null) => {
    const others = messages.filter(({ userId }) => userId !== viewerId);
    // on a first look it is the server who knows how many are new
    const count =
      since === null
        ? (channel.unreadCount ?? 0)
        : others.filter(({ createdAt }) => createdAt > since).length;
    const unread = others.slice(Math.max(0, others.length - Math.min(count, mostIds)));
    if (unread.length > 0) rest.markRead(unread.map(({ id }) => id)).catch(() => undefined);
  });

  useEffect(() => {
    if (!isReading) return undefined;
    const timer = window.setTimeout(() => {
      tellServer(readUpTo);
      dispatch(channelRead({ channelId, upTo: newestAt }));
    }, restMs);
    return () => {
      window.clearTimeout(timer);
    };
  }, [isReading, readUpTo, newestAt, channelId, dispatch]);
}
