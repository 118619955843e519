import type { Operation, OperationStatus, SendOperation } from '../protocol/operations';
import { noFiles, noMetadata } from '../state/messageRecord';
import type { Upload } from '../state/outboxState';
import type { UserRecord } from '../state/users';
import { rightsOf } from './permissions';
import type { MessageRow, PendingView, RowUpload, RowViewer } from './row';
import { noRowReactions, noRowUploads } from './row';
import { withReaction } from './rowReactions';

/**
 * What is pending, put on one row (L7): every rule of what a wish looks like before it is confirmed is in this file.
 */

/** The stronger one is what the person has to know of. */
const strength: Readonly<Record<OperationStatus, number>> = {
  failed: 5,
  uncertain: 4,
  sending: 3,
  queued: 2,
  acknowledged: 1,
};

const isDelete = ({ kind, status }: Operation): boolean => kind === 'delete' && status !== 'failed';

/** The operation to show: a delete that may still happen, else the strongest; of equals the one that goes first. */
function shownOperation(operations: readonly Operation[]): Operation | undefined {
  return (
    operations.find(isDelete) ??
    operations.reduce<Operation | undefined>(
      (best, next) =>
        best === undefined || strength[next.status] > strength[best.status] ? next : best,
      undefined,
    )
  );
}

function pendingView({ opId, kind, status, code, notBefore, durable }: Operation): PendingView {
  const shown = { opId, kind, status, code, notBefore };
  return durable === undefined ? shown : { ...shown, durable };
}

function rowUpload({ uploadId, name, size, mime, status, loaded, code }: Upload): RowUpload {
  return { uploadId, name, size, mime, status, loaded, code };
}

/** What a message that is on its way is shown with. @internal */
export interface SendFacts {
  readonly viewer: RowViewer;
  readonly author: UserRecord | null;
  readonly uploads: readonly Upload[];
}

/** The row of a message that is on its way and not seen yet, before its operations are put on it. @internal */
export function sendRow(send: SendOperation, { viewer, author, uploads }: SendFacts): MessageRow {
  const { opId, channelId, parentId, messageType: type, content, at } = send;
  return {
    key: opId,
    id: null,
    clientId: opId,
    ...{ channelId, parentId, type, content, files: noFiles, metadata: noMetadata },
    fromAgent: null,
    authorId: send.authorId ?? viewer.id,
    author,
    isOwn: true,
    createdAt: at,
    ...{ status: 'confirmed', pending: null, isCached: false, isEdited: false, editedAt: null },
    ...{ isDeleted: false, deletedAt: null, threadCount: 0, reactions: noRowReactions },
    uploads: uploads.length === 0 ? noRowUploads : uploads.map(rowUpload),
    ...{ canEdit: false, canDelete: false, canReact: false, canReply: false },
    ...{ startsDay: false, isGrouped: false, gapBefore: null, isFirstUnread: false },
  };
}

/** A message that is being deleted keeps its place, and nothing of what was written. */
const emptied = {
  isDeleted: true,
  content: '',
  isEdited: false,
  editedAt: null,
  reactions: noRowReactions,
  files: noFiles,
  metadata: noMetadata,
  uploads: noRowUploads,
} as const;

function withOperation(row: MessageRow, operation: Operation, viewer: RowViewer): MessageRow {
  // what the server deleted nobody can change any more, but a wish that failed still wants an answer
  if (row.isDeleted) return row;
  if (operation.kind === 'edit') return { ...row, content: operation.content, isEdited: true };
  if (operation.kind === 'react') {
    return { ...row, reactions: withReaction(row.reactions, operation, viewer) };
  }
  return isDelete(operation) ? { ...row, ...emptied } : row;
}

/**
 * A row with the operations on it, in order.
 *
 * @internal
 * @param send - The send that the row shows, while that is pending itself.
 */
export function withOperations(
  base: MessageRow,
  send: SendOperation | null,
  operations: readonly Operation[],
  viewer: RowViewer,
): MessageRow {
  const all = send === null ? operations : [send, ...operations];
  const shown = shownOperation(all);
  if (shown === undefined) return base;
  const row = operations.reduce((next, held) => withOperation(next, held, viewer), base);
  const rights = rightsOf(viewer, row);
  const name = send === null ? {} : { key: send.opId, clientId: send.opId };
  return { ...row, ...name, ...rights, status: shown.status, pending: pendingView(shown) };
}
