import type { UnknownAction } from '@reduxjs/toolkit';
import { isType } from '../actions/define';
import { messageFetched, pageReceived, snapshotApplied } from '../actions/history';
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
  uploadCancelRequested,
  uploadFailed,
} from '../actions/outbox';
import type { Wish } from '../actions/outbox';
import { sessionEnded } from '../actions/session';
import { durabilityChanged, operationsYielded, restored } from '../actions/storage';
import type { ConversationReceived } from '../actions/stream';
import { channelEventsReceived, conversationReceived } from '../actions/stream';
import type { MessageFact } from '../protocol/models';
import type { Operation } from '../protocol/operations';
import { enqueueDelete, enqueueEdit, enqueueReact, enqueueRead, enqueueSend } from './enqueue';
import {
  acknowledge,
  discard,
  doubt,
  dropUpload,
  endLook,
  endWait,
  fail,
  failForOwnUpload,
  failForUpload,
  retry,
  start,
} from './operationSteps';
import type { OutboxState } from './outboxState';
import { emptyOutbox, findOperation, operationsOf, putOperations } from './outboxState';
import { noteDurability, restoreOutbox, yieldOperations } from './restoreOutbox';
import type { Correlate } from './settle';
import { seeDelete, seeMessage, seeReaction, settleLikely } from './settle';
import { releaseUploads, uploadsReducer } from './uploads';

/** A wish may name its message by the send that it came from: it was spoken before that had an id. */
function withMessageId<
  W extends Wish & { readonly target?: string; readonly parentId?: string | null },
>({ aliases }: OutboxState, wish: W): W {
  const idOf = (name: string | null | undefined): string | undefined =>
    aliases.find(({ clientId }) => clientId === name)?.messageId;
  const target = idOf(wish.target);
  const parentId = idOf(wish.parentId);
  if (target !== undefined) return { ...wish, target };
  return parentId === undefined ? wish : { ...wish, parentId };
}

function enqueue<W extends Wish>(
  state: OutboxState,
  wish: W,
  into: (operations: readonly Operation[], wish: W) => readonly Operation[],
): OutboxState {
  // the same wish twice is one wish
  if (findOperation(state, wish.opId) !== undefined) return state;
  const { channelId } = wish;
  return putOperations(
    state,
    channelId,
    into(operationsOf(state, channelId), withMessageId(state, wish)),
  );
}

/** New wishes, those of an earlier visit, and what a person says about old ones. */
function reduceWishes(state: OutboxState, action: UnknownAction): OutboxState {
  if (isType(action, sendRequested)) {
    const next = enqueue(state, action.payload, enqueueSend);
    return next === state ? state : failForOwnUpload(next, action.payload.opId);
  }
  if (isType(action, editRequested)) return enqueue(state, action.payload, enqueueEdit);
  if (isType(action, deleteRequested)) return enqueue(state, action.payload, enqueueDelete);
  if (isType(action, reactRequested)) return enqueue(state, action.payload, enqueueReact);
  if (isType(action, readRequested)) return enqueue(state, action.payload, enqueueRead);
  if (isType(action, operationRetryRequested)) return retry(state, action.payload);
  if (isType(action, discardRequested)) return discard(state, action.payload.opId);
  if (isType(action, restored)) return restoreOutbox(state, action.payload);
  return state;
}

/** What the requests of operations brought. */
function reduceSteps(state: OutboxState, action: UnknownAction, correlate: Correlate): OutboxState {
  if (isType(action, operationStarted)) return start(state, action.payload);
  if (isType(action, operationAcknowledged)) return acknowledge(state, action.payload, correlate);
  if (isType(action, operationFailed)) return fail(state, action.payload);
  if (isType(action, operationUncertain)) return doubt(state, action.payload);
  if (isType(action, operationLookEnded)) return endLook(state, action.payload);
  if (isType(action, operationEchoMissed)) return endWait(state, action.payload);
  if (isType(action, operationsYielded)) return yieldOperations(state, action.payload.opIds);
  if (isType(action, durabilityChanged)) return noteDurability(state, action.payload);
  return state;
}

