import type { HudhudState } from '../state/rootReducer';
import type { RowViewer } from './row';

/**
 * The role that lets the viewer delete what others wrote. The server asks the account's alone, which is in the token: who
 * made a channel or a project is `admin` of it, and still may not. Where the account's role is not known (a host with
 * tokens of its own), that in the project is the nearest to it; one in the channel counts where nothing else is known.
 */
function roleIn({ channels, connection, members }: HudhudState, channelId: string, id: string) {
  if (connection.viewer?.role !== undefined) return connection.viewer.role;
  const channel = channels.list.find((held) => held.id === channelId);
  const roleOf = (scopeId: string | null): string | null => {
    const scope = members.find((held) => held.scopeId === scopeId);
    return scope?.list.find(({ userId }) => userId === id)?.role ?? null;
  };
  return roleOf(channel?.projectId ?? null) ?? channel?.userRole ?? roleOf(channelId);
}

/** Who looks at a channel; the one before if it is still the same. @internal */
export function viewerIn(
  state: HudhudState,
  channelId: string,
  last: RowViewer | undefined,
): RowViewer {
  const { viewer } = state.connection;
  const id = viewer?.id ?? null;
  const username = viewer?.username ?? null;
  const role = id === null ? null : roleIn(state, channelId, id);
  return last?.id === id && last.username === username && last.role === role
    ? last
    : { id, username, role };
}
