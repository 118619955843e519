import { useMemo } from 'react';
import { useHudhud } from '../RealtimeContext';
import type { WishResult } from './useWish';
import { useWish } from './useWish';

/**
 * What can be done with a message. `target` is a row's `id`, or its `clientId` while it has no id. Each is shown at once;
 * what nobody can fulfil gives back a code and changes nothing.
 *
 * @public
 */
export interface MessageActions {
  readonly edit: (target: string, content: string) => WishResult;
  /** It leaves after `outbox.undoDeleteMs`; until then `discard(opId)` undoes it. */
  readonly remove: (target: string) => WishResult;
  readonly addReaction: (target: string, emoji: string) => WishResult;
  readonly removeReaction: (target: string, emoji: string) => WishResult;
  /** Tries a failed operation again: `row.pending.opId`. */
  readonly retry: (opId: string) => WishResult;
  /** Gives up what failed, or what was not sent yet: a deletion that waits, too. */
  readonly discard: (opId: string) => WishResult;
}

/**
 * The actions of a channel's messages; the same object while the channel is.
 *
 * @public
 * @example
 * ```tsx
 * const { remove, discard } = useMessageActions(channelId);
 * ```
 */
export function useMessageActions(channelId: string): MessageActions {
  const { actions } = useHudhud();
  const wish = useWish();
  return useMemo(
    () => ({
      edit: (target, content) => wish(actions.editMessage({ channelId, target, content })),
      remove: (target) => wish(actions.deleteMessage({ channelId, target })),
      addReaction: (target, emoji) => wish(actions.addReaction({ channelId, target, emoji })),
      removeReaction: (target, emoji) => wish(actions.removeReaction({ channelId, target, emoji })),
      retry: (opId) => wish(actions.retry({ opId })),
      discard: (opId) => wish(actions.discard({ opId })),
    }),
    [actions, wish, channelId],
  );
}
