import type { UnknownAction } from '@reduxjs/toolkit';
import { isType } from '../../../src/actions/define';
import { messageFetched, pageReceived, snapshotApplied } from '../../../src/actions/history';
import { operationAcknowledged } from '../../../src/actions/outbox';
import { conversationReceived } from '../../../src/actions/stream';
import type { MessageFact } from '../../../src/protocol/models';

/** Rows that an action brought. A change or a deletion is none: it names a message by its id alone. */
function rowsIn(action: UnknownAction): readonly MessageFact[] {
  if (isType(action, pageReceived)) return action.payload.messages;
  if (isType(action, snapshotApplied)) return action.payload.page?.messages ?? [];
  if (isType(action, messageFetched)) return [action.payload.message];
  if (isType(action, operationAcknowledged)) return [action.payload.message ?? []].flat();
  if (!isType(action, conversationReceived)) return [];
  return action.payload.events.flatMap((event) =>
    'op' in event && event.op === 'create' && 'message' in event ? [event.message] : [],
  );
}

/** Whether the client was ever told of a message by which it could know whose it is. */
export function wasTold(actions: readonly UnknownAction[], messageId: string): boolean {
  return actions.some((action) => rowsIn(action).some(({ id }) => id === messageId));
}
