import type { HudhudSelectors } from '../selectors/createSelectors';
import type { HudhudRootState } from '../selectors/root';

/**
 * Whether one connection told of a channel from one moment to another: then what was read in between joins what the
 * stream tells.
 *
 * @internal
 */
export function isLiveSince(
  { selectCoveringEpoch }: Pick<HudhudSelectors, 'selectCoveringEpoch'>,
  before: HudhudRootState,
  now: HudhudRootState,
  channelId: string,
): boolean {
  const epoch = selectCoveringEpoch(before, channelId);
  return epoch !== null && epoch === selectCoveringEpoch(now, channelId);
}
