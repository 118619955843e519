import type { Asked } from '../actions/history';
import type { CountsReceived } from '../actions/reads';
import type { UnreadCounts } from '../protocol/rest';
import type { HudhudSelectors } from '../selectors/createSelectors';
import type { HudhudRootState } from '../selectors/root';

/**
 * Turns a list of bare counts into the payload of its action. The answer does not say up to which message it counts: up
 * to the newest one that is held when it comes, which no reducer could know. Pure.
 *
 * @internal
 */
export function toCountsReceived(
  { selectHeldTimeline }: HudhudSelectors,
  root: HudhudRootState,
  { channels }: UnreadCounts,
  asked: Asked & { readonly isLive: boolean },
): CountsReceived {
  const counts = Object.entries(channels).map(([channelId, count]) => {
    const newest = selectHeldTimeline(root, channelId, null)?.segments.at(-1)?.at(-1);
    return { channelId, count, lastAt: newest?.createdAt ?? null };
  });
  return { ...asked, counts };
}
