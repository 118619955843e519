import { useMemo } from 'react';
import type { Emitter } from '../../middleware/emitter';
import type { ConnectionStatus } from '../../protocol/connectionStatus';
import { useHudhud } from '../RealtimeContext';
import { useHudhudSelector } from './useHudhudSelector';
import type { UserPresence } from './userPresence';
import { toUserPresence } from './userPresence';

/** The guide's value (1.2). @public */
export interface RealtimeContextValue {
  readonly isConnected: boolean;
  readonly connectionStatus: ConnectionStatus;
  /** Everyone who is online, away or busy. */
  readonly onlineUsers: ReadonlyMap<string, UserPresence>;
  readonly subscribe: Emitter['on'];
  readonly unsubscribe: Emitter['off'];
}

/**
 * All that the guide's context has. It changes with everybody's presence: what needs one thing of it is better off with
 * `useConnectionStatus`, `usePresence` or `useOnlineCount`.
 *
 * @public
 */
export function useRealtime(): RealtimeContextValue {
  const { subscribe, unsubscribe } = useHudhud();
  const connectionStatus = useHudhudSelector((selectors, root) =>
    selectors.selectConnectionStatus(root),
  );
  const people = useHudhudSelector((selectors, root) => selectors.selectOnlineUsers(root));
  return useMemo(
    () => ({
      isConnected: connectionStatus === 'connected',
      connectionStatus,
      onlineUsers: new Map(people.map((person) => [person.id, toUserPresence(person.id, person)])),
      subscribe,
      unsubscribe,
    }),
    [connectionStatus, people, subscribe, unsubscribe],
  );
}
