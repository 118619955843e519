import type { HudhudErrorCode } from '../errors';
import type { EpochMs, FileRef, Json, MessageType, ReactionUser } from '../protocol/models';
import type { OperationKind, OperationStatus, UploadStatus } from '../protocol/operations';
import type { UserRecord } from '../state/users';
import type { Gap } from './gaps';

/** Where a row stands: `confirmed` when nothing is pending on it. @public */
export type RowStatus = 'confirmed' | OperationStatus;

/** The operation that a row's status speaks of: what retry, discard and undo take. @public */
export interface PendingView {
  readonly opId: string;
  readonly kind: OperationKind;
  readonly status: OperationStatus;
  /** Why its last request did not work. */
  readonly code: HudhudErrorCode | null;
  /** It is not sent before this moment, by the client's clock; until then a delete can be undone. */
  readonly notBefore: EpochMs | null;
  /** It left before it was on disk: should the page close now, nobody would look for it. Else missing. */
  readonly durable?: false;
}

/** All reactions of one emoji as the viewer sees them. @public */
export interface RowReaction {
  readonly emoji: string;
  /** May exceed `users.length`: the server may list only some of them. */
  readonly count: number;
  readonly users: readonly ReactionUser[];
  readonly isMine: boolean;
  /** Something that the viewer wished of it is not confirmed yet. */
  readonly isPending: boolean;
}

/** A file that a pending message takes along. @public */
export interface RowUpload {
  readonly uploadId: string;
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  readonly mime: string;
  readonly status: UploadStatus;
  /** Bytes that are done. */
  readonly loaded: number;
  /** Why it failed. */
  readonly code: HudhudErrorCode | null;
}

/** What somebody may do with a row, as the server would decide. @public */
export interface RowRights {
  readonly canEdit: boolean;
  readonly canDelete: boolean;
  readonly canReact: boolean;
  readonly canReply: boolean;
}

/** How a row stands to the one before it. @public */
export interface RowSeam {
  /** First of its calendar day. */
  readonly startsDay: boolean;
  /**
   * Goes on under the header of the row before: same author, same day, less than `groupingWindowMs` apart, and nothing
   * that would be drawn in between.
   */
  readonly isGrouped: boolean;
  /** Messages may be missing right before this row. */
  readonly gapBefore: Gap | null;
  readonly isFirstUnread: boolean;
}

/**
 * A message as it is shown: what the server confirmed with what is pending on top of it, or a message that is still on
 * its way (L7). The same object until something that it shows changes.
 *
 * @public
 */
export interface MessageRow extends RowRights, RowSeam {
  /** React key: the same from the moment of sending on (L11). */
  readonly key: string;
  /** The server's id; `null` until it is known. */
  readonly id: string | null;
  /** Id of the send that it came from, while that is known. */
  readonly clientId: string | null;
  readonly channelId: string;
  /** The thread's parent, or `null` for a message of the channel itself. */
  readonly parentId: string | null;
  readonly type: MessageType;
  /** Empty when deleted. Plain text: nothing in it is ever interpreted as HTML. */
  readonly content: string;
  readonly files: readonly FileRef[];
  readonly metadata: Readonly<Record<string, Json>>;
  readonly fromAgent: string | null;
  readonly authorId: string | null;
  /** `null` while nothing is known of them. */
  readonly author: UserRecord | null;
  /** Whether the viewer wrote it. */
  readonly isOwn: boolean;
  /** By the server's clock; of a message on its way: when it was wished, by the client's. */
  readonly createdAt: EpochMs;
  /** The strongest of what is pending: failed, uncertain, sending, queued, acknowledged; a pending delete hides the rest. */
  readonly status: RowStatus;
  readonly pending: PendingView | null;
  /** It is as an earlier visit knew it: the server has not spoken of it since. */
  readonly isCached: boolean;
  readonly isEdited: boolean;
  /** When the server took the last edit in; a pending one has no such time. */
  readonly editedAt: EpochMs | null;
  /** Also while a delete is pending: the row stays as a placeholder, where it can be undone. */
  readonly isDeleted: boolean;
  readonly deletedAt: EpochMs | null;
  readonly threadCount: number;
  readonly reactions: readonly RowReaction[];
  /** Files of a message that is still on its way, in order. */
  readonly uploads: readonly RowUpload[];
}

/** Who looks at the rows. @internal */
export interface RowViewer {
  readonly id: string | null;
  readonly username: string | null;
  /** Role in the channel or its project; `null` where it is not known, which counts as a member's. */
  readonly role: string | null;
}

/** Shared empties. @internal */
export const noRows: readonly MessageRow[] = [];
/** @internal */
export const noRowReactions: readonly RowReaction[] = [];
/** @internal */
export const noRowUploads: readonly RowUpload[] = [];
