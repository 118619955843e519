import { useCallback } from 'react';
import type { Draft } from '../../store/wishActions';
import { useHudhud } from '../RealtimeContext';
import type { WishResult } from './useWish';
import { useWish } from './useWish';

/** What goes along with the words. @public */
export type SendOptions = Pick<Draft, 'type' | 'uploadIds'>;

/**
 * Sends a message: it is on screen in the same dispatch, whatever the network does. The function stays the same while
 * channel and thread do.
 *
 * @public
 * @param parentId - Thread to answer in. Default: the channel itself.
 * @returns `{ ok: false, code }` where there is nothing that could be sent (`EMPTY_MESSAGE`, `MESSAGE_TOO_LONG`), or nothing to
 * answer to (`MESSAGE_UNKNOWN`, `MESSAGE_DELETED`).
 * @example
 * ```tsx
 * const send = useSendMessage(channelId);
 * const sent = send(text);
 * if (sent.ok) clear();
 * ```
 */
export function useSendMessage(
  channelId: string,
  parentId: string | null = null,
): (content: string, options?: SendOptions) => WishResult {
  const { actions } = useHudhud();
  const wish = useWish();
  return useCallback(
    (content, options) => wish(actions.sendMessage({ channelId, parentId, content, ...options })),
    [actions, wish, channelId, parentId],
  );
}
