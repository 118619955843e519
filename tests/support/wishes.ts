import type { UnknownAction } from '@reduxjs/toolkit';
import type {
  EditRequested,
  OperationAcknowledged,
  OperationStarted,
  ReactRequested,
  ReadRequested,
  SendRequested,
} from '../../src/actions/outbox';
import {
  deleteRequested,
  discardRequested,
  editRequested,
  operationAcknowledged,
  operationEchoMissed,
  operationFailed,
  operationLookEnded,
  operationRetryRequested,
  operationStarted,
  operationUncertain,
  reactRequested,
  readRequested,
  sendRequested,
} from '../../src/actions/outbox';
import type { HudhudErrorCode } from '../../src/errors';
import type { MessageFact } from '../../src/protocol/models';
import type { Operation } from '../../src/protocol/operations';
import { createOutboxReducer } from '../../src/state/outbox';
import type { OutboxState } from '../../src/state/outboxState';
import { operationsOf } from '../../src/state/outboxState';
import { correlateByMetadata } from '../../src/state/settle';
import { asked, general, lina, messageOf, minute } from './exampleData';
import { frozen } from './frozen';

/** What Lina wishes in #general, and what became of it. Everything that comes from here is frozen. */

const inGeneral = { channelId: general, at: minute(3) };

export function sendWished(opId: string, content = 'hello', more: Partial<SendRequested> = {}) {
  const what = { parentId: null, content, messageType: 'text' as const, uploadIds: [] };
  return frozen(sendRequested({ opId, ...inGeneral, ...what, ...more }));
}

export function editWished(
  opId: string,
  target: string,
  content: string,
  more: Partial<EditRequested> = {},
) {
  return frozen(editRequested({ opId, ...inGeneral, target, content, ...more }));
}

export function deleteWished(opId: string, target: string, notBefore = minute(3) + 5_000) {
  return frozen(deleteRequested({ opId, ...inGeneral, target, notBefore }));
}

export function reactWished(
  opId: string,
  target: string,
  on = true,
  more: Partial<ReactRequested> = {},
) {
  return frozen(reactRequested({ opId, ...inGeneral, target, emoji: '👍', on, ...more }));
}

export function readWished(
  opId: string,
  target: string,
  upTo: number,
  more: Partial<ReadRequested> = {},
) {
  return frozen(readRequested({ opId, ...inGeneral, target, upTo, messageIds: [target], ...more }));
}

export function began(opId: string, ordinal: number, more: Partial<OperationStarted> = {}) {
  const told = { opId, ordinal, viewerId: lina, since: null, mayMatch: true };
  return frozen(operationStarted({ ...told, ...more }));
}

/** The reply to what began as `asOf`. */
export function acked(
  opId: string,
  asOf: number,
  ordinal: number,
  more: Partial<Pick<OperationAcknowledged, 'message' | 'deleted'>> = {},
) {
  const told = { message: null, deleted: null };
  return frozen(operationAcknowledged({ opId, ordinal, ...asked(asOf), ...told, ...more }));
}

export function failedBy(
  opId: string,
  code: HudhudErrorCode = 'REQUEST_REJECTED',
  retryAt: number | null = null,
) {
  return frozen(operationFailed({ opId, code, retryAt }));
}

export function doubted(opId: string, code: HudhudErrorCode = 'NETWORK') {
  return frozen(operationUncertain({ opId, code }));
}

export function lookEnded(opId: string, retryAt: number | null) {
  return frozen(operationLookEnded({ opId, retryAt }));
}

export function echoMissed(opId: string, ordinal: number) {
  return frozen(operationEchoMissed({ opId, ordinal, reaction: null }));
}

export function retried(opId: string, at = minute(9)) {
  return frozen(operationRetryRequested({ opId, at }));
}

export function discarded(opId: string) {
  return frozen(discardRequested({ opId }));
}

/** A message of Lina's as the server has it, four minutes past the hour. */
export function own(id: string, more: Partial<MessageFact> = {}): MessageFact {
  const by = { userId: lina, username: 'lina' };
  return messageOf(id, { ...by, content: 'hello', createdAt: minute(4), ...more });
}

/** The same with the nonce that its send carried. */
export function ownOf(opId: string, id: string, more: Partial<MessageFact> = {}): MessageFact {
  return own(id, { metadata: { client_id: opId }, ...more });
}

const reduce = createOutboxReducer(correlateByMetadata);

export function foldOutbox(
  actions: readonly UnknownAction[],
  from: OutboxState = reduce(undefined, { type: 'start' }),
): OutboxState {
  return actions.reduce<OutboxState>((state, action) => frozen(reduce(state, action)), from);
}

/** Operations of #general after these actions. */
export function pendingAfter(...actions: readonly UnknownAction[]): readonly Operation[] {
  return operationsOf(foldOutbox(actions), general);
}

export const opIdsOf = (operations: readonly Operation[]): string[] =>
  operations.map(({ opId }) => opId);
