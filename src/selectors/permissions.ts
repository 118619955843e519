import type { OperationStatus } from '../protocol/operations';
import type { MessageRow, RowRights, RowViewer } from './row';

/** Roles that may delete what others wrote. */
const moderators: readonly string[] = ['moderator', 'admin'];

/** What rights depend on. @internal */
export interface Judged extends Pick<
  MessageRow,
  'id' | 'authorId' | 'type' | 'parentId' | 'isDeleted'
> {
  /** Of a row whose message is still on its way: how its send stands. */
  readonly sendStatus: OperationStatus | null;
}

const none: RowRights = { canEdit: false, canDelete: false, canReact: false, canReply: false };

/**
 * What the viewer may do with a row, as the server would decide: only authors edit; authors and moderators delete; who
 * reads a channel may react and reply, to anything but a reply. A message on its way can be changed while no request
 * of it is under way.
 *
 * @internal
 */
export function rightsOf(viewer: Pick<RowViewer, 'id' | 'role'>, row: Judged): RowRights {
  const { sendStatus } = row;
  if (viewer.id === null || row.isDeleted) return none;
  const isOwn = row.authorId === viewer.id;
  const isStill = sendStatus === null || sendStatus === 'queued' || sendStatus === 'failed';
  const canChange = isStill && row.type !== 'system';
  const isHeld = row.id !== null;
  return {
    canEdit: canChange && isOwn,
    canDelete: canChange && (isOwn || (viewer.role !== null && moderators.includes(viewer.role))),
    canReact: isHeld,
    canReply: isHeld && row.parentId === null,
  };
}
