import { useSelector } from 'react-redux';
import type { HudhudSelectors } from '../../selectors/createSelectors';
import type { HudhudRootState } from '../../selectors/root';
import { useHudhud } from '../RealtimeContext';

/**
 * Reads one thing from the state of the nearest instance; the component renders again when it changes, by reference.
 *
 * @public
 * @param read - Picks from the instance's selectors.
 * @example
 * ```ts
 * const preview = useHudhudSelector((selectors, root) => selectors.selectChannelPreview(root, id));
 * ```
 */
export function useHudhudSelector<T>(
  read: (selectors: HudhudSelectors, root: HudhudRootState) => T,
): T {
  const { selectors } = useHudhud();
  return useSelector((root: HudhudRootState) => read(selectors, root));
}
