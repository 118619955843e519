import { useMemo } from 'react';
import { useHudhudSelector } from './useHudhudSelector';
import type { UserPresence } from './userPresence';
import { toUserPresence } from './userPresence';

/**
 * Whether someone is there; `offline` when nothing was heard of them. Changes only when that person's presence does.
 *
 * @public
 */
export function usePresence(userId: string): UserPresence {
  const record = useHudhudSelector((selectors, root) => selectors.selectPresence(root, userId));
  return useMemo(() => toUserPresence(userId, record), [userId, record]);
}
