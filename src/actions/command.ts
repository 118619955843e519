import type { EpochMs } from '../protocol/models';
import type { HudhudActionCreator } from './define';
import { defineAction } from './define';

/** What a person or a host asks for. Middleware answers these; reducers ignore most of them. */

/** @public */
export interface ChannelRef {
  readonly channelId: string;
}

/** Who shows something may be a query that reads it at this moment. @public */
export interface ByQuery {
  /** Nothing is loaded now; after a break it is read again like everything that is shown. Default: not so. */
  readonly byQuery?: true;
}

/** @public */
export interface WorkspaceRef {
  readonly projectSlug: string;
  readonly channelSlug: string;
}

/** @public */
export interface TimelineRef extends ChannelRef {
  /** A thread's parent, or `null` for the channel's own timeline. */
  readonly parentId: string | null;
}

/**
 * Which page of a timeline is wanted. Nothing is asked for where the answer is known already.
 *
 * - `newest`: the end of the timeline.
 * - `older`: the page before `edge`; without one, before everything that is known, so that it goes on at the top of a
 *   list whatever gaps there are below.
 * - `newer`: the page after `edge`; without one, after everything that is known, unless that is live.
 * - `around`: a page before the moment `at` and one after it.
 *
 * @public
 */
export type HistoryWanted = TimelineRef &
  (
    | { readonly side: 'newest' }
    | { readonly side: 'older' | 'newer'; readonly edge?: EpochMs }
    | { readonly side: 'around'; readonly at: EpochMs }
  );

/** A gap to be filled, as `selectTimelineInfo` tells it. @public */
export interface GapRef extends TimelineRef {
  readonly after: EpochMs;
  readonly before: EpochMs;
}

/** A moment that is to be shown with what stands around it. @public */
export interface MomentRef extends TimelineRef {
  readonly at: EpochMs;
}

/** Opens the streams. @public */
export const startRequested: HudhudActionCreator<null, 'command/startRequested'> =
  defineAction<null>()('command/startRequested');

/** Closes the streams and lets go of every timer and listener (L18). @public */
export const stopRequested: HudhudActionCreator<null, 'command/stopRequested'> =
  defineAction<null>()('command/stopRequested');

/** Tries again now instead of waiting for the backoff. @public */
export const retryRequested: HudhudActionCreator<null, 'command/retryRequested'> =
  defineAction<null>()('command/retryRequested');

/** Read again what is on screen, and look whether the stream has come back. @public */
export const refreshRequested: HudhudActionCreator<null, 'command/refreshRequested'> =
  defineAction<null>()('command/refreshRequested');

/** A thread of a channel. @public */
export interface ThreadRef extends ChannelRef {
  /** The message that the thread hangs on. */
  readonly parentId: string;
}

/** A component shows this channel; its history is loaded and kept fresh. @public */
export const channelOpened: HudhudActionCreator<ChannelRef & ByQuery, 'command/channelOpened'> =
  defineAction<ChannelRef & ByQuery>()('command/channelOpened');

/** A component stopped showing this channel. @public */
export const channelClosed: HudhudActionCreator<ChannelRef, 'command/channelClosed'> =
  defineAction<ChannelRef>()('command/channelClosed');

/** A component shows this thread; its replies are loaded and kept fresh. @public */
export const threadOpened: HudhudActionCreator<ThreadRef & ByQuery, 'command/threadOpened'> =
  defineAction<ThreadRef & ByQuery>()('command/threadOpened');

/** A component stopped showing this thread. @public */
export const threadClosed: HudhudActionCreator<ThreadRef, 'command/threadClosed'> =
  defineAction<ThreadRef>()('command/threadClosed');

/** Follow a channel's own stream, for channels that the main stream does not cover. @public */
export const channelWatchRequested: HudhudActionCreator<
  ChannelRef,
  'command/channelWatchRequested'
> = defineAction<ChannelRef>()('command/channelWatchRequested');

/** Stop following a channel's own stream. @public */
export const channelUnwatchRequested: HudhudActionCreator<
  ChannelRef,
  'command/channelUnwatchRequested'
> = defineAction<ChannelRef>()('command/channelUnwatchRequested');

/** Load a workspace: project, channels, members, the newest messages of one channel. @public */
export const workspaceRequested: HudhudActionCreator<WorkspaceRef, 'command/workspaceRequested'> =
  defineAction<WorkspaceRef>()('command/workspaceRequested');

/** Load a page of a timeline. @public */
export const historyRequested: HudhudActionCreator<HistoryWanted, 'command/historyRequested'> =
  defineAction<HistoryWanted>()('command/historyRequested');

/** Load how much is unread in every channel. The workspace snapshot brings it too. @public */
export const unreadRequested: HudhudActionCreator<null, 'command/unreadRequested'> =
  defineAction<null>()('command/unreadRequested');

/** Load the members of a channel. The workspace snapshot brings the project's. */
export const membersRequested: HudhudActionCreator<ChannelRef, 'command/membersRequested'> =
  defineAction<ChannelRef>()('command/membersRequested');
