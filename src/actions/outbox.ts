import type { HudhudErrorCode } from '../errors';
import type { EpochMs, FileRef, MessageFact, MessageType } from '../protocol/models';
import type { SendSince, UploadRef } from '../protocol/operations';
import type { ReactionEvent } from '../protocol/serverEvents';
import type { HudhudActionCreator } from './define';
import { defineAction } from './define';
import type { Asked } from './history';

/**
 * The way of one wish (architecture section 5): what a person wants is an intent with an id and a time of its own;
 * what becomes of it are facts. Everything that acts on the server acts on these actions, never on how the state looks
 * (L19).
 */

/** What every intent has. @public */
export interface Wish {
  /** Made where the wish is spoken. */
  readonly opId: string;
  readonly channelId: string;
  /** By the client's clock. */
  readonly at: EpochMs;
}

/** @public */
export interface SendRequested extends Wish {
  /** Thread that it answers in, or `null`. */
  readonly parentId: string | null;
  readonly content: string;
  readonly messageType: MessageType;
  /** Uploads that it waits for, in order. */
  readonly uploadIds: readonly string[];
}

/** @public */
export interface EditRequested extends Wish {
  /** Message id, or the `opId` of a send that has no id yet. */
  readonly target: string;
  readonly content: string;
}

/** @public */
export interface DeleteRequested extends Wish {
  readonly target: string;
  /** Until then it can be undone by `discardRequested`. */
  readonly notBefore: EpochMs;
}

/** @public */
export interface ReactRequested extends Wish {
  readonly target: string;
  readonly emoji: string;
  /** `false` takes a reaction back. */
  readonly on: boolean;
}

/** @public */
export interface ReadRequested extends Wish {
  /** The newest message that was read, and when it was made. */
  readonly target: string;
  readonly upTo: EpochMs;
  readonly messageIds: readonly string[];
}

/** @public */
export interface OperationRef {
  readonly opId: string;
}

/** @public */
export interface RetryOperation extends OperationRef {
  readonly at: EpochMs;
}

/** The request of an operation is under way. @public */
export interface OperationStarted extends OperationRef {
  readonly ordinal: number;
  /** Who is signed in. */
  readonly viewerId: string | null;
  /** Of a send. @internal */
  readonly since: SendSince | null;
  /** Of a send: whether a single message that looks like it may settle it once it is uncertain. */
  readonly mayMatch: boolean;
}

/** It worked. @public */
export interface OperationAcknowledged extends OperationRef, Asked {
  /** Ordinal of the reply. */
  readonly ordinal: number;
  /** The row, where the reply has one. */
  readonly message: MessageFact | null;
  /** The message that is gone, where that was the wish. */
  readonly deleted: { readonly channelId: string; readonly messageId: string } | null;
  /** Up to where a channel is read, where that was the wish. Default `null`. */
  readonly read?: ReadUpTo | null;
}

/** Everything in a channel up to a message. @public */
export interface ReadUpTo {
  readonly channelId: string;
  readonly upTo: EpochMs;
  /** The message that was made then. */
  readonly messageId: string;
}

/** It did not work, for certain. @public */
export interface OperationFailed extends OperationRef {
  readonly code: HudhudErrorCode;
  /** When it is tried again; `null`: only if the person says so. */
  readonly retryAt: EpochMs | null;
  /** Its request did not leave, or was refused for its token alone. Default: that is not known. */
  readonly isUnsent?: true;
}

/** It may have worked. @public */
export interface OperationUncertain extends OperationRef {
  readonly code: HudhudErrorCode;
}

/** It was looked for and not found. @public */
export interface OperationLookEnded extends OperationRef {
  /** When it is sent again; `null`: it cannot be known whether it worked, the person has to say. */
  readonly retryAt: EpochMs | null;
}

/** The stream did not say what the reply had said: the reply stands. @public */
export interface OperationEchoMissed extends OperationRef {
  /** Ordinal of the reply. */
  readonly ordinal: number;
  readonly reaction: ReactionEvent | null;
}

/** A wish that nobody could fulfil; the state stays as it is. @public */
export interface OperationRejected extends OperationRef {
  readonly code: HudhudErrorCode;
}

/** @public */
export interface UploadRequested extends UploadRef {
  readonly channelId: string;
  readonly at: EpochMs;
}

/** @public */
export interface UploadId {
  readonly uploadId: string;
}

