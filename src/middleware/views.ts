import type { HistoryWanted, ThreadRef } from '../actions/command';

/**
 * Which channels are on screen, in which order they were, and where somebody went back in them. Known from the actions
 * that said so, not from the state (L19).
 *
 * @internal
 */
export interface Views {
  open(channelId: string): void;
  close(channelId: string): void;
  openThread(ref: ThreadRef): void;
  closeThread(ref: ThreadRef): void;
  /** Looked at in another way. */
  touch(channelId: string): void;
  readonly pageWanted: (wanted: HistoryWanted) => void;
  isOpen(channelId: string): boolean;
  /** Open, and more than its newest side was loaded since: somebody reads there. */
  isReading(channelId: string): boolean;
  /** Threads that are on screen, or were asked for since it was opened. */
  threadsOf(channelId: string): readonly string[];
  /** Never viewed ones first, as they come; then the ones that were viewed the longest time ago. */
  leastViewed(channelIds: readonly string[]): readonly string[];
  forget(channelId: string): void;
  /** A session is over: what is on screen stays there. */
  clear(): void;
}

interface View {
  /** How many components show it. */
  count: number;
  isPaged: boolean;
  threads: readonly string[];
  /** Threads on screen; once for each component that shows one. */
  shown: readonly string[];
}

/** @internal */
export function createViews(): Views {
  /** Last in the map: viewed last. */
  const views = new Map<string, View>();

  const touch = (channelId: string): View => {
    const view = views.get(channelId) ?? { count: 0, isPaged: false, threads: [], shown: [] };
    views.delete(channelId);
    views.set(channelId, view);
    return view;
  };
  const isShown = ({ count, shown }: View) => count > 0 || shown.length > 0;
  const isOpen = (channelId: string) => {
    const view = views.get(channelId);
    return view !== undefined && isShown(view);
  };

  return {
    open(channelId) {
      touch(channelId).count += 1;
    },
    close(channelId) {
      const view = touch(channelId);
      view.count = Math.max(0, view.count - 1);
      if (view.count === 0) Object.assign(view, { isPaged: false, threads: [] });
    },
    openThread({ channelId, parentId }) {
      const view = touch(channelId);
      view.shown = [...view.shown, parentId];
    },
    closeThread({ channelId, parentId }) {
      const view = touch(channelId);
      const at = view.shown.indexOf(parentId);
      view.shown = view.shown.filter((_, i) => i !== at);
    },
    touch,
    pageWanted({ channelId, parentId, side }) {
      const view = touch(channelId);
      if (view.count === 0) return;
      if (parentId === null) view.isPaged ||= side !== 'newest';
      else if (!view.threads.includes(parentId)) view.threads = [...view.threads, parentId];
    },
    isOpen,
    isReading: (channelId) => isOpen(channelId) && views.get(channelId)?.isPaged === true,
    threadsOf(channelId) {
      const { threads = [], shown = [] } = views.get(channelId) ?? {};
      return [...new Set([...threads, ...shown])];
    },
    leastViewed(channelIds) {
      const held = new Set(channelIds);
      const viewed = [...views.keys()].filter((id) => held.has(id));
      return [...channelIds.filter((id) => !views.has(id)), ...viewed];
    },
    forget(channelId) {
      if (!isOpen(channelId)) views.delete(channelId);
    },
    clear() {
      for (const [channelId, view] of views) {
        if (!isShown(view)) views.delete(channelId);
        else Object.assign(view, { isPaged: false, threads: [] });
      }
    },
  };
}
