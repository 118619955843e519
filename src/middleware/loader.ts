import type { ChannelRef, HistoryWanted, WorkspaceRef } from '../actions/command';
import { keyOf, pollKey, unreadKey, workspaceKey } from '../actions/load';
import { planHistory } from './historyPlan';
import type { Ingest } from './ingest';
import type { Loading } from './loads';
import { createLoads } from './loads';
import type { Runtime, StoreApi } from './runtime';

/** What is read where no stream tells: a workspace, or the newest page of a channel; `null`: what is unread. @internal */
export type PollTarget = WorkspaceRef | ChannelRef | null;

/**
 * Asks for pages and snapshots, of which `ingest` makes domain actions. One request per key is under way at a time; `isFresh` asks for one
 * that starts from now on, whatever is known. Each tells whether it brought what was asked for.
 *
 * @internal
 */
export interface Loader {
  /** The newest wish wins: a request for another channel's snapshot is called off. */
  workspace(ref: WorkspaceRef, isFresh?: boolean): Promise<boolean>;
  page(wanted: HistoryWanted, isFresh?: boolean): Promise<boolean>;
  members(channelId: string): Promise<boolean>;
  /** How much is unread in every channel. */
  unread(isFresh?: boolean): Promise<boolean>;
  /** Reads one thing that nobody asked for, under a key of its own. A wish for something else calls it off: `null`. */
  poll(target: PollTarget): Promise<boolean | null>;
  cancelPoll(): void;
  /** Calls off everything that is under way. */
  stop(): void;
  /** The same, for a session that is over: nothing of it is told any more. */
  forget(): void;
}

/** @internal */
export function createLoader(runtime: Runtime, store: StoreApi, ingest: Ingest): Loader {
  const { selectors, pageSize } = runtime;
  const loads = createLoads(runtime, store);
  let workspaceRef: WorkspaceRef | null = null;
  /** How often polls were called off. */
  let calledOff = 0;

  const page = async (
    wanted: HistoryWanted,
    isFresh = false,
    isRepeat = false,
  ): Promise<boolean> => {
    const { channelId, parentId } = wanted;
    const seen = { isTooOld: false };
    const run = async (loading: Loading) => {
      const held = selectors.selectHeldTimeline(store.getState(), channelId, parentId);
      const plan = planHistory(wanted, held, isFresh);
      if (plan === null) return;
      seen.isTooOld = (await ingest.history(wanted, plan, loading)).isTooOld;
    };
    const isDone = await loads.once(keyOf(wanted), run, isFresh);
    return seen.isTooOld && !isRepeat ? page(wanted, isFresh, true) : isDone;
  };

  const readWorkspace =
    ({ projectSlug, channelSlug }: WorkspaceRef) =>
    async (loading: Loading) => {
      const before = store.getState();
      const query = { limit: pageSize };
      const snapshot = await loading.rest.workspace(projectSlug, channelSlug, query);
      const channelId = ingest.learn({ kind: 'workspace', snapshot }, before, loading);
      // the rest of the snapshot was taken: its page alone is asked for again
      if (channelId !== null) void page({ channelId, parentId: null, side: 'newest' });
    };
  const readUnread = async (loading: Loading) => {
    const before = store.getState();
    const counts = await loading.rest.unread();
    ingest.learn({ kind: 'unread', counts }, before, loading);
  };
  const readOf = (target: PollTarget) => {
    if (target === null) return readUnread;
    if ('projectSlug' in target) return readWorkspace(target);
    const ref = { channelId: target.channelId, parentId: null };
    return async (loading: Loading) => {
      await ingest.history(ref, { kind: 'newest' }, loading);
    };
  };

  return {
    page: (wanted, isFresh) => page(wanted, isFresh),
    workspace(ref, isFresh = false) {
      const { projectSlug, channelSlug } = ref;
      if (projectSlug !== workspaceRef?.projectSlug || channelSlug !== workspaceRef.channelSlug) {
        loads.cancel(workspaceKey);
      }
      workspaceRef = ref;
      return loads.once(workspaceKey, readWorkspace(ref), isFresh);
    },
    members: (channelId) =>
      loads.once(`members:${channelId}`, async (loading) => {
        const before = store.getState();
        const list = await loading.rest.members(channelId);
        ingest.learn({ kind: 'members', scopeId: channelId, list }, before, loading);
      }),
    unread: (isFresh) => loads.once(unreadKey, readUnread, isFresh),
    async poll(target) {
      const mine = calledOff;
      const isDone = await loads.once(pollKey, readOf(target), false, 'poll');
      return isDone || mine === calledOff ? isDone : null;
    },
    cancelPoll() {
      calledOff += 1;
      loads.cancel(pollKey);
    },
    stop() {
      loads.stop();
    },
    forget() {
      loads.forget();
    },
  };
}
