import type { HudhudErrorCode } from '../errors';
import type { Operation, OperationStatus, SendOperation } from '../protocol/operations';

/** How an operation ends: it is in the confirmed state, or given up. Either way it is no longer held. */
export type OperationEnd = 'settled' | 'discarded';

/**
 * What may follow what (architecture section 5). A status never goes backwards but through this table, and what the
 * server shows (an echo, a page) settles an operation wherever it stands.
 *
 * @internal
 */
export const operationTransitions: Readonly<
  Record<OperationStatus, readonly (OperationStatus | OperationEnd)[]>
> = {
  queued: ['sending', 'failed', 'settled', 'discarded'],
  sending: ['acknowledged', 'uncertain', 'queued', 'failed', 'settled'],
  acknowledged: ['settled'],
  uncertain: ['queued', 'failed', 'settled'],
  failed: ['queued', 'settled', 'discarded'],
};

/** @internal */
export function mayBecome(operation: Operation, next: OperationStatus | OperationEnd): boolean {
  return operationTransitions[operation.status].includes(next);
}

/**
 * Ends of a request that leave open whether the server did it; `BAD_RESPONSE` is a portal's page under status 200, or a
 * reply without what it is about.
 *
 * @internal
 */
export const untoldCodes: ReadonlySet<HudhudErrorCode> = new Set([
  'NETWORK',
  'TIMEOUT',
  'ABORTED',
  'SERVER_ERROR',
  'BAD_RESPONSE',
]);

/**
 * Whether the server may have a send without our knowing which message it is: one that looks like it stands for both
 * then (L8).
 *
 * @internal
 */
export function isInDoubt({ status, mayExist, code }: SendOperation): boolean {
  if (status === 'sending' || status === 'uncertain' || mayExist === true) return true;
  // it was looked for and not found; the stream may still bring it before it is sent again
  if (status === 'queued') return code !== null && untoldCodes.has(code);
  // the person is asked about one message, not shown two
  return status === 'failed' && code === 'UNCONFIRMED';
}
