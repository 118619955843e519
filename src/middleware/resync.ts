import type { WorkspaceRef } from '../actions/command';
import type { StreamKey } from '../protocol/batch';
import type { Loader } from './loader';
import type { Runtime, StoreApi } from './runtime';

/**
 * Fills what a break may have left out: after every (re)connect, what is on screen is read again, by one request where
 * one is enough. Knows what is on screen from the actions that said so, not from the state (L19).
 *
 * @internal
 */
export interface Resync {
  workspaceWanted(ref: WorkspaceRef): void;
  channelOpened(channelId: string): void;
  channelClosed(channelId: string): void;
  streamOpened(stream: StreamKey): void;
  forget(): void;
}

/** @internal */
export function createResync(runtime: Runtime, store: StoreApi, loader: Loader): Resync {
  const { selectors } = runtime;
  const open = new Map<string, number>();
  let workspace: WorkspaceRef | null = null;

  const loadNewest = (channelId: string) => {
    void loader.page({ channelId, parentId: null, side: 'newest' });
  };
  const loadIfNotLive = (channelId: string) => {
    if (!selectors.selectTimelineInfo(store.getState(), channelId).isLive) loadNewest(channelId);
  };

  return {
    workspaceWanted(ref) {
      workspace = ref;
      void loader.workspace(ref);
    },
    channelOpened(channelId) {
      const count = open.get(channelId) ?? 0;
      open.delete(channelId);
      open.set(channelId, count + 1); // last in the map: opened last
      loadIfNotLive(channelId);
    },
    channelClosed(channelId) {
      const count = open.get(channelId) ?? 0;
      if (count > 1) open.set(channelId, count - 1);
      else open.delete(channelId);
    },
    streamOpened(stream) {
      if (stream !== 'main') {
        const channelId = stream.slice('channel:'.length);
        if (open.has(channelId)) loadIfNotLive(channelId);
        return;
      }
      const focused = [...open.keys()].at(-1);
      const channel =
        focused === undefined ? null : selectors.selectChannel(store.getState(), focused);
      if (workspace !== null) {
        // one request for the rows, the channels, the roster and the unread counts
        const channelSlug = channel?.slug ?? workspace.channelSlug;
        void loader.workspace({ projectSlug: workspace.projectSlug, channelSlug });
      }
      for (const channelId of open.keys()) {
        if (workspace === null || channelId !== focused || typeof channel?.slug !== 'string') {
          loadIfNotLive(channelId);
        }
      }
    },
    forget() {
      workspace = null;
    },
  };
}
