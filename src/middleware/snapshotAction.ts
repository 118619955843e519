import type { Asked, SnapshotApplied } from '../actions/history';
import { pageRange } from '../actions/pageRange';
import type { UserFact } from '../protocol/models';
import type { WorkspaceSnapshot } from '../protocol/rest';

function withoutPresence({ status: _status, lastSeen: _lastSeen, ...user }: UserFact): UserFact {
  return user;
}

/**
 * Turns a snapshot into the payload of its action. Pure.
 *
 * @internal
 * @param isLive - Whether the stream told of the current channel from before the request until after its answer.
 */
export function toSnapshotApplied(
  snapshot: WorkspaceSnapshot,
  isLive: boolean,
  asked: Asked,
  withPresence: boolean,
): SnapshotApplied {
  const { project, channels, users, members, membersOnline, page } = snapshot;
  return {
    ...asked,
    ...(snapshot.rejected.length > 0 ? { isPartial: true as const } : {}),
    project,
    channels,
    currentChannelId: snapshot.currentChannelId ?? channels[0]?.id ?? null,
    users: withPresence ? users : users.map(withoutPresence),
    members,
    onlineCount: withPresence ? membersOnline : null,
    page:
      page === null
        ? null
        : {
            ...asked,
            channelId: page.channelId,
            parentId: null,
            messages: page.messages,
            range: pageRange({
              before: null,
              hasMore: page.hasMore,
              messages: page.messages,
              isLive,
            }),
          },
  };
}
