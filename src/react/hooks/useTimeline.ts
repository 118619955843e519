import { useMemo } from 'react';
import { useDispatch } from 'react-redux';
import { pageKey } from '../../actions/load';
import type { HudhudErrorCode } from '../../errors';
import type { EpochMs } from '../../protocol/models';
import type { Gap } from '../../selectors/gaps';
import type { MessageRow } from '../../selectors/row';
import type { LoadState } from '../../state/loads';
import { useHudhud } from '../RealtimeContext';
import { useHudhudSelector } from './useHudhudSelector';

/** A conversation, for a message list. @public */
export interface TimelineView {
  /** Oldest first, what is on its way last. The same array until something that is shown changes. */
  readonly messages: readonly MessageRow[];
  /** Holes in it: messages may be missing between `after` and `before`. The row after one has it as `gapBefore`. */
  readonly gaps: readonly Gap[];
  /** Whether anything is known of it; `false` means "not loaded yet", not "empty". */
  readonly isKnown: boolean;
  /** Whether it reaches now and the stream brings what comes. */
  readonly isLive: boolean;
  readonly hasOlder: boolean;
  /** Whether it ends before now, and the stream does not bring the rest. */
  readonly hasNewer: boolean;
  /** Whether a page at one of its ends is being loaded. */
  readonly isLoading: boolean;
  /** Why the last request for one of its ends failed, until one succeeds. */
  readonly error: HudhudErrorCode | null;
  /** Loads the page before the oldest message. */
  readonly loadOlder: () => void;
  /** Loads the page after the newest one, where `hasNewer`. */
  readonly loadNewer: () => void;
  /** Loads the newest page again. */
  readonly reload: () => void;
  /** Loads what stands around a moment, unless it is known. */
  readonly jumpTo: (at: EpochMs) => void;
  /** Loads a page into a gap, from its older side on. */
  readonly fillGap: (gap: Gap) => void;
}

function useLoad(
  channelId: string,
  parentId: string | null,
  side: 'newest' | 'older' | 'newer',
): LoadState | null {
  return useHudhudSelector((selectors, root) =>
    selectors.selectLoad(root, pageKey(channelId, parentId, side)),
  );
}

/**
 * Reads a conversation; who shows it has said so already.
 *
 * @internal
 */
export function useTimeline(channelId: string, parentId: string | null): TimelineView {
  const { actions } = useHudhud();
  const dispatch = useDispatch();
  const messages = useHudhudSelector((selectors, root) =>
    selectors.selectTimeline(root, channelId, parentId),
  );
  const info = useHudhudSelector((selectors, root) =>
    selectors.selectTimelineInfo(root, channelId, parentId),
  );
  const newest = useLoad(channelId, parentId, 'newest');
  const older = useLoad(channelId, parentId, 'older');
  const newer = useLoad(channelId, parentId, 'newer');
  const loads = [newest, older, newer];
  const controls = useMemo(() => {
    const ref = { channelId, parentId };
    return {
      loadOlder: () => void dispatch(actions.loadHistory({ ...ref, side: 'older' })),
      loadNewer: () => void dispatch(actions.loadHistory({ ...ref, side: 'newer' })),
      reload: () => void dispatch(actions.loadHistory({ ...ref, side: 'newest' })),
      jumpTo: (at: EpochMs) => void dispatch(actions.jumpTo({ ...ref, at })),
      fillGap: (gap: Gap) => void dispatch(actions.fillGap({ ...ref, ...gap })),
    };
  }, [actions, dispatch, channelId, parentId]);
  return {
    messages,
    ...info,
    ...controls,
    isLoading: loads.some((known) => known?.status === 'loading'),
    error: loads.find((known) => known !== null && known.code !== null)?.code ?? null,
  };
}
