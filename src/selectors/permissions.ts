import type { MessageRow, RowRights, RowViewer } from './row';

/** Roles that may delete what others wrote. */
const moderators: readonly string[] = ['moderator', 'admin'];

/** What rights depend on. @internal */
export type Judged = Pick<MessageRow, 'id' | 'authorId' | 'type' | 'parentId' | 'isDeleted'>;

const none: RowRights = { canEdit: false, canDelete: false, canReact: false, canReply: false };

/**
 * What the viewer may do with a row, as the server would decide: only authors edit; authors and moderators delete; who
 * reads a channel may react and reply, to anything but a reply. A message on its way can be changed as well: what is
 * wished of it waits for it.
 *
 * @internal
 */
export function rightsOf(viewer: Pick<RowViewer, 'id' | 'role'>, row: Judged): RowRights {
  if (viewer.id === null || row.isDeleted) return none;
  const isOwn = row.authorId === viewer.id;
  const canChange = row.type !== 'system';
  const isHeld = row.id !== null;
  return {
    canEdit: canChange && isOwn,
    canDelete: canChange && (isOwn || (viewer.role !== null && moderators.includes(viewer.role))),
    canReact: isHeld,
    canReply: isHeld && row.parentId === null,
  };
}
