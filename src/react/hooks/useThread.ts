import { useEffect } from 'react';
import { useDispatch } from 'react-redux';
import type { MessageRow } from '../../selectors/row';
import { useHudhud } from '../RealtimeContext';
import { useHudhudSelector } from './useHudhudSelector';
import type { TimelineView } from './useTimeline';
import { useTimeline } from './useTimeline';

/** A thread. @public */
export interface Thread extends TimelineView {
  /** The message that it hangs on; `null` while that is not held. */
  readonly parent: MessageRow | null;
}

/**
 * The replies to a message, kept right while mounted, by the same rules as a channel.
 *
 * @public
 * @example
 * ```tsx
 * const { parent, messages } = useThread(channelId, messageId);
 * ```
 */
export function useThread(channelId: string, parentId: string): Thread {
  const { actions } = useHudhud();
  const dispatch = useDispatch();
  useEffect(() => {
    dispatch(actions.threadOpened({ channelId, parentId }));
    return () => {
      dispatch(actions.threadClosed({ channelId, parentId }));
    };
  }, [actions, dispatch, channelId, parentId]);
  const parent = useHudhudSelector((selectors, root) =>
    selectors.selectRow(root, channelId, parentId),
  );
  return { parent, ...useTimeline(channelId, parentId) };
}
