import type { WorkspaceRef } from '../../actions/command';
import { shownIds } from '../messagePages';
import type { Build, ReadEndpoint } from './definitions';
import { readBy } from './definitions';

/** @public */
export interface WorkspaceArg extends WorkspaceRef {
  /** Messages of the open channel that come along. Default: `pageSize`. */
  readonly limit?: number;
  /** Default `true`. */
  readonly includeMessages?: boolean;
}

/** A workspace as the query cache holds it. @public */
export interface WorkspaceResult {
  readonly projectId: string;
  readonly channelIds: readonly string[];
  /** The channel that is open, which may be another one than was asked for. */
  readonly currentChannelId: string | null;
  /** Active members of the project. */
  readonly memberIds: readonly string[];
  /** Newest messages of the open channel, oldest first; `null`: none came along. */
  readonly messageIds: readonly string[] | null;
  readonly hasOlder: boolean;
  readonly unreadTotal: number | null;
  /** Why another channel was opened than was asked for; `null` when it was not. */
  readonly fallbackReason: string | null;
}

/** @public */
export interface WorkspaceEndpoints {
  /** All that a first screen needs, by one request. */
  readonly workspace: ReadEndpoint<WorkspaceArg, WorkspaceResult>;
}

/** @internal */
export function workspaceEndpoints(build: Build): WorkspaceEndpoints {
  return {
    workspace: readBy<WorkspaceArg, WorkspaceResult>(build, (arg) => async (reading) => {
      const { projectSlug, channelSlug, limit = reading.pageSize, includeMessages = true } = arg;
      const query = { limit, includeMessages };
      const snapshot = await reading.workspace({ projectSlug, channelSlug }, query);
      const { project, channels, currentChannelId, members, page } = snapshot;
      return {
        projectId: project.id,
        channelIds: channels.map(({ id }) => id),
        currentChannelId,
        memberIds: members.map(({ userId }) => userId),
        messageIds: page === null ? null : shownIds(page.messages),
        hasOlder: page?.hasMore ?? false,
        unreadTotal: snapshot.unreadTotal,
        fallbackReason: snapshot.fallbackReason,
      };
    }),
  };
}
