import type { HudhudErrorCode } from '../errors';
import type { ChannelFact, EpochMs, FileRef, MessageFact, ProjectFact } from '../protocol/models';
import type { Operation, UploadRef } from '../protocol/operations';
import type { HudhudActionCreator } from './define';
import { defineAction } from './define';
import type { PageRange } from './history';

/** What outlives the page, and what an earlier visit left. */

/**
 * Ordinal of everything that an earlier visit observed: it is older than whatever this one will.
 *
 * @internal
 */
export const beforeThisVisit = 0;

/**
 * Where keeping things stands: `off` where the host did not ask for it or nobody is signed in, `opening` while an earlier
 * visit is looked for, `ready`, or `failed`: this visit keeps nothing.
 *
 * @public
 */
export type StorageStatus = 'off' | 'opening' | 'ready' | 'failed';

/** @public */
export interface StorageChanged {
  readonly status: StorageStatus;
  /** What went wrong; `null`: nothing. */
  readonly code: HudhudErrorCode | null;
  /** Wishes of an earlier visit that could not be read, and are lost. */
  readonly lost: number;
}

/** The newest messages of a channel as an earlier visit knew them. @public */
export interface RestoredHistory {
  readonly channelId: string;
  /** Of the channel's own timeline. */
  readonly messages: readonly MessageFact[];
  /** What was known of it, oldest first; none of them reaches now. */
  readonly windows: readonly PageRange[];
}

/** A file that a message of an earlier visit takes along. @public */
export interface RestoredUpload extends UploadRef {
  readonly channelId: string;
  /** What the server made of it; `null`: it was not there yet, and its bytes are gone. */
  readonly file: FileRef | null;
}

/** @public */
export interface Restored {
  /** When it was written, by the client's clock; `null` where no messages were kept. */
  readonly savedAt: EpochMs | null;
  readonly project: ProjectFact | null;
  readonly channels: readonly ChannelFact[];
  readonly currentChannelId: string | null;
  readonly histories: readonly RestoredHistory[];
  /** Wishes in their order, by channel, each as it stands now: what was under way may have worked. */
  readonly outbox: readonly {
    readonly channelId: string;
    readonly operations: readonly Operation[];
  }[];
  readonly uploads: readonly RestoredUpload[];
  readonly returnsNonce: 'yes' | 'no' | 'unknown';
  /** Where the main stream may go on: all that was told until there is among the messages (L12). */
  readonly lastEventId: string | null;
}

/** @public */
export interface OperationsYielded {
  readonly opIds: readonly string[];
}

/** @public */
export interface DurabilityChanged {
  readonly opIds: readonly string[];
  readonly durable: boolean;
}

/** @public */
export const storageChanged: HudhudActionCreator<StorageChanged, 'storage/changed'> =
  defineAction<StorageChanged>()('storage/changed');

/** What an earlier visit of the same person left is there again. @public */
export const restored: HudhudActionCreator<Restored, 'storage/restored'> =
  defineAction<Restored>()('storage/restored');

/** Another tab has taken these over while this one was stopped: they are not this one's any more. @public */
export const operationsYielded: HudhudActionCreator<OperationsYielded, 'outbox/yielded'> =
  defineAction<OperationsYielded>()('outbox/yielded');

/** Whether operations that are under way are on disk. @public */
export const durabilityChanged: HudhudActionCreator<DurabilityChanged, 'outbox/durabilityChanged'> =
  defineAction<DurabilityChanged>()('outbox/durabilityChanged');
