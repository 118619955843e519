import type { Operation, OperationStatus } from '../protocol/operations';

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
