import { useMemo } from 'react';
import type { ChannelsArg } from '../../api/endpoints/channels';
import type { WorkspaceArg } from '../../api/endpoints/workspace';
import type { HudhudApi } from '../../api/hudhudApi';
import type { ProjectFact } from '../../protocol/models';
import type { ChannelRecord } from '../../state/channels';
import type { MemberRecord } from '../../state/members';
import { useHudhudSelector } from './useHudhudSelector';
import type { QueryOptions, QueryView } from './useQueryEntry';
import { useQueryEntry } from './useQueryEntry';

const workspaceOf = ({ endpoints }: HudhudApi) => endpoints.workspace;
const channelsOf = ({ endpoints }: HudhudApi) => endpoints.channels;
const unreadOf = ({ endpoints }: HudhudApi) => endpoints.unread;
const membersOf = ({ endpoints }: HudhudApi) => endpoints.channelMembers;

/** A workspace as a query reads it. @public */
export interface WorkspaceQueryView extends QueryView {
  /** The project that is open; `null` until it is known. */
  readonly project: ProjectFact | null;
  readonly channels: readonly ChannelRecord[];
  /** The channel that the answer opened, which may be another one than was asked for. */
  readonly currentChannelId: string | null;
}

/** Channels as a query reads them. @public */
export interface ChannelsQueryView extends QueryView {
  readonly channels: readonly ChannelRecord[];
}

/** Members as a query reads them. @public */
export interface MembersQueryView extends QueryView {
  readonly members: readonly MemberRecord[];
}

/** What is unread as a query reads it. @public */
export interface UnreadQueryView extends QueryView {
  /** In all channels together; `null` while nothing is known. */
  readonly count: number | null;
  /** Whether it is exactly that many; otherwise at least. */
  readonly isExact: boolean;
}

/**
 * Project, channels and members, and the newest messages of one channel, by one request. It is read again after each
 * break, like what `actions.loadWorkspace` asks for.
 *
 * @public
 * @example
 * ```tsx
 * const { project, channels, isLoading } = useWorkspaceQuery({ projectSlug, channelSlug });
 * ```
 */
export function useWorkspaceQuery(arg: WorkspaceArg, options?: QueryOptions): WorkspaceQueryView {
  const { entry, view } = useQueryEntry(workspaceOf, arg, options);
  const project = useHudhudSelector((selectors, root) => selectors.selectProject(root));
  const channels = useHudhudSelector((selectors, root) => selectors.selectChannels(root));
  return { ...view, project, channels, currentChannelId: entry.data?.currentChannelId ?? null };
}

/**
 * The channels of a project, or all, in the server's order.
 *
 * @public
 * @example
 * ```tsx
 * const { channels } = useChannelsQuery({ projectId });
 * ```
 */
export function useChannelsQuery(arg: ChannelsArg = {}, options?: QueryOptions): ChannelsQueryView {
  const { view } = useQueryEntry(channelsOf, arg, options);
  const all = useHudhudSelector((selectors, root) => selectors.selectChannels(root));
  const { projectId } = arg;
  const channels = useMemo(
    () =>
      projectId === undefined ? all : all.filter((channel) => channel.projectId === projectId),
    [all, projectId],
  );
  return { ...view, channels };
}

/**
 * The members of a channel.
 *
 * @public
 * @example
 * ```tsx
 * const { members } = useMembersQuery(channelId);
 * ```
 */
export function useMembersQuery(channelId: string, options?: QueryOptions): MembersQueryView {
  const { view } = useQueryEntry(membersOf, { channelId }, options);
  const members = useHudhudSelector((selectors, root) => selectors.selectMembers(root, channelId));
  return { ...view, members };
}

/**
 * How much is unread everywhere; `useUnread(channelId)` tells it of one channel.
 *
 * @public
 * @example
 * ```tsx
 * const { count, isExact } = useUnreadQuery();
 * ```
 */
export function useUnreadQuery(options?: QueryOptions): UnreadQueryView {
  const { view } = useQueryEntry(unreadOf, undefined, options);
  const unread = useHudhudSelector((selectors, root) => selectors.selectUnreadTotal(root));
  return { ...view, count: unread?.count ?? null, isExact: unread?.isExact ?? false };
}
