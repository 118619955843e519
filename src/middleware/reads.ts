import { deferred } from '../actions/define';
import type { PageCursor, PerformRead, Reading } from '../api/reading';
import { HudhudError } from '../errors';
import type { Eviction } from './eviction';
import type { HistoryPlan } from './historyPlan';
import { planBeside } from './historyPlan';
import type { Ingest } from './ingest';
import type { Loader } from './loader';
import type { Loading } from './loads';
import type { Resync } from './resync';
import type { Runtime, StoreApi } from './runtime';

/** Carries out what the queries of `hudhud.api` read. @internal */
export interface Reads {
  readonly perform: PerformRead;
  /** Calls off what is under way: nothing of it is told any more. */
  stop(): void;
  /** The same, for a session that is over: nothing is read until the next one begins, or the client is started. */
  suspend(): void;
  resume(): void;
}

/** Who has to know of reads beside the state: what is read counts as wanted. */
type Witness = Pick<Eviction, 'pageWanted'> & Pick<Resync, 'workspaceRead'>;

/** @internal */
export function createReads(
  runtime: Runtime,
  store: StoreApi,
  ingest: Ingest,
  loader: Loader,
  { pageWanted, workspaceRead }: Witness,
): Reads {
  const { selectors, platform, ordinals, pageSize, restFor } = runtime;
  const underWay = new Set<AbortController>();
  /** Between sessions. Whoever leaves may still hold a good token, while the server is being told. */
  let isOver = false;

  const stop = () => {
    for (const call of underWay) call.abort();
  };

  /** The timeline, as it is when the request begins, says what an answer may claim. */
  const planOf = (cursor: PageCursor, channelId: string, parentId: string | null): HistoryPlan => {
    if (cursor.side === 'newest') return { kind: 'newest' };
    const held = selectors.selectHeldTimeline(store.getState(), channelId, parentId);
    return planBeside(cursor.side, cursor.edge, held);
  };
  const readingOf = (loading: Loading): Reading => {
    const before = store.getState();
    const learn: Reading['learn'] = (facts) => {
      if (facts.kind === 'page' && facts.before !== null) {
        pageWanted({ channelId: facts.channelId, parentId: null, side: 'older' });
      }
      const channelId = ingest.learn(facts, before, loading);
      // the rest of the answer was taken: its page alone is asked for again
      if (channelId !== null) void loader.page({ channelId, parentId: null, side: 'newest' });
    };
    return {
      rest: loading.rest,
      pageSize,
      learn,
      async workspace(ref, query) {
        workspaceRead(ref);
        const { projectSlug, channelSlug } = ref;
        const snapshot = await loading.rest.workspace(projectSlug, channelSlug, query);
        learn({ kind: 'workspace', snapshot });
        return snapshot;
      },
      async history(ref, cursor, limit) {
        const { channelId, parentId } = ref;
        pageWanted({ channelId, parentId, side: cursor.side });
        const plan = planOf(cursor, channelId, parentId);
        const { pages, isTooOld } = await ingest.history(ref, plan, loading, limit);
        if (!isTooOld) return pages;
        const again = { ...loading, asking: ordinals.ask(platform.clock.now()) };
        try {
          return (await ingest.history(ref, plan, again, limit)).pages;
        } finally {
          again.asking.fail();
        }
      },
    };
  };

  return {
    async perform(read, signal) {
      if (isOver) {
        throw new HudhudError('UNAUTHORIZED', 'The session is over: sign in first.');
      }
      const call = new AbortController();
      const abort = () => {
        call.abort();
      };
      if (signal.aborted) abort();
      signal.addEventListener('abort', abort);
      underWay.add(call);
      const asking = ordinals.ask(platform.clock.now());
      const tell: Loading['tell'] = (action) => {
        // the query's own end follows and wakes the subscribers: one picture for both
        if (!call.signal.aborted) store.dispatch(deferred(action));
      };
      try {
        const result = await read(readingOf({ rest: restFor(call.signal), asking, tell }));
        if (!call.signal.aborted) return result;
        throw new HudhudError('ABORTED', 'The query was called off.');
      } finally {
        asking.fail();
        underWay.delete(call);
        signal.removeEventListener('abort', abort);
      }
    },
    stop,
    suspend() {
      isOver = true;
      stop();
    },
    resume() {
      isOver = false;
    },
  };
}
