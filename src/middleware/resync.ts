import type { ByQuery, ChannelRef, ThreadRef, WorkspaceRef } from '../actions/command';
import type { ChannelEventsReceived } from '../actions/stream';
import type { StreamKey } from '../protocol/batch';
import { channelOf } from '../protocol/batch';
import type { ChannelEvent } from '../protocol/serverEvents';
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
  /** A query reads one: after a break it is read again like one that was wanted. */
  readonly workspaceRead: (ref: WorkspaceRef) => void;
  channelOpened(ref: ChannelRef & ByQuery): void;
  channelClosed(channelId: string): void;
  threadOpened(ref: ThreadRef & ByQuery): void;
  threadClosed(ref: ThreadRef): void;
  /** A stream tells from now on: what was asked for before is not enough. */
  streamOpened(stream: StreamKey): void;
  /** A channel's own stream was let go. */
  streamReleased(channelId: string): void;
  /** Looks whether the viewer became a member somewhere. */
  channelsChanged(payload: ChannelEventsReceived): void;
  forget(): void;
}

/** @internal */
export function createResync(runtime: Runtime, store: StoreApi, loader: Loader): Resync {
  const { selectors } = runtime;
  const open = new Map<string, number>();
  /** Threads on screen, each as often as it is. */
  let threads: readonly ThreadRef[] = [];
  let workspace: WorkspaceRef | null = null;
  /** Whether a workspace was asked for after the last channel was opened. */
  let isWorkspaceNewest = false;

  const loadIfNotLive = (channelId: string, isFresh: boolean, parentId: string | null = null) => {
    if (selectors.selectTimelineInfo(store.getState(), channelId, parentId).isLive) return;
    void loader.page({ channelId, parentId, side: 'newest' }, isFresh);
  };
  const loadThreads = (isOn: (channelId: string) => boolean) => {
    for (const { channelId, parentId } of threads) {
      if (isOn(channelId)) loadIfNotLive(channelId, true, parentId);
    }
  };
  const slugOf = (channelId: string | undefined): string | null =>
    channelId === undefined
      ? null
      : (selectors.selectChannel(store.getState(), channelId)?.slug ?? null);
  /** The snapshot that serves best: of the channel that was wanted or opened last. */
  const bestRef = ({ projectSlug, channelSlug }: WorkspaceRef): WorkspaceRef => {
    const focused = isWorkspaceNewest ? null : slugOf([...open.keys()].at(-1));
    return { projectSlug, channelSlug: focused ?? channelSlug };
  };
  const workspaceRead = (ref: WorkspaceRef) => {
    workspace = ref;
    isWorkspaceNewest = true;
  };

  return {
    workspaceWanted(ref) {
      workspaceRead(ref);
      void loader.workspace(ref);
    },
    workspaceRead,
    channelOpened({ channelId, byQuery }) {
      const count = open.get(channelId) ?? 0;
      open.delete(channelId);
      open.set(channelId, count + 1); // last in the map: opened last
      isWorkspaceNewest = false;
      if (byQuery === true) return;
      // what is known is read again once the stream that is on its way is open: no need to do it twice
      const { isKnown } = selectors.selectTimelineInfo(store.getState(), channelId);
      const phase = selectors.selectConnectionPhase(store.getState());
      const isOnItsWay = phase === 'connecting' || phase === 'waiting';
      if (!isKnown || !isOnItsWay) loadIfNotLive(channelId, false);
    },
    channelClosed(channelId) {
      const count = open.get(channelId) ?? 0;
      if (count > 1) open.set(channelId, count - 1);
      else open.delete(channelId);
    },
    threadOpened({ channelId, parentId, byQuery }) {
      threads = [...threads, { channelId, parentId }];
      if (byQuery !== true) loadIfNotLive(channelId, false, parentId);
    },
    threadClosed(ref) {
      const shown = threads.find(
        ({ channelId, parentId }) => channelId === ref.channelId && parentId === ref.parentId,
      );
      threads = threads.filter((thread) => thread !== shown);
    },
    streamOpened(stream) {
      const channelId = channelOf(stream);
      if (channelId !== null) {
        if (open.has(channelId)) loadIfNotLive(channelId, true);
        loadThreads((id) => id === channelId);
        return;
      }
      loadThreads(() => true);
      const best = workspace === null ? null : bestRef(workspace);
      // one request for the rows, the channels, the roster and the unread counts
      if (best !== null) void loader.workspace(best, true);
      for (const openId of open.keys()) {
        if (slugOf(openId) !== best?.channelSlug) loadIfNotLive(openId, true);
      }
    },
    streamReleased(channelId) {
      if (open.has(channelId)) loadIfNotLive(channelId, true);
    },
    channelsChanged({ events, viewerId }) {
      if (workspace === null || viewerId === null) return;
      const isNewPlace = (event: ChannelEvent) =>
        event.op === 'memberJoined' &&
        event.userId === viewerId &&
        selectors.selectChannel(store.getState(), event.channelId) === null;
      if (events.some(isNewPlace)) void loader.workspace(bestRef(workspace), true);
    },
    forget() {
      workspace = null;
    },
  };
}
