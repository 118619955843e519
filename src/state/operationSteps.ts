import type {
  OperationAcknowledged,
  OperationEchoMissed,
  OperationFailed,
  OperationLookEnded,
  OperationStarted,
  OperationUncertain,
  RetryOperation,
} from '../actions/outbox';
import type { EditOperation, Operation, SendOperation } from '../protocol/operations';
import { withoutSend } from './enqueue';
import { mayBecome, untoldCodes } from './operationStatus';
import type { OutboxState } from './outboxState';
import { findOperation, operationsOf, putOperations } from './outboxState';
import type { Correlate } from './settle';
import { seeDelete, settleLikely, settleSend } from './settle';
import { lostFileOf } from './uploads';

/** What the request of an operation brought. A report on an operation that is not held any more changes nothing. */

function replace(state: OutboxState, held: Operation, next: Operation): OutboxState {
  const operations = operationsOf(state, held.channelId);
  return putOperations(
    state,
    held.channelId,
    operations.map((operation) => (operation === held ? next : operation)),
  );
}

function remove(state: OutboxState, held: Operation): OutboxState {
  const operations = operationsOf(state, held.channelId);
  return putOperations(
    state,
    held.channelId,
    held.kind === 'send'
      ? withoutSend(operations, held.opId)
      : operations.filter((operation) => operation !== held),
  );
}

/** @internal */
export function start(state: OutboxState, payload: OperationStarted): OutboxState {
  const { opId, ordinal, viewerId, since, mayMatch } = payload;
  const held = findOperation(state, opId);
  if (held === undefined || !mayBecome(held, 'sending')) return state;
  const begun = { status: 'sending', startedAs: ordinal, code: null } as const;
  if (held.kind === 'send') {
    // what the same key may have brought before looks as it did then
    const { startedAs } = held.mayExist === true ? held : begun;
    const told = held.mayExist === true ? {} : { since, mayMatch, candidates: [] };
    return replace(state, held, { ...held, ...begun, startedAs, ...told, authorId: viewerId });
  }
  if (held.kind === 'react') return replace(state, held, { ...held, ...begun, userId: viewerId });
  return replace(state, held, { ...held, ...begun });
}

/** @internal */
export function acknowledge(
  state: OutboxState,
  payload: OperationAcknowledged,
  correlate: Correlate,
): OutboxState {
  const { opId, message, ordinal } = payload;
  const held = findOperation(state, opId);
  if (held === undefined) return state;
  if (held.kind === 'send' && message !== null) {
    const returnsNonce = correlate(message) === opId ? 'yes' : 'no';
    const settled = { ...settleSend(state, held, message.id), returnsNonce } as const;
    // one that was repeated with its key may have been deleted since
    return typeof message.deletedAt === 'number' ? seeDelete(settled, message.id) : settled;
  }
  // a text with its time is safe from older ones; without one, the stream has to say it before it is
  const isSafe = held.kind === 'edit' && typeof message?.editedAt === 'number';
  // a message is gone, and with it all that was wished of it, by whatever way that is told (L2)
  if (held.kind === 'delete') return seeDelete(state, held.target);
  if (held.kind === 'read' || isSafe) return remove(state, held);
  if (!mayBecome(held, 'acknowledged')) return state;
  return replace(state, held, { ...held, status: 'acknowledged', ackedAs: ordinal });
}

/** A later text stands for it already: tried again, the older one would come last. */
function isOutdated(state: OutboxState, { channelId, target, opId }: EditOperation): boolean {
  const last = operationsOf(state, channelId).findLast(
    (other) => other.kind === 'edit' && other.target === target,
  );
  return last?.opId !== opId;
}

/** @internal */
export function fail(state: OutboxState, payload: OperationFailed): OutboxState {
  const { opId, code, retryAt, isUnsent } = payload;
  const held = findOperation(state, opId);
  if (held === undefined) return state;
  // what did not leave was no try
  const attempts = isUnsent === true ? held.attempts : held.attempts + 1;
  const next = { code, attempts, notBefore: retryAt } as const;
  // only what has a key fails so while it is under way: one in doubt was looked for, one that waits has not left
  const isUntold = held.status === 'sending' && untoldCodes.has(code) && isUnsent !== true;
  if (retryAt !== null) {
    if (!mayBecome(held, 'queued')) return state;
    const again = isUnsent === true ? neverLeft(held) : held;
    return replace(state, held, toBeRepeated({ ...again, ...next, status: 'queued' }, isUntold));
  }
  if (!mayBecome(held, 'failed')) return state;
  // a mark that could not be set is nothing that a person can do something about
  if (held.kind === 'read' || held.kind === 'react') return remove(state, held);
  if (held.kind === 'edit' && isOutdated(state, held)) return remove(state, held);
  // deleting what failed gives it up, so what was to be deleted as soon as it is there is given up as it fails
  if (held.kind === 'send' && isUnwanted(state, held)) return remove(state, held);
  return replace(state, held, toBeRepeated({ ...held, ...next, status: 'failed' }, isUntold));
}

/** Where no earlier request of it may have worked, nothing that anybody hears of can come from it. */
function neverLeft(operation: Operation): Operation {
  if (operation.attempts > 0) return operation;
  const unsent = { ...operation, startedAs: null };
  return unsent.kind === 'send' ? { ...unsent, since: null } : unsent;
}

