import type { EpochMs, FileRef, Json, MessageType, Reaction } from '../protocol/models';

/**
 * When a value was said, and how sure that is (L1). `v` is the server time of the value; `o` the ordinal of its
 * observation. `loose` marks a value that came without a time: its `v` is only a lower bound, so that what is compared
 * with it is compared by observation.
 *
 * @internal
 */
export interface Stamp {
  readonly v: number;
  readonly o: number;
  readonly loose?: true;
}

/** Fields that change independently of each other, each with its own version. @internal */
export type FieldGroup =
  'text' | 'type' | 'metadata' | 'files' | 'threadCount' | 'isRead' | 'reactions';

/** Someone's latest word on one emoji, from the stream. @internal */
export interface ReactionOp {
  readonly userId: string;
  readonly username: string | null;
  readonly emoji: string;
  readonly on: boolean;
  readonly own: boolean;
  /** Server time, or `null` where the frame had none. */
  readonly v: EpochMs | null;
  readonly o: number;
}

/**
 * A message as it is held: what the server confirmed, never what is only hoped for (L7).
 *
 * @public
 */
export interface MessageRecord {
  readonly id: string;
  readonly channelId: string;
  /** The thread's parent, or `null` for a message of the channel itself. */
  readonly parentId: string | null;
  readonly userId: string | null;
  readonly fromAgent: string | null;
  readonly type: MessageType;
  /** Empty when deleted. Plain text: nothing in it is ever interpreted as HTML. */
  readonly content: string;
  readonly createdAt: EpochMs;
  readonly isEdited: boolean;
  /** `null` when never edited, or edited at a time the server did not say. */
  readonly editedAt: EpochMs | null;
  readonly isDeleted: boolean;
  readonly deletedAt: EpochMs | null;
  readonly threadCount: number;
  readonly reactions: readonly Reaction[];
  readonly files: readonly FileRef[];
  readonly metadata: Readonly<Record<string, Json>>;
  /** Whether the viewer has read it, where the server says so. */
  readonly isRead: boolean | null;
  /** It is as an earlier visit knew it: the server has not spoken of it since. */
  readonly isCached?: true;

  /** Ordinal of the fact that last showed that the message exists. @internal */
  readonly seen: number;
  /** Ordinal of the answer that the whole row came from; 0 when it came as an event. @internal */
  readonly base: number;
  /** Stamps of the groups that were set apart from the whole row. @internal */
  readonly stamps?: Readonly<Partial<Record<FieldGroup, Stamp>>>;
  /** What the visible reactions were made from, while the stream has said more than the row. @internal */
  readonly reactionLog?: {
    readonly base: readonly Reaction[];
    readonly ops: readonly ReactionOp[];
  };
  /** The time of creation was not said and is the client's guess until it is. @internal */
  readonly timeGuessed?: true;
  /** Deleted only in that a page with this ordinal did not list it; a later page may bring it back. @internal */
  readonly absentAsOf?: number;
}

/** Shared empties: rows without reactions or files all hold the same ones. @internal */
export const noReactions: readonly Reaction[] = [];
/** @internal */
export const noFiles: readonly FileRef[] = [];
/** @internal */
export const noMetadata: Readonly<Record<string, Json>> = {};
