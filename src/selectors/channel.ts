import type { MessagePreview, ProjectFact } from '../protocol/models';
import type { ChannelRecord } from '../state/channels';
import { findLog, isKnownDeleted } from '../state/messagesState';
import { memoByReference } from './memo';
import type { MessageRecord } from '../state/messageRecord';
import type { Segment } from '../state/segments';
import type { HudhudRootState, StateSelector } from './root';

/** @public */
export interface ChannelSelectors {
  readonly selectProject: (root: HudhudRootState) => ProjectFact | null;
  /** Every channel that is known, in the server's order. */
  readonly selectChannels: (root: HudhudRootState) => readonly ChannelRecord[];
  readonly selectChannel: (root: HudhudRootState, channelId: string) => ChannelRecord | null;
  readonly selectChannelBySlug: (root: HudhudRootState, slug: string) => ChannelRecord | null;
  /** The channel that the last workspace snapshot was of. */
  readonly selectCurrentChannelId: (root: HudhudRootState) => string | null;
  /**
   * The last message of a channel as a list shows it: the newest one held, else what the server last listed. A deleted
   * message is never shown (L2).
   */
  readonly selectChannelPreview: (
    root: HudhudRootState,
    channelId: string,
  ) => MessagePreview | null;
}

const previewOf = memoByReference(({ id, content, userId, createdAt }: MessageRecord) => {
  const preview: MessagePreview = { id, content, userId, username: null, createdAt };
  return preview;
});

/** The newest message that is not deleted. Cheap: the end of the timeline almost always has one. */
function newestShown(segments: readonly Segment[]): MessagePreview | null {
  for (let i = segments.length - 1; i >= 0; i--) {
    const row = segments[i]?.findLast((known) => !known.isDeleted);
    if (row !== undefined) return previewOf(row);
  }
  return null;
}

/** @internal */
export function createChannelSelectors(select: StateSelector): ChannelSelectors {
  const selectChannels = (root: HudhudRootState) => select(root).channels.list;
  const selectChannel = (root: HudhudRootState, channelId: string) =>
    selectChannels(root).find((channel) => channel.id === channelId) ?? null;
  return {
    selectProject: (root) => select(root).channels.project,
    selectChannels,
    selectChannel,
    selectChannelBySlug: (root, slug) =>
      selectChannels(root).find((channel) => channel.slug === slug) ?? null,
    selectCurrentChannelId: (root) => select(root).channels.currentId,
    selectChannelPreview: (root, channelId) => {
      const listed = selectChannel(root, channelId)?.lastMessage ?? null;
      const log = findLog(select(root).messages, channelId);
      const held = log === undefined ? null : newestShown(log.timelines[0]?.segments ?? []);
      if (listed === null || isKnownDeleted(select(root).messages, channelId, listed.id)) {
        return held;
      }
      return held === null || held.createdAt < listed.createdAt ? listed : held;
    },
  };
}
