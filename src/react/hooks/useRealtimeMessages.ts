import { useEffect } from 'react';
import { useDispatch } from 'react-redux';
import { useHudhud } from '../RealtimeContext';
import type { TimelineView } from './useTimeline';
import { useTimeline } from './useTimeline';

/** A channel's conversation. @public */
export type RealtimeMessages = TimelineView;

/**
 * The messages of a channel, kept right while mounted: history is loaded, the stream's changes appear, what was wished is
 * shown at once, and after a break the newest page is loaded again; what may still be missing shows as a gap.
 *
 * @public
 * @example
 * ```tsx
 * const { messages, loadOlder } = useRealtimeMessages(channelId);
 * ```
 */
export function useRealtimeMessages(channelId: string): RealtimeMessages {
  const { actions } = useHudhud();
  const dispatch = useDispatch();
  useEffect(() => {
    dispatch(actions.channelOpened({ channelId }));
    return () => {
      dispatch(actions.channelClosed({ channelId }));
    };
  }, [actions, dispatch, channelId]);
  return useTimeline(channelId, null);
}
