import type { OutboxState } from '../../state/outboxState';

/**
 * Channels whose wishes are not what they were, or the files that they take along.
 *
 * @internal
 */
export function changedOutboxes(before: OutboxState, now: OutboxState): ReadonlySet<string> {
  const changed = new Set<string>();
  if (before.channels !== now.channels) {
    const last = new Set(before.channels);
    for (const channel of now.channels) {
      if (!last.delete(channel)) changed.add(channel.channelId);
    }
    for (const { channelId } of last) changed.add(channelId);
  }
  if (before.uploads !== now.uploads) {
    for (const upload of now.uploads) {
      if (upload.status === 'done' && !before.uploads.includes(upload)) {
        changed.add(upload.channelId);
      }
    }
  }
  return changed;
}
