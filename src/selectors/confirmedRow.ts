import type { MessageRecord } from '../state/messageRecord';
import type { UserRecord } from '../state/users';
import { rightsOf } from './permissions';
import type { MessageRow, RowSeam, RowViewer } from './row';
import { noRowUploads } from './row';
import { rowReactions } from './rowReactions';

/** What a row shows beside its own record. @internal */
export interface RowFacts {
  readonly viewer: RowViewer;
  readonly author: UserRecord | null;
  /** The send that it came from. */
  readonly clientId: string | null;
  readonly seam: RowSeam;
}

/** The row of a confirmed message. @internal */
export function confirmedRow(record: MessageRecord, facts: RowFacts): MessageRow {
  const { viewer, author, clientId, seam } = facts;
  const { id, userId: authorId, type, parentId, isDeleted } = record;
  const rights = rightsOf(viewer, { id, authorId, type, parentId, isDeleted });
  return {
    key: clientId ?? id,
    id,
    clientId,
    channelId: record.channelId,
    parentId,
    type,
    content: record.content,
    files: record.files,
    metadata: record.metadata,
    fromAgent: record.fromAgent,
    authorId,
    author,
    isOwn: viewer.id !== null && authorId === viewer.id,
    createdAt: record.createdAt,
    status: 'confirmed',
    pending: null,
    isCached: record.isCached === true,
    isEdited: record.isEdited,
    editedAt: record.editedAt,
    isDeleted,
    deletedAt: record.deletedAt,
    threadCount: record.threadCount,
    reactions: rowReactions(record.reactions, viewer.id),
    uploads: noRowUploads,
    canEdit: rights.canEdit,
    canDelete: rights.canDelete,
    canReact: rights.canReact,
    canReply: rights.canReply,
    startsDay: seam.startsDay,
    isGrouped: seam.isGrouped,
    gapBefore: seam.gapBefore,
    isFirstUnread: seam.isFirstUnread,
  };
}