/** Whether a send is to be deleted as soon as it is there. */
function isUnwanted(state: OutboxState, { channelId, opId }: SendOperation): boolean {
  return operationsOf(state, channelId).some(
    (other) => other.kind === 'delete' && other.target === opId,
  );
}

/** A send that may be there is repeated only with its key: then it stays what it was. */
function toBeRepeated(operation: Operation, isUntold = false): Operation {
  if (operation.kind !== 'send' || operation.mayExist === true) return operation;
  return isUntold ? { ...operation, mayExist: true } : unseen(operation);
}

/** The next request is another one: what looked like this one's message is a message of its own. */
function unseen(operation: Operation): Operation {
  return operation.kind === 'send' && operation.candidates.length > 0
    ? { ...operation, candidates: [] }
    : operation;
}

/** @internal */
export function doubt(state: OutboxState, { opId, code }: OperationUncertain): OutboxState {
  const held = findOperation(state, opId);
  if (held === undefined || !mayBecome(held, 'uncertain')) return state;
  const attempts = held.attempts + 1;
  return settleLikely(replace(state, held, { ...held, status: 'uncertain', code, attempts }));
}

/** @internal */
export function endLook(state: OutboxState, { opId, retryAt }: OperationLookEnded): OutboxState {
  const held = findOperation(state, opId);
  if (held?.status !== 'uncertain') return state;
  if (retryAt === null) {
    // nothing that is known could be deleted: the person sees that it is in doubt, and decides anew
    const kept = operationsOf(state, held.channelId).filter(
      (other) => other.kind !== 'delete' || other.target !== opId,
    );
    const failed = { ...held, status: 'failed', code: 'UNCONFIRMED' } as const;
    return replace(putOperations(state, held.channelId, kept), held, failed);
  }
  // it is not there; should the stream bring it after all, before it is sent again, then that is it
  const again = { ...held, status: 'queued', notBefore: retryAt } as const;
  return replace(state, held, unseen(again));
}

/** @internal */
export function endWait(state: OutboxState, { opId }: OperationEchoMissed): OutboxState {
  const held = findOperation(state, opId);
  return held?.status === 'acknowledged' ? remove(state, held) : state;
}

/**
 * To the tail of its channel: what was wished since goes first (L10). What waits for a moment keeps its place, and waits
 * no longer.
 *
 * @internal
 */
export function retry(state: OutboxState, { opId, at }: RetryOperation): OutboxState {
  const held = findOperation(state, opId);
  if (held?.status === 'queued' && held.notBefore !== null) {
    return replace(state, held, { ...held, notBefore: null });
  }
  if (held?.status !== 'failed') return state;
  const operations = operationsOf(state, held.channelId);
  const again: Operation = toBeRepeated({
    ...held,
    ...{ status: 'queued', at, notBefore: null, code: null, attempts: 0 },
  });
  const isNextOf = (operation: Operation): boolean =>
    operation.kind !== 'send' && operation.target === opId;
  const others = operations.filter((operation) => operation !== held && !isNextOf(operation));
  const next = operations.filter(isNextOf);
  const uploads = state.uploads.map((upload) =>
    held.kind === 'send' && upload.status === 'failed' && held.uploadIds.includes(upload.uploadId)
      ? { ...upload, status: 'queued' as const, loaded: 0, code: null }
      : upload,
  );
  const queued = putOperations(state, held.channelId, [...others, again, ...next]);
  return uploads.some((upload, i) => upload !== state.uploads[i]) ? { ...queued, uploads } : queued;
}

/** @internal */
export function discard(state: OutboxState, opId: string): OutboxState {
  const held = findOperation(state, opId);
  if (held === undefined || !mayBecome(held, 'discarded')) return state;
  return remove(state, held);
}

function sendsWith(
  state: OutboxState,
  uploadId: string,
  ...statuses: readonly Operation['status'][]
): readonly SendOperation[] {
  return state.channels.flatMap(({ operations }) =>
    operations.filter(
      (held): held is SendOperation =>
        held.kind === 'send' && statuses.includes(held.status) && held.uploadIds.includes(uploadId),
    ),
  );
}

/** A send that waits for a file which cannot come does not wait for ever. @internal */
export function failForUpload(
  state: OutboxState,
  uploadId: string,
  code: OperationFailed['code'],
): OutboxState {
  return sendsWith(state, uploadId, 'queued').reduce(
    (next, { opId }) => fail(next, { opId, code, retryAt: null }),
    state,
  );
}

/** A send that names a file which could not be uploaded: its retry uploads that again. @internal */
export function failForOwnUpload(state: OutboxState, opId: string): OutboxState {
  const held = findOperation(state, opId);
  if (held?.kind !== 'send' || held.status !== 'queued') return state;
  const code = lostFileOf(held, state.uploads);
  return code === null ? state : fail(state, { opId, code, retryAt: null });
}

/** A send goes without a file that was called off; without any text there is nothing left to send. @internal */
export function dropUpload(state: OutboxState, uploadId: string): OutboxState {
  return sendsWith(state, uploadId, 'queued', 'failed').reduce((next, waiting) => {
    const uploadIds = waiting.uploadIds.filter((id) => id !== uploadId);
    if (uploadIds.length === 0 && waiting.content.trim() === '') return remove(next, waiting);
    return replace(next, waiting, { ...waiting, uploadIds });
  }, state);
}
