import { useCallback, useEffect } from 'react';
import { useDispatch } from 'react-redux';
import { pageKey } from '../../actions/load';
import type { HudhudErrorCode } from '../../errors';
import type { Gap } from '../../selectors/message';
import type { MessageRecord } from '../../state/messageRecord';
import { useHudhud } from '../RealtimeContext';
import { useHudhudSelector } from './useHudhudSelector';

/** A channel's timeline, for a message list. @public */
export interface RealtimeMessages {
  /** Oldest first. The same array until something that is shown changes. */
  readonly messages: readonly MessageRecord[];
  /** Holes in it: messages may be missing between `after` and `before`. */
  readonly gaps: readonly Gap[];
  /** Whether anything is known of the channel; `false` means "not loaded yet", not "empty". */
  readonly isKnown: boolean;
  /** Whether it reaches now and the stream brings what comes. */
  readonly isLive: boolean;
  readonly hasOlder: boolean;
  readonly isLoading: boolean;
  /** Why the last request for this timeline failed, until one succeeds. */
  readonly error: HudhudErrorCode | null;
  /** Loads the page before the newest stretch that is known. */
  readonly loadOlder: () => void;
  /** Loads the newest page again. */
  readonly reload: () => void;
}

/**
 * The messages of a channel, kept right while mounted: history is loaded, the stream's changes appear, and after a
 * break the newest page is loaded again; what may still be missing shows as a gap.
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

  const messages = useHudhudSelector((selectors, root) =>
    selectors.selectMessages(root, channelId),
  );
  const info = useHudhudSelector((selectors, root) =>
    selectors.selectTimelineInfo(root, channelId),
  );
  const newest = useHudhudSelector((selectors, root) =>
    selectors.selectLoad(root, pageKey(channelId, null, 'newest')),
  );
  const older = useHudhudSelector((selectors, root) =>
    selectors.selectLoad(root, pageKey(channelId, null, 'older')),
  );
  const loadOlder = useCallback(() => {
    dispatch(actions.loadHistory({ channelId, parentId: null, side: 'older' }));
  }, [actions, dispatch, channelId]);
  const reload = useCallback(() => {
    dispatch(actions.loadHistory({ channelId, parentId: null, side: 'newest' }));
  }, [actions, dispatch, channelId]);
  return {
    messages,
    ...info,
    isLoading: newest?.status === 'loading' || older?.status === 'loading',
    error: newest?.code ?? older?.code ?? null,
    loadOlder,
    reload,
  };
}
