import type { PageReceived, SnapshotApplied } from '../actions/history';
import { membersReceived, pageReceived, snapshotApplied } from '../actions/history';
import type { HistoryWanted, WorkspaceRef } from '../actions/command';
import { loadDone, loadFailed, loadStarted, pageKey, workspaceKey } from '../actions/load';
import { pageRange } from '../actions/pageRange';
import { isHudhudError } from '../errors';
import type { WorkspaceSnapshot } from '../protocol/rest';
import type { Asking } from './ordinals';
import type { Runtime, StoreApi } from './runtime';

/**
 * Asks for pages and snapshots and turns the answers into domain actions, so that what reducers and recorded logs know
 * is our vocabulary only (architecture section 3). One request per key is under way at a time.
 *
 * @internal
 */
export interface Loader {
  workspace(ref: WorkspaceRef): Promise<void>;
  page(wanted: HistoryWanted): Promise<void>;
  members(channelId: string): Promise<void>;
}

/** @internal */
export function createLoader(runtime: Runtime, store: StoreApi): Loader {
  const { rest, selectors, ordinals, platform, instance, pageSize, quarantine } = runtime;
  const underWay = new Map<string, Promise<void>>();

  const once = (key: string, run: (asking: Asking) => Promise<void>): Promise<void> => {
    const known = underWay.get(key);
    if (known !== undefined) return known;
    const load = async () => {
      store.dispatch(loadStarted({ key }, instance));
      const asking = ordinals.ask(platform.clock.now());
      try {
        await run(asking);
        store.dispatch(loadDone({ key }, instance));
      } catch (error) {
        const code = isHudhudError(error) ? error.code : 'BAD_RESPONSE';
        platform.logger.debug('load failed', { key, code });
        store.dispatch(loadFailed({ key, code }, instance));
      } finally {
        asking.fail();
        underWay.delete(key);
      }
    };
    const loading = load();
    underWay.set(key, loading);
    return loading;
  };

  const mainEpoch = (): number | null => {
    const main = selectors.selectStream(store.getState());
    return main?.phase === 'open' ? main.epoch : null;
  };
  /** Number of the connection that tells of a channel now; a page joins what it tells only if that stays the same. */
  const epochOf = (channelId: string): number | null => {
    const state = store.getState();
    if (!selectors.selectIsCovered(state, channelId)) return null;
    return mainEpoch() ?? selectors.selectStream(state, `channel:${channelId}`)?.epoch ?? null;
  };

  const page = async (wanted: HistoryWanted): Promise<void> => {
    const { channelId, parentId, side } = wanted;
    let asOf = Infinity;
    await once(pageKey(channelId, parentId, side), async (asking) => {
      const state = store.getState();
      const window = selectors.selectNewestWindow(state, channelId, parentId);
      const isOlder = side === 'older' && window !== null && parentId === null;
      if (isOlder && window.from === null) return;
      // the window's edge is known in part only: its millisecond is asked for again
      const before = isOlder && window.from !== null ? window.from + 1 : null;
      const epoch = epochOf(channelId);
      const query = { channelId, limit: pageSize, ...(before === null ? {} : { before }) };
      const answer =
        parentId === null
          ? await rest.messages(query)
          : await rest.replies(channelId, parentId, pageSize);
      quarantine.add(answer.rejected);
      const { messages, hasMore } = answer;
      const isLive = epoch !== null && epoch === epochOf(channelId);
      const range = pageRange({ before, hasMore, messages, isLive });
      const payload: PageReceived = { channelId, parentId, messages, range, ...asking.answer() };
      asOf = payload.asOf;
      store.dispatch(pageReceived(payload, instance));
    });
    // too old to be taken: something newer had to be forgotten meanwhile
    if (asOf < selectors.selectTrustedFrom(store.getState(), channelId)) await page(wanted);
  };

  const toAction = (
    snapshot: WorkspaceSnapshot,
    isLive: boolean,
    asked: ReturnType<Asking['answer']>,
  ): SnapshotApplied => {
    const { project, channels, users, members, membersOnline, page: rows } = snapshot;
    const currentChannelId = snapshot.currentChannelId ?? channels[0]?.id ?? '';
    return {
      ...asked,
      project,
      channels,
      currentChannelId,
      users,
      members,
      onlineCount: membersOnline,
      page:
        rows === null
          ? null
          : {
              ...asked,
              channelId: rows.channelId,
              parentId: null,
              messages: rows.messages,
              range: pageRange({
                before: null,
                hasMore: rows.hasMore,
                messages: rows.messages,
                isLive,
              }),
            },
    };
  };

  return {
    page,
    workspace: ({ projectSlug, channelSlug }) =>
      once(workspaceKey, async (asking) => {
        // which channel the server will answer for is known only afterwards, so the main stream is what counts
        const epoch = mainEpoch();
        const snapshot = await rest.workspace(projectSlug, channelSlug, { limit: pageSize });
        quarantine.add(snapshot.rejected);
        const current = snapshot.currentChannelId;
        const isLive =
          epoch !== null &&
          epoch === mainEpoch() &&
          current !== null &&
          selectors.selectIsCovered(store.getState(), current);
        store.dispatch(snapshotApplied(toAction(snapshot, isLive, asking.answer()), instance));
      }),
    members: (channelId) =>
      once(`members:${channelId}`, async (asking) => {
        const { members, users, rejected } = await rest.members(channelId);
        quarantine.add(rejected);
        store.dispatch(
          membersReceived({ channelId, members, users, ...asking.answer() }, instance),
        );
      }),
  };
}
