import type { HistoryWanted, WorkspaceRef } from '../actions/command';
import type { Asked, PageReceived } from '../actions/history';
import { membersReceived, pageReceived, snapshotApplied } from '../actions/history';
import { keyOf, workspaceKey } from '../actions/load';
import { countsReceived } from '../actions/reads';
import type { RestClient } from '../api/rest';
import type { RejectedFrame } from '../protocol/batch';
import type { HudhudRootState } from '../selectors/root';
import type { HistoryReader } from './historyPages';
import { readHistory } from './historyPages';
import { planHistory } from './historyPlan';
import type { Loading } from './loads';
import { isLiveSince } from './liveSince';
import { createLoads } from './loads';
import type { Runtime, StoreApi } from './runtime';
import { toSnapshotApplied } from './snapshotAction';
import { toCountsReceived } from './unreadCounts';

/**
 * Asks for pages and snapshots and turns the answers into domain actions, so that what reducers and recorded logs know
 * is our vocabulary only (architecture section 3). One request per key is under way at a time; `isFresh` asks for one
 * that starts from now on. Each tells whether it brought what was asked for.
 *
 * @internal
 */
export interface Loader {
  /** The newest wish wins: a request for another channel's snapshot is called off. */
  workspace(ref: WorkspaceRef, isFresh?: boolean): Promise<boolean>;
  page(wanted: HistoryWanted, isFresh?: boolean): Promise<boolean>;
  members(channelId: string): Promise<boolean>;
  /** How much is unread in every channel. */
  unread(): Promise<boolean>;
  /** Calls off everything that is under way. */
  stop(): void;
  /** The same, for a session that is over: nothing of it is told any more. */
  forget(): void;
}

/** Where a row was not understood, nothing counts as missing: what is not listed may be what was not understood. */
function trust(asked: Asked, rejected: readonly RejectedFrame[]): Asked {
  return rejected.length === 0 ? asked : { ...asked, absentBefore: 0 };
}

/** @internal */
export function createLoader(runtime: Runtime, store: StoreApi): Loader {
  const { selectors, instance, pageSize, quarantine, flags } = runtime;
  const loads = createLoads(runtime, store);
  let workspaceRef: WorkspaceRef | null = null;

  const isLive = (before: HudhudRootState, channelId: string): boolean =>
    isLiveSince(selectors, before, store.getState(), channelId);

  const reader = (before: HudhudRootState, wanted: HistoryWanted, rest: RestClient) => {
    const { channelId, parentId } = wanted;
    const made: HistoryReader = {
      pageSize,
      async get(cursor, limit) {
        const query = { limit, ...cursor };
        const page = await (parentId === null
          ? rest.messages({ channelId, ...query })
          : rest.replies(channelId, parentId, query));
        quarantine.add(page.rejected);
        return page;
      },
      isLive: () => isLive(before, channelId),
    };
    return made;
  };
  /** Too old to be taken: something newer had to be forgotten meanwhile. */
  const isRefused = (asOf: number, channelId: string) => {
    const trusted = selectors.selectTrustedFrom(store.getState(), channelId);
    // of a state that comes from elsewhere the next one might be refused as well, for ever
    return asOf < trusted && trusted <= runtime.ordinals.next();
  };

  const page = async (
    wanted: HistoryWanted,
    isFresh = false,
    isRepeat = false,
  ): Promise<boolean> => {
    const { channelId, parentId } = wanted;
    const seen = { isTooOld: false };
    const run = async ({ rest, asking, tell }: Loading) => {
      const state = store.getState();
      const plan = planHistory(wanted, selectors.selectHeldTimeline(state, channelId, parentId));
      if (plan === null) return;
      const pages = await readHistory(reader(state, wanted, rest), plan);
      const asked = asking.answer();
      const { asOf } = asked;
      // asked before it is told: what a page itself makes too much is no reason to ask for it again
      seen.isTooOld = isRefused(asOf, channelId);
      pages.forEach(({ page: { messages, rejected }, range }, i) => {
        // until its last page the request itself may still contradict what newer ones said
        const oldestInFlight =
          i < pages.length - 1
            ? Math.min(asOf, asked.oldestInFlight ?? asOf)
            : asked.oldestInFlight;
        const stamps = trust({ ...asked, oldestInFlight }, rejected);
        const payload: PageReceived = { channelId, parentId, messages, range, ...stamps };
        tell(pageReceived(payload, instance));
      });
    };
    const isDone = await loads.once(keyOf(wanted), run, isFresh);
    return seen.isTooOld && !isRepeat ? page(wanted, false, true) : isDone;
  };

  return {
    page: (wanted, isFresh) => page(wanted, isFresh),
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
        const isTold = current !== null && isLive(before, current);
        const asked = trust(asking.answer(), snapshot.rejected);
        const payload = toSnapshotApplied(snapshot, isTold, asked, flags.enablePresence);
        const channelId = payload.page?.channelId;
        const isTooOld = channelId !== undefined && isRefused(asked.asOf, channelId);
        tell(snapshotApplied(payload, instance));
        // the rest of the snapshot was taken: its page alone is asked for again
        if (isTooOld) {
          void page({ channelId, parentId: null, side: 'newest' });
        }
      };
      return loads.once(workspaceKey, run, isFresh);
    },
    members: (channelId) =>
      loads.once(`members:${channelId}`, async ({ rest, asking, tell }) => {
        const { members, users, rejected } = await rest.members(channelId);
        quarantine.add(rejected);
        tell(membersReceived({ channelId, members, users, ...asking.answer() }, instance));
      }),
    unread: () =>
      loads.once('unread', async ({ rest, asking, tell }) => {
        const before = selectors.selectStream(store.getState());
        const counts = await rest.unread();
        quarantine.add(counts.rejected);
        const root = store.getState();
        const now = selectors.selectStream(root);
        const isLive = now?.phase === 'open' && before?.epoch === now.epoch;
        const asked = { ...asking.answer(), isLive };
        tell(countsReceived(toCountsReceived(selectors, root, counts, asked), instance));
      }),
    stop() {
      loads.stop();
    },
    forget() {
      loads.forget();
    },
  };
}
