import type { SnapshotApplied, PageReceived } from '../actions/history';
import { readsAnchored } from '../actions/reads';
import { readsOf } from '../state/readsState';
import type { Runtime, StoreApi } from './runtime';

/**
 * Puts the unread line of a channel where it stands while somebody looks at the channel: above the first message that
 * was unread when the channel was opened, once that is known. What is read meanwhile does not move it.
 *
 * @internal
 */
export interface ReadAnchors {
  channelOpened(channelId: string): void;
  channelClosed(channelId: string): void;
  pageCame(page: PageReceived): void;
  snapshotCame(snapshot: SnapshotApplied): void;
  /** More is known of what was read. */
  countsCame(): void;
  /** A session is over; what is on screen stays there. */
  forget(): void;
}

/** @internal */
export function createReadAnchors(runtime: Runtime, store: StoreApi): ReadAnchors {
  const { selectors, instance } = runtime;
  /** How many components show a channel. */
  const views = new Map<string, number>();
  /** Channels without a line yet, and whether their newest messages were read since they were opened. */
  const waiting = new Map<string, boolean>();

  const put = (channelId: string, messageId: string | null) => {
    const { reads } = selectors.selectHudhud(store.getState());
    if ((readsOf(reads, channelId)?.anchor ?? null) === messageId) return;
    store.dispatch(readsAnchored({ channelId, messageId }, instance));
  };
  const look = (channelId: string) => {
    const isFresh = waiting.get(channelId);
    if (isFresh === undefined) return;
    const root = store.getState();
    if (!isFresh && !selectors.selectTimelineInfo(root, channelId).isLive) return;
    const spot = selectors.selectUnreadSpot(root, channelId);
    // nothing is known yet, or the first one stands further back than what is held
    if (spot?.isReached !== true) return;
    waiting.delete(channelId);
    put(channelId, spot.messageId);
  };
  const lookAll = () => {
    for (const channelId of [...waiting.keys()]) look(channelId);
  };
  const pageCame = ({ channelId, parentId }: PageReceived) => {
    if (parentId !== null || !waiting.has(channelId)) return;
    waiting.set(channelId, true);
    look(channelId);
  };

  return {
    channelOpened(channelId) {
      const count = views.get(channelId) ?? 0;
      views.set(channelId, count + 1);
      if (count > 0) return;
      waiting.set(channelId, false);
      look(channelId);
    },
    channelClosed(channelId) {
      const count = views.get(channelId) ?? 0;
      if (count > 1) {
        views.set(channelId, count - 1);
        return;
      }
      views.delete(channelId);
      waiting.delete(channelId);
      put(channelId, null);
    },
    pageCame,
    snapshotCame({ page }) {
      if (page !== null) pageCame(page);
      lookAll();
    },
    countsCame: lookAll,
    forget() {
      for (const channelId of views.keys()) waiting.set(channelId, false);
    },
  };
}
