import type { TimelineRef } from '../actions/command';
import type { PageReceived } from '../actions/history';
import {
  channelsReceived,
  membersReceived,
  messageFetched,
  pageReceived,
  snapshotApplied,
} from '../actions/history';
import { pageRange } from '../actions/pageRange';
import { countsReceived } from '../actions/reads';
import type { ReadFacts } from '../api/reading';
import type { MessagesPage } from '../protocol/rest';
import type { HudhudRootState } from '../selectors/root';
import type { HistoryReader } from './historyPages';
import { readHistory } from './historyPages';
import type { HistoryPlan } from './historyPlan';
import { isLiveSince } from './liveSince';
import type { Loading } from './loads';
import type { Runtime, StoreApi } from './runtime';
import { toSnapshotApplied } from './snapshotAction';
import { trusted } from './trusted';
import { toCountsReceived } from './unreadCounts';

/** What became of a page. */
interface HistoryTold {
  readonly pages: readonly MessagesPage[];
  /** It was too old to be taken: something newer had to be forgotten meanwhile. */
  readonly isTooOld: boolean;
}

/**
 * Turns answers into domain actions, so that what reducers and recorded logs know is our vocabulary only, whoever asked:
 * the loader or a query. An action leaves in the moment in which its answer is there: what it claims of the stream and of
 * requests under way is true then.
 *
 * @internal
 */
export interface Ingest {
  /** Reads a page of a timeline and tells it. */
  readonly history: (
    ref: TimelineRef,
    plan: HistoryPlan,
    loading: Loading,
    pageSize?: number,
  ) => Promise<HistoryTold>;
  /**
   * Tells what an answer says.
   *
   * @param before - The state when it was asked for.
   * @returns The channel whose page was too old to be taken; `null`: none.
   */
  readonly learn: (
    facts: ReadFacts,
    before: HudhudRootState,
    loading: Pick<Loading, 'asking' | 'tell'>,
  ) => string | null;
}

/** @internal */
export function createIngest(runtime: Runtime, store: StoreApi): Ingest {
  const { selectors, instance, quarantine, flags } = runtime;

  const isLive = (before: HudhudRootState, channelId: string): boolean =>
    isLiveSince(selectors, before, store.getState(), channelId);
  const isRefused = (asOf: number, channelId: string) => {
    const from = selectors.selectTrustedFrom(store.getState(), channelId);
    // of a state that comes from elsewhere the next one might be refused as well, for ever
    return asOf < from && from <= runtime.ordinals.next();
  };

  return {
    async history(
      { channelId, parentId },
      plan,
      { rest, asking, tell },
      pageSize = runtime.pageSize,
    ) {
      const before = store.getState();
      const reader: HistoryReader = {
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
      const pages = await readHistory(reader, plan);
      const asked = asking.answer();
      const { asOf } = asked;
      // asked before it is told: what a page itself makes too much is no reason to ask for it again
      const isTooOld = isRefused(asOf, channelId);
      pages.forEach(({ page: { messages, rejected }, range }, i) => {
        // until its last page the request itself may still contradict what newer ones said
        const oldestInFlight =
          i < pages.length - 1
            ? Math.min(asOf, asked.oldestInFlight ?? asOf)
            : asked.oldestInFlight;
        const stamps = trusted({ ...asked, oldestInFlight }, rejected.length === 0);
        const payload: PageReceived = { channelId, parentId, messages, range, ...stamps };
        tell(pageReceived(payload, instance));
      });
      return { pages: pages.map(({ page }) => page), isTooOld };
    },

    learn(facts, before, { asking, tell }) {
      switch (facts.kind) {
        case 'workspace': {
          const { snapshot } = facts;
          quarantine.add(snapshot.rejected);
          const current = snapshot.currentChannelId;
          const isTold = current !== null && isLive(before, current);
          const asked = trusted(asking.answer(), snapshot.rejected.length === 0);
          const payload = toSnapshotApplied(snapshot, isTold, asked, flags.enablePresence);
          const channelId = payload.page?.channelId ?? null;
          const isTooOld = channelId !== null && isRefused(asked.asOf, channelId);
          tell(snapshotApplied(payload, instance));
          return isTooOld ? channelId : null;
        }
        case 'channels': {
          const { channels, rejected } = facts.list;
          const { projectId } = facts;
          quarantine.add(rejected);
          const complete = projectId !== null && rejected.length === 0;
          const asked = { ...asking.answer(), ...(complete ? { projectId } : {}) };
          tell(channelsReceived({ channels, complete, ...asked }, instance));
          return null;
        }
        case 'members': {
          const { members, users, rejected } = facts.list;
          quarantine.add(rejected);
          const partial = rejected.length > 0 ? { isPartial: true as const } : {};
          const list = { channelId: facts.scopeId, members, users, ...partial };
          const payload = { ...list, ...asking.answer() };
          tell(membersReceived(payload, instance));
          return null;
        }
        case 'unread': {
          const { counts } = facts;
          quarantine.add(counts.rejected);
          const root = store.getState();
          const now = selectors.selectStream(root);
          const isOpen =
            now?.phase === 'open' && selectors.selectStream(before)?.epoch === now.epoch;
          const asked = { ...asking.answer(), isLive: isOpen };
          tell(countsReceived(toCountsReceived(selectors, root, counts, asked), instance));
          return null;
        }
        case 'page': {
          const { channelId, page, before: moment } = facts;
          const { messages, rejected, hasMore } = page;
          quarantine.add(rejected);
          const asked = trusted(asking.answer(), rejected.length === 0);
          const isTold = moment === null && isLive(before, channelId);
          const range = pageRange({ before: moment, hasMore, messages, isLive: isTold });
          const isTooOld = isRefused(asked.asOf, channelId);
          tell(pageReceived({ channelId, parentId: null, messages, range, ...asked }, instance));
          return isTooOld ? channelId : null;
        }
        case 'messages': {
          const { messages, rejected } = facts;
          quarantine.add(rejected);
          const asked = asking.answer();
          messages.forEach((message, i) => {
            const isDeferred = i < messages.length - 1;
            tell(messageFetched({ message, ...asked }, instance, isDeferred));
          });
          return null;
        }
      }
    },
  };
}
