import type { HudhudStore } from '../../src';
import { createHudhudStore } from '../../src';
import { operationsOf } from '../../src/state/outboxState';
import type { CountedPlatform } from '../support/countedPlatform';
import { createCountedPlatform } from '../support/countedPlatform';
import { createCookieFetch, openWorkspace } from '../support/realClient';
import { until } from '../support/deadline';

/** A client that reads one channel and writes into it. */
export interface Writer extends HudhudStore {
  readonly username: string;
  readonly platform: CountedPlatform;
  /** Sends that were wished, by their nonces. */
  readonly wished: Set<string>;
  /** Wishes something: most often a send. */
  readonly act: (n: number) => void;
  /** Nonces of sends that are on their way. */
  readonly pending: () => readonly string[];
  /** Sends again what failed. */
  readonly retry: () => void;
}

export async function createWriter(url: string, username: string): Promise<Writer> {
  const answers: string[] = [];
  const cookieFetch = createCookieFetch(answers);
  const platform = createCountedPlatform({
    async fetch(address, init) {
      // what is not read must not count as growth
      answers.length = 0;
      return cookieFetch(address, init);
    },
    logger: { debug: () => undefined },
  });
  const { store, hudhud } = createHudhudStore({
    baseUrl: `${url}/api`,
    platform,
    maxMessagesPerChannel: 200,
    connection: { initialDelayMs: 100, maxDelayMs: 2_000, maxReconnectAttempts: Infinity },
    outbox: { initialDelayMs: 100, maxDelayMs: 2_000, maxAttempts: 1_000 },
    // it writes more than a person may, to a server that does not count
    rateBudget: { limit: 1_000_000 },
  });
  const { actions, selectors } = hudhud;
  await hudhud.auth.login({ username, password: 'hudhud-demo' });
  hudhud.start();
  const seen = <T>(
    read: (from: typeof selectors, root: Readonly<Record<string, unknown>>) => T,
    fits: (value: T) => boolean,
    ms?: number,
  ) => until(() => Promise.resolve(read(selectors, store.getState())), fits, ms);
  const channels = await openWorkspace({
    ...{ store, hudhud, platform, answers, seen },
    ...{ enter: () => Promise.resolve(''), texts: () => [] },
  });
  const channelId = channels['general'] ?? '';
  store.dispatch(actions.channelOpened({ channelId }));

  const wished = new Set<string>();
  const operations = () => operationsOf(selectors.selectHudhud(store.getState()).outbox, channelId);
  return {
    ...{ store, hudhud, username, platform, wished },
    act(n) {
      const rows = selectors.selectTimeline(store.getState(), channelId);
      const row = rows[rows.length - 1 - (n % 20)];
      const target = row?.id ?? null;
      if (n % 5 === 0 && target !== null) {
        store.dispatch(actions.addReaction({ channelId, target, emoji: '👍' }));
      } else if (n % 5 === 1 && target !== null && row?.isOwn === true && !row.isDeleted) {
        store.dispatch(
          actions.editMessage({ channelId, target, content: `${username} edits ${n}` }),
        );
      } else {
        const wish = actions.sendMessage({ channelId, content: `${username} says ${n}` });
        wished.add(wish.payload.opId);
        store.dispatch(wish);
      }
    },
    pending: () => operations().flatMap(({ kind, opId }) => (kind === 'send' ? [opId] : [])),
    retry() {
      for (const { opId, status } of operations()) {
        if (status === 'failed') store.dispatch(actions.retry({ opId }));
      }
    },
  };
}
