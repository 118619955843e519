import type { ChannelRef } from '../../actions/command';
import type { Build, ReadEndpoint } from './definitions';
import { readBy } from './definitions';

/** @public */
export interface ChannelsArg {
  /** Default: every project. */
  readonly projectId?: string;
}

/** Channels in the server's order. @public */
export interface ChannelsResult {
  readonly channelIds: readonly string[];
}

/** People of a channel or a project, in the server's order. @public */
export interface MembersResult {
  readonly memberIds: readonly string[];
}

/** @public */
export interface ChannelEndpoints {
  readonly channels: ReadEndpoint<ChannelsArg, ChannelsResult>;
  readonly channel: ReadEndpoint<ChannelRef, ChannelRef>;
  readonly channelMembers: ReadEndpoint<ChannelRef, MembersResult>;
}

/** @internal */
export function channelEndpoints(build: Build): ChannelEndpoints {
  return {
    channels: readBy<ChannelsArg, ChannelsResult>(
      build,
      ({ projectId }) =>
        async ({ rest, learn }) => {
          const list = await rest.channels(projectId);
          // nobody says that the list has every channel which a workspace lists
          learn({ kind: 'channels', list, projectId: null });
          return { channelIds: list.channels.map(({ id }) => id) };
        },
    ),
    channel: readBy<ChannelRef, ChannelRef>(build, ({ channelId }) => async ({ rest, learn }) => {
      const channel = await rest.channel(channelId);
      learn({ kind: 'channels', list: { channels: [channel], rejected: [] }, projectId: null });
      return { channelId: channel.id };
    }),
    channelMembers: readBy<ChannelRef, MembersResult>(
      build,
      ({ channelId }) =>
        async ({ rest, learn }) => {
          const list = await rest.members(channelId);
          learn({ kind: 'members', scopeId: channelId, list });
          return { memberIds: list.members.map(({ userId }) => userId) };
        },
    ),
  };
}
