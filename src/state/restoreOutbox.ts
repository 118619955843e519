import type { DurabilityChanged, Restored, RestoredUpload } from '../actions/storage';
import type { Operation } from '../protocol/operations';
import { failForOwnUpload } from './operationSteps';
import type { OutboxState, Upload } from './outboxState';
import { findOperation, operationsOf, putOperations } from './outboxState';
import { settleLikely } from './settle';

/** Its bytes went with the page: what the server does not have cannot be sent. */
function toUpload({ file, ...ref }: RestoredUpload): Upload {
  return file === null
    ? { ...ref, status: 'failed', loaded: 0, code: 'ATTACHMENT_LOST', file }
    : { ...ref, status: 'done', loaded: ref.size, code: null, file };
}

/** It is held, or has become a message since. */
function isKnown(state: OutboxState, opId: string): boolean {
  return (
    findOperation(state, opId) !== undefined ||
    state.aliases.some(({ clientId }) => clientId === opId)
  );
}

/**
 * Takes in what an earlier visit wished. It goes before what was wished since; what is held already stays as it is.
 *
 * @internal
 */
export function restoreOutbox(state: OutboxState, payload: Restored): OutboxState {
  const added = payload.outbox.flatMap(({ channelId, operations }) => {
    const fresh = operations.filter(({ opId }) => !isKnown(state, opId));
    return fresh.length === 0 ? [] : [{ channelId, operations: fresh }];
  });
  const returnsNonce = state.returnsNonce === 'unknown' ? payload.returnsNonce : state.returnsNonce;
  const base = returnsNonce === state.returnsNonce ? state : { ...state, returnsNonce };
  if (added.length === 0) return base;
  const uploads = payload.uploads
    .filter(({ uploadId }) => base.uploads.every((held) => held.uploadId !== uploadId))
    .map(toUpload);
  const held = added.reduce(
    (next, { channelId, operations }) =>
      putOperations(next, channelId, [...operations, ...operationsOf(next, channelId)]),
    uploads.length === 0 ? base : { ...base, uploads: [...base.uploads, ...uploads] },
  );
  const ids = added.flatMap(({ operations }) => operations.map(({ opId }) => opId));
  return settleLikely(ids.reduce(failForOwnUpload, held));
}

function mapOperations(
  state: OutboxState,
  change: (operation: Operation) => readonly Operation[],
): OutboxState {
  return state.channels.reduce((next, { channelId, operations }) => {
    const changed = operations.flatMap(change);
    const isSame =
      changed.length === operations.length && changed.every((one, i) => one === operations[i]);
    return isSame ? next : putOperations(next, channelId, changed);
  }, state);
}

/**
 * Lets go of what another tab has: it is shown and sent there.
 *
 * @internal
 */
export function yieldOperations(state: OutboxState, opIds: readonly string[]): OutboxState {
  const ids = new Set(opIds);
  return mapOperations(state, (held) => (ids.has(held.opId) ? [] : [held]));
}

/**
 * Notes which operations are under way without being on disk.
 *
 * @internal
 */
export function noteDurability(
  state: OutboxState,
  { opIds, durable }: DurabilityChanged,
): OutboxState {
  const ids = new Set(opIds);
  return mapOperations(state, (held) => {
    if (!ids.has(held.opId) || (held.durable !== false) === durable) return [held];
    if (!durable) return [{ ...held, durable }];
    const { durable: _, ...kept } = held;
    return [kept];
  });
}
