import type { HudhudErrorCode } from '../errors';
import type { StreamKey } from '../protocol/batch';
import type { ConnectionPhase } from '../protocol/connectionStatus';
import type { HudhudActionCreator } from './define';
import { defineAction } from './define';

/** What became of a stream. @public */
export interface ConnectionChanged {
  readonly stream: StreamKey;
  readonly phase: ConnectionPhase;
  readonly epoch: number;
  /** Failed tries since the last stable connection. */
  readonly attempt: number;
  /** When it opened, by the client's clock. */
  readonly openedAt: number | null;
  /** When the next try is due. */
  readonly nextRetryAt: number | null;
  readonly error: { readonly code: HudhudErrorCode; readonly status?: number } | null;
}

/** @public */
export const connectionChanged: HudhudActionCreator<ConnectionChanged, 'connection/changed'> =
  defineAction<ConnectionChanged>()('connection/changed');
