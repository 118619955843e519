import type {
  ByQuery,
  ChannelRef,
  GapRef,
  HistoryWanted,
  MomentRef,
  ThreadRef,
  WorkspaceRef,
} from '../actions/command';
import {
  channelClosed,
  channelOpened,
  channelUnwatchRequested,
  channelWatchRequested,
  historyRequested,
  membersRequested,
  retryRequested,
  threadClosed,
  threadOpened,
  unreadRequested,
  workspaceRequested,
} from '../actions/command';
import type { HudhudAction } from '../actions/define';
import type { NoticeRef } from '../actions/notices';
import { noticeDismissed } from '../actions/notices';
import type { UploadId } from '../actions/outbox';
import { uploadCancelRequested, uploadRetryRequested } from '../actions/outbox';
import type { WishActions } from './wishActions';

/**
 * What a component may dispatch, already addressed to its instance.
 *
 * @public
 */
export interface HudhudActions extends WishActions {
  /** A component shows this channel: its history is loaded, and read again after a break. */
  channelOpened(ref: ChannelRef & ByQuery): HudhudAction<ChannelRef & ByQuery>;
  /** It no longer does. Once per `channelOpened`. */
  channelClosed(ref: ChannelRef): HudhudAction<ChannelRef>;
  /** A component shows this thread: its replies are loaded, and read again after a break. */
  threadOpened(ref: ThreadRef & ByQuery): HudhudAction<ThreadRef & ByQuery>;
  /** It no longer does. Once per `threadOpened`. */
  threadClosed(ref: ThreadRef): HudhudAction<ThreadRef>;
  /** Follow a channel's own stream, where the main one does not cover it. */
  watchChannel(ref: ChannelRef): HudhudAction<ChannelRef>;
  /** Let it go. Once per `watchChannel`. */
  unwatchChannel(ref: ChannelRef): HudhudAction<ChannelRef>;
  /** Load project, channels, members and the newest messages of one channel, in one request. */
  loadWorkspace(ref: WorkspaceRef): HudhudAction<WorkspaceRef>;
  /** Load a page of messages: the newest ones, or those on a side of what is known, or around a moment. */
  loadHistory(wanted: HistoryWanted): HudhudAction<HistoryWanted>;
  /** Fill a gap from its older side on, by a page per call. Its progress: `pageKey(channelId, parentId, 'newer', after)`. */
  fillGap(gap: GapRef): HudhudAction<HistoryWanted>;
  /** Load what stands around a moment, unless it is known. Its progress: `pageKey(channelId, parentId, 'around', at)`. */
  jumpTo(moment: MomentRef): HudhudAction<HistoryWanted>;
  /** Load the members of a channel; those of the project come with the workspace. */
  loadMembers(ref: ChannelRef): HudhudAction<ChannelRef>;
  /** Upload a file again whose upload failed. */
  retryUpload(upload: UploadId): HudhudAction<UploadId>;
  /** Give an upload up; a message that waits for it goes without it. */
  cancelUpload(upload: UploadId): HudhudAction<UploadId>;
  /** Load how much is unread in every channel; the workspace brings it as well. */
  loadUnread(): HudhudAction<null>;
  /** Take a notice away that was read. */
  dismissNotice(notice: NoticeRef): HudhudAction<NoticeRef>;
  /** Try to connect now instead of waiting. */
  retryConnection(): HudhudAction<null>;
}

/** @internal */
export function createHudhudActions(instance: string, wishes: WishActions): HudhudActions {
  return {
    ...wishes,
    channelOpened: (ref) => channelOpened(ref, instance),
    channelClosed: (ref) => channelClosed(ref, instance),
    threadOpened: (ref) => threadOpened(ref, instance),
    threadClosed: (ref) => threadClosed(ref, instance),
    watchChannel: (ref) => channelWatchRequested(ref, instance),
    unwatchChannel: (ref) => channelUnwatchRequested(ref, instance),
    loadWorkspace: (ref) => workspaceRequested(ref, instance),
    loadHistory: (wanted) => historyRequested(wanted, instance),
    fillGap: ({ channelId, parentId, after }) =>
      historyRequested({ channelId, parentId, side: 'newer', edge: after }, instance),
    jumpTo: ({ channelId, parentId, at }) =>
      historyRequested({ channelId, parentId, side: 'around', at }, instance),
    loadMembers: (ref) => membersRequested(ref, instance),
    retryUpload: ({ uploadId }) => uploadRetryRequested({ uploadId }, instance),
    cancelUpload: ({ uploadId }) => uploadCancelRequested({ uploadId }, instance),
    loadUnread: () => unreadRequested(null, instance),
    dismissNotice: ({ id }) => noticeDismissed({ id }, instance),
    retryConnection: () => retryRequested(null, instance),
  };
}
