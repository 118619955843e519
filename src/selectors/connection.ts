import type { ConnectionPhase, ConnectionStatus } from '../protocol/connectionStatus';
import { toConnectionStatus } from '../protocol/connectionStatus';
import type { StreamKey } from '../protocol/batch';
import type { StreamState } from '../state/connection';
import { findStream } from '../state/connection';
import type { HudhudRootState, StateSelector } from './root';

/** @public */
export interface ConnectionSelectors {
  /** The main stream, or `null` before it was ever started. */
  readonly selectStream: (root: HudhudRootState, stream?: StreamKey) => StreamState | null;
  readonly selectConnectionPhase: (root: HudhudRootState) => ConnectionPhase;
  /** The guide's word for the connection. */
  readonly selectConnectionStatus: (root: HudhudRootState) => ConnectionStatus;
  readonly selectIsConnected: (root: HudhudRootState) => boolean;
  /** When the next try is due, in epoch ms by the client's clock; `null` when none is. */
  readonly selectNextRetryAt: (root: HudhudRootState) => number | null;
  /** Who is looking; `null` before sign-in. */
  readonly selectViewerId: (root: HudhudRootState) => string | null;
  /** Whether the stream tells what happens in a channel at this moment. */
  readonly selectIsCovered: (root: HudhudRootState, channelId: string) => boolean;
}

/** @internal */
export function createConnectionSelectors(select: StateSelector): ConnectionSelectors {
  const selectStream = (root: HudhudRootState, stream: StreamKey = 'main') =>
    findStream(select(root).connection, stream) ?? null;
  const selectConnectionPhase = (root: HudhudRootState) => selectStream(root)?.phase ?? 'idle';
  return {
    selectStream,
    selectConnectionPhase,
    selectConnectionStatus: (root) => toConnectionStatus(selectConnectionPhase(root)),
    selectIsConnected: (root) => selectConnectionPhase(root) === 'open',
    selectNextRetryAt: (root) => selectStream(root)?.nextRetryAt ?? null,
    selectViewerId: (root) => select(root).connection.viewer?.id ?? null,
    selectIsCovered: (root, channelId) => {
      const { covered } = select(root).connection;
      const isOnMain = covered === null || covered.includes(channelId);
      return (
        (isOnMain && selectConnectionPhase(root) === 'open') ||
        selectStream(root, `channel:${channelId}`)?.phase === 'open'
      );
    },
  };
}
