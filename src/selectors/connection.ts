import type { ConnectionPhase, ConnectionStatus } from '../protocol/connectionStatus';
import { statusOf } from '../protocol/connectionSnapshot';
import type { StreamKey } from '../protocol/batch';
import { streamOf } from '../protocol/batch';
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
  /** What is shown comes later than it would: by long polling, or by polls. */
  readonly selectIsDegraded: (root: HudhudRootState) => boolean;
  /** When the next try is due, in epoch ms by the client's clock; `null` when none is. */
  readonly selectNextRetryAt: (root: HudhudRootState) => number | null;
  /** Who is looking; `null` before sign-in. */
  readonly selectViewerId: (root: HudhudRootState) => string | null;
  /** Whether the stream tells what happens in a channel at this moment. */
  readonly selectIsCovered: (root: HudhudRootState, channelId: string) => boolean;
  /** Number of the connection that tells of a channel at this moment; `null` when none does. @internal */
  readonly selectCoveringEpoch: (root: HudhudRootState, channelId: string) => number | null;
}

/** @internal */
export function createConnectionSelectors(select: StateSelector): ConnectionSelectors {
  const selectStream = (root: HudhudRootState, stream: StreamKey = 'main') =>
    findStream(select(root).connection, stream) ?? null;
  const selectConnectionPhase = (root: HudhudRootState) => selectStream(root)?.phase ?? 'idle';
  const selectConnectionStatus = (root: HudhudRootState) =>
    statusOf(selectStream(root), select(root).connection.isPolling);
  const selectCoveringEpoch = (root: HudhudRootState, channelId: string) => {
    const { covered } = select(root).connection;
    const isOnMain = covered === null || covered.includes(channelId);
    const main = selectStream(root);
    if (main?.phase === 'open' && isOnMain) return main.epoch;
    const own = selectStream(root, streamOf(channelId));
    return own?.phase === 'open' ? own.epoch : null;
  };
  return {
    selectStream,
    selectConnectionPhase,
    selectConnectionStatus,
    selectIsConnected: (root) => selectConnectionStatus(root) === 'connected',
    selectIsDegraded: (root) => selectConnectionStatus(root) === 'degraded',
    selectNextRetryAt: (root) => selectStream(root)?.nextRetryAt ?? null,
    selectViewerId: (root) => select(root).connection.viewer?.id ?? null,
    selectIsCovered: (root, channelId) => selectCoveringEpoch(root, channelId) !== null,
    selectCoveringEpoch,
  };
}
