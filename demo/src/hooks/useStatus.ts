import { useHudhudSelector, usePresence } from '@hudhud/state/react';
import type { KnownStatus } from '../i18n/strings';

/** Whether what is held of people's presence is only what was last heard. */
export function useIsPresenceStale(): boolean {
  return useHudhudSelector((selectors, root) => selectors.selectIsPresenceStale(root));
}

/** Someone's status as it may be shown: not known while the stream is down. */
export function useStatus(userId: string): KnownStatus {
  const { status } = usePresence(userId);
  return useIsPresenceStale() ? 'unknown' : status;
}
