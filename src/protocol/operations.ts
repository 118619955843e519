import type { HudhudErrorCode } from '../errors';
import type { EpochMs, MessageType } from './models';

/**
 * What a person wants done, until the server has it: the vocabulary that actions, the outbox and the rows of a timeline
 * share. An operation is never part of the confirmed state (L7); what is shown is computed from both.
 */

/** @public */
export type OperationKind = 'send' | 'edit' | 'delete' | 'react' | 'read';

/**
 * Where an operation stands. `queued` waits for its turn, `sending` has a request under way, `acknowledged` worked and
 * waits for the stream to say so, `uncertain` may have worked, `failed` waits for the person: retry or discard.
 *
 * @public
 */
export type OperationStatus = 'queued' | 'sending' | 'acknowledged' | 'uncertain' | 'failed';

/**
 * What was newest where a message is sent to, when its request was started: the message itself is later. `ids`: messages
 * of that author that were held from `at` on, and are not it. `null`: nothing was known there.
 *
 * @public
 */
export interface SendSince {
  readonly at: EpochMs;
  readonly ids: readonly string[];
}

/** What every operation has. @public */
export interface OperationBase {
  /** Made where the wish was spoken; of a send also its nonce and the React key of its row (L11). */
  readonly opId: string;
  readonly channelId: string;
  /** When the person wished it, by the client's clock. */
  readonly at: EpochMs;
  readonly status: OperationStatus;
  /** Requests that ended without an answer to go by. */
  readonly attempts: number;
  /** Not sent before this moment, by the client's clock: undo, backoff, or what the server asked for. */
  readonly notBefore: EpochMs | null;
  /** Why the last request did not work. */
  readonly code: HudhudErrorCode | null;
  /**
   * It left before it was on disk as it is: should the page close now, nobody would look for it. Missing where it is on
   * disk, has not left, or nothing is kept.
   */
  readonly durable?: false;
  /** Ordinal of the start of its newest request; `null` before the first one. @internal */
  readonly startedAs: number | null;
  /** Ordinal of the reply that said that it worked. @internal */
  readonly ackedAs: number | null;
}

/** A message on its way. @public */
export interface SendOperation extends OperationBase {
  readonly kind: 'send';
  readonly parentId: string | null;
  readonly content: string;
  readonly messageType: MessageType;
  readonly uploadIds: readonly string[];
  readonly authorId: string | null;
  /** @internal */
  readonly since: SendSince | null;
  /** Messages of the server that may be it, where no nonce says so. The first one shadows its row. @internal */
  readonly candidates: readonly string[];
  /** Whether a single candidate may settle it while it is uncertain. @internal */
  readonly mayMatch: boolean;
  /** A request of it ended without an answer, and the next one has the same key: the server may have it. @internal */
  readonly mayExist?: boolean;
}

/** A new text for a message. @public */
export interface EditOperation extends OperationBase {
  readonly kind: 'edit';
  /** Message id, or the `opId` of a send that has no id yet. */
  readonly target: string;
  readonly content: string;
}

/** A message to be deleted. @public */
export interface DeleteOperation extends OperationBase {
  readonly kind: 'delete';
  readonly target: string;
}

/** A reaction to be added (`on`) or taken back. @public */
export interface ReactOperation extends OperationBase {
  readonly kind: 'react';
  readonly target: string;
  readonly emoji: string;
  readonly on: boolean;
  readonly userId: string | null;
}

/** Everything in a channel up to a message is read. @public */
export interface ReadOperation extends OperationBase {
  readonly kind: 'read';
  /** The newest message that was read. */
  readonly target: string;
  readonly upTo: EpochMs;
  /** Messages to name to the server. */
  readonly messageIds: readonly string[];
}

/** @public */
export type Operation =
  SendOperation | EditOperation | DeleteOperation | ReactOperation | ReadOperation;

/** A file on its way; its bytes are kept beside the state. @public */
export interface UploadRef {
  readonly uploadId: string;
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  readonly mime: string;
}

/** @public */
export type UploadStatus = 'queued' | 'uploading' | 'done' | 'failed';