function reduceUploads(state: OutboxState, action: UnknownAction): OutboxState {
  const uploads = uploadsReducer(state.uploads, action);
  if (uploads === state.uploads) return state;
  const next = { ...state, uploads };
  if (isType(action, uploadFailed)) {
    return failForUpload(next, action.payload.uploadId, action.payload.code);
  }
  return isType(action, uploadCancelRequested) ? dropUpload(next, action.payload.uploadId) : next;
}

function seeConversation(
  state: OutboxState,
  { events, ordinal }: ConversationReceived,
  correlate: Correlate,
): OutboxState {
  let next = state;
  let o = ordinal;
  for (const event of events) {
    if (event.type === 'reaction') next = seeReaction(next, event, o);
    else if (event.type !== 'typing') {
      const { message: fact } = event;
      if (event.op === 'delete') next = seeDelete(next, fact.id);
      else {
        const how = event.op === 'create' ? 'told' : 'changed';
        next = seeMessage(next, { fact, how, o }, correlate);
      }
    }
    o += 1;
  }
  return next;
}

function seeRows(
  state: OutboxState,
  rows: readonly MessageFact[],
  o: number,
  correlate: Correlate,
): OutboxState {
  return rows.reduce((next, fact) => seeMessage(next, { fact, how: 'read', o }, correlate), state);
}

/** What was to go to a channel that is gone goes nowhere. */
function forgetChannel(state: OutboxState, channelId: string): OutboxState {
  const next = putOperations(state, channelId, []);
  const uploads = next.uploads.filter((upload) => upload.channelId !== channelId);
  return uploads.length === next.uploads.length ? next : { ...next, uploads };
}

/** Ends what the confirmed state has now, in the same pass in which the other slices take it in. */
function reduceFacts(state: OutboxState, action: UnknownAction, correlate: Correlate): OutboxState {
  if (isType(action, conversationReceived)) {
    return seeConversation(state, action.payload, correlate);
  }
  if (isType(action, pageReceived)) {
    return seeRows(state, action.payload.messages, action.payload.asOf, correlate);
  }
  if (isType(action, messageFetched)) {
    return seeRows(state, [action.payload.message], action.payload.asOf, correlate);
  }
  if (isType(action, snapshotApplied)) {
    const { page } = action.payload;
    return page === null ? state : seeRows(state, page.messages, page.asOf, correlate);
  }
  if (isType(action, channelEventsReceived)) {
    const gone = action.payload.events.filter(({ op }) => op === 'deleted');
    return gone.reduce((next, { channelId }) => forgetChannel(next, channelId), state);
  }
  return state;
}

const isEmpty = ({ channels, uploads }: OutboxState): boolean =>
  channels.length === 0 && uploads.length === 0;

/**
 * Makes the reducer of what is wished and not confirmed yet.
 *
 * @internal
 */
export function createOutboxReducer(correlate: Correlate) {
  const step = (state: OutboxState, action: UnknownAction): OutboxState => {
    const wished = reduceWishes(state, action);
    if (wished !== state) return wished;
    const uploaded = reduceUploads(state, action);
    // almost always nothing is pending: then an event costs nothing here
    if (uploaded !== state || isEmpty(state)) return uploaded;
    const stepped = reduceSteps(state, action, correlate);
    if (stepped !== state) return stepped;
    const seen = reduceFacts(state, action, correlate);
    return seen === state ? state : settleLikely(seen);
  };
  return (state: OutboxState | undefined, action: UnknownAction): OutboxState => {
    if (state === undefined) return emptyOutbox;
    if (isType(action, sessionEnded)) return emptyOutbox;
    return releaseUploads(state, step(state, action));
  };
}
