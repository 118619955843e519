import type { HistoryWanted, WorkspaceRef } from '../actions/command';
import type { Asked, PageReceived } from '../actions/history';
import { membersReceived, pageReceived, snapshotApplied } from '../actions/history';
import { pageKey, workspaceKey } from '../actions/load';
import { pageRange } from '../actions/pageRange';
import type { RejectedFrame } from '../protocol/batch';
import type { MessagesPage } from '../protocol/rest';
import type { HudhudRootState } from '../selectors/root';
import type { Loading } from './loads';
import { createLoads } from './loads';
import type { Runtime, StoreApi } from './runtime';
import { toSnapshotApplied } from './snapshotAction';

/**
 * Asks for pages and snapshots and turns the answers into domain actions, so that what reducers and recorded logs know
 * is our vocabulary only (architecture section 3). One request per key is under way at a time; `isFresh` asks for one
 * that starts from now on.
 *
 * @internal
 */
export interface Loader {
  /** The newest wish wins: a request for another channel's snapshot is called off. */
  workspace(ref: WorkspaceRef, isFresh?: boolean): Promise<void>;
  page(wanted: HistoryWanted, isFresh?: boolean): Promise<void>;
  members(channelId: string): Promise<void>;
  /** Calls off everything that is under way. */
  stop(): void;
  /** The same, for a session that is over: nothing of it is told any more. */
  forget(): void;
}

/** The most that a server gives at once. */
const maxPageSize = 200;

/** Where a row was not understood, nothing counts as missing: what is not listed may be what was not understood. */
function trust(asked: Asked, rejected: readonly RejectedFrame[]): Asked {
  return rejected.length === 0 ? asked : { ...asked, absentBefore: 0 };
}

/** @internal */
export function createLoader(runtime: Runtime, store: StoreApi): Loader {
  const { selectors, instance, pageSize, quarantine, flags } = runtime;
  const loads = createLoads(runtime, store);
  let workspaceRef: WorkspaceRef | null = null;

  /** What was read joins what a connection tells if that connection stayed the same. */
  const isLiveSince = (before: HudhudRootState, channelId: string): boolean => {
    const epoch = selectors.selectCoveringEpoch(before, channelId);
    return epoch !== null && epoch === selectors.selectCoveringEpoch(store.getState(), channelId);
  };

  const ask = async (
    { channelId, parentId }: HistoryWanted,
    before: number | null,
    { rest }: Loading,
  ): Promise<MessagesPage> => {
    if (parentId !== null) return rest.replies(channelId, parentId, pageSize);
    const cursor = before === null ? {} : { before };
    const page = await rest.messages({ channelId, limit: pageSize, ...cursor });
    if (before === null || !page.hasMore || pageSize >= maxPageSize) return page;
    const isNew = page.messages.some((row) => (row.createdAt ?? before) < before - 1);
    // all in the millisecond that was asked for again: only a longer page leaves it
    return isNew ? page : rest.messages({ channelId, limit: maxPageSize, ...cursor });
  };

  const page = async (wanted: HistoryWanted, isFresh = false): Promise<void> => {
    const { channelId, parentId, side } = wanted;
    let asOf = Infinity;
    const run = async (loading: Loading) => {
      const state = store.getState();
      const window = selectors.selectNewestWindow(state, channelId, parentId);
      const isOlder = side === 'older' && window !== null && parentId === null;
      if (isOlder && window.from === null) return;
      // the window's edge is known in part only: its millisecond is asked for again
      const before = isOlder && window.from !== null ? window.from + 1 : null;
      const { messages, hasMore, rejected } = await ask(wanted, before, loading);
      quarantine.add(rejected);
      const isLive = isLiveSince(state, channelId);
      const range = pageRange({ before, hasMore, messages, isLive });
      const asked = trust(loading.asking.answer(), rejected);
      const payload: PageReceived = { channelId, parentId, messages, range, ...asked };
      asOf = payload.asOf;
      loading.tell(pageReceived(payload, instance));
    };
    await loads.once(pageKey(channelId, parentId, side), run, isFresh);
    // too old to be taken: something newer had to be forgotten meanwhile
    if (asOf < selectors.selectTrustedFrom(store.getState(), channelId)) await page(wanted);
  };

  return {
    page,
    workspace(ref, isFresh = false) {
      const { projectSlug, channelSlug } = ref;
      if (projectSlug !== workspaceRef?.projectSlug || channelSlug !== workspaceRef.channelSlug) {
        loads.cancel(workspaceKey);
      }
      workspaceRef = ref;
      const run = async ({ rest, asking, tell }: Loading) => {
        const before = store.getState();
        const snapshot = await rest.workspace(projectSlug, channelSlug, { limit: pageSize });
        quarantine.add(snapshot.rejected);
        const current = snapshot.currentChannelId;
        const isLive = current !== null && isLiveSince(before, current);
        const asked = trust(asking.answer(), snapshot.rejected);
        const payload = toSnapshotApplied(snapshot, isLive, asked, flags.enablePresence);
        tell(snapshotApplied(payload, instance));
      };
      return loads.once(workspaceKey, run, isFresh);
    },
    members: (channelId) =>
      loads.once(`members:${channelId}`, async ({ rest, asking, tell }) => {
        const { members, users, rejected } = await rest.members(channelId);
        quarantine.add(rejected);
        tell(membersReceived({ channelId, members, users, ...asking.answer() }, instance));
      }),
    stop() {
      loads.stop();
    },
    forget() {
      loads.forget();
    },
  };
}
