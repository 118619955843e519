import type { HudhudState } from '../state/rootReducer';
import type { RowViewer } from './row';

/** The viewer's role: what the channel says, else its list of members, else the project's. */
function roleIn({ channels, members }: HudhudState, channelId: string, id: string): string | null {
  const channel = channels.list.find((held) => held.id === channelId);
  if (channel !== undefined && channel.userRole !== null) return channel.userRole;
  for (const scopeId of [channelId, channel?.projectId]) {
    const scope = members.find((held) => held.scopeId === scopeId);
    const role = scope?.list.find(({ userId }) => userId === id)?.role;
    if (role !== undefined && role !== null) return role;
  }
  return null;
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