/** @public */
export interface UploadProgressed extends UploadId {
  /** Bytes that are done. */
  readonly loaded: number;
}

/** @public */
export interface UploadDone extends UploadId {
  readonly file: FileRef;
}

/** @public */
export interface UploadFailed extends UploadId {
  readonly code: HudhudErrorCode;
}

/** Send a message. @public */
export const sendRequested: HudhudActionCreator<SendRequested, 'outbox/sendRequested'> =
  defineAction<SendRequested>()('outbox/sendRequested');

/** Give a message a new text. @public */
export const editRequested: HudhudActionCreator<EditRequested, 'outbox/editRequested'> =
  defineAction<EditRequested>()('outbox/editRequested');

/** Delete a message. @public */
export const deleteRequested: HudhudActionCreator<DeleteRequested, 'outbox/deleteRequested'> =
  defineAction<DeleteRequested>()('outbox/deleteRequested');

/** Add a reaction, or take it back. @public */
export const reactRequested: HudhudActionCreator<ReactRequested, 'outbox/reactRequested'> =
  defineAction<ReactRequested>()('outbox/reactRequested');

/** Everything up to a message is read. @public */
export const readRequested: HudhudActionCreator<ReadRequested, 'outbox/readRequested'> =
  defineAction<ReadRequested>()('outbox/readRequested');

/** Try a failed operation again, as the last of its channel. @public */
export const operationRetryRequested: HudhudActionCreator<RetryOperation, 'outbox/retryRequested'> =
  defineAction<RetryOperation>()('outbox/retryRequested');

/** Give a failed operation up, or one that was not sent yet. @public */
export const discardRequested: HudhudActionCreator<OperationRef, 'outbox/discardRequested'> =
  defineAction<OperationRef>()('outbox/discardRequested');

/** @public */
export const operationStarted: HudhudActionCreator<OperationStarted, 'outbox/started'> =
  defineAction<OperationStarted>()('outbox/started');

/** @public */
export const operationAcknowledged: HudhudActionCreator<
  OperationAcknowledged,
  'outbox/acknowledged'
> = defineAction<OperationAcknowledged>()('outbox/acknowledged');

/** @public */
export const operationFailed: HudhudActionCreator<OperationFailed, 'outbox/failed'> =
  defineAction<OperationFailed>()('outbox/failed');

/** @public */
export const operationUncertain: HudhudActionCreator<OperationUncertain, 'outbox/uncertain'> =
  defineAction<OperationUncertain>()('outbox/uncertain');

/** @public */
export const operationLookEnded: HudhudActionCreator<OperationLookEnded, 'outbox/lookEnded'> =
  defineAction<OperationLookEnded>()('outbox/lookEnded');

/** @public */
export const operationEchoMissed: HudhudActionCreator<OperationEchoMissed, 'outbox/echoMissed'> =
  defineAction<OperationEchoMissed>()('outbox/echoMissed');

/** @public */
export const operationRejected: HudhudActionCreator<OperationRejected, 'outbox/rejected'> =
  defineAction<OperationRejected>()('outbox/rejected');

/** Upload a file, for a message that is sent later or waits for it. @public */
export const uploadRequested: HudhudActionCreator<UploadRequested, 'upload/requested'> =
  defineAction<UploadRequested>()('upload/requested');

/** Try a failed upload again. @public */
export const uploadRetryRequested: HudhudActionCreator<UploadId, 'upload/retryRequested'> =
  defineAction<UploadId>()('upload/retryRequested');

/** Give an upload up; a message that waits for it goes without it. @public */
export const uploadCancelRequested: HudhudActionCreator<UploadId, 'upload/cancelRequested'> =
  defineAction<UploadId>()('upload/cancelRequested');

/** @public */
export const uploadStarted: HudhudActionCreator<UploadId, 'upload/started'> =
  defineAction<UploadId>()('upload/started');

/** At most a few times per second. @public */
export const uploadProgressed: HudhudActionCreator<UploadProgressed, 'upload/progressed'> =
  defineAction<UploadProgressed>()('upload/progressed');

/** @public */
export const uploadDone: HudhudActionCreator<UploadDone, 'upload/done'> =
  defineAction<UploadDone>()('upload/done');

/** @public */
export const uploadFailed: HudhudActionCreator<UploadFailed, 'upload/failed'> =
  defineAction<UploadFailed>()('upload/failed');
