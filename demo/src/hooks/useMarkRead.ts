import { useUnread } from '@hudhud/state/react';
import { useEffect } from 'react';
import { useIsReading } from './useIsReading';

/** A short look is no reading; and a quick exchange is one request. */
const restMs = 800;

/** What is on screen at the end of a channel counts as read while somebody is at the page. */
export function useMarkRead(channelId: string, newestId: string | null, isAtEnd: boolean): void {
  const { count, markRead } = useUnread(channelId);
  const isReading = useIsReading();
  const isNew = isAtEnd && isReading && newestId !== null && count !== 0;
  useEffect(() => {
    if (!isNew) return undefined;
    const timer = window.setTimeout(() => {
      markRead();
    }, restMs);
    return () => {
      window.clearTimeout(timer);
    };
  }, [isNew, newestId, markRead]);
}
