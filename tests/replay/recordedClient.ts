import { configureStore } from '@reduxjs/toolkit';
import type { Hudhud } from '../../src';
import { createHudhud, hudhudCheckOptions } from '../../src';
import type { LogRedaction } from '../../src/actions/logFormat';
import { createRecorder } from '../../src/replay/recorder';
import { createCountedPlatform } from '../support/countedPlatform';
import { until } from '../support/deadline';
import { cuttable } from '../support/cuttable';
import { createCookieFetch } from '../support/realClient';

const general = '3d1f7a52-9b57-4c0f-8a77-0e3b9d4c2b02';

/** One tab against a real server, with everything that its reducers see written down. */
export function createRecordedClient(url: string, redactions: readonly LogRedaction[] = ['none']) {
  const line = cuttable(createCookieFetch([]));
  const hudhud: Hudhud = createHudhud({
    baseUrl: `${url}/api`,
    platform: createCountedPlatform({ fetch: line.fetch }),
    // a stream that is cut again and again would have the ways take turns
    connection: {
      sources: ['sse'],
      initialDelayMs: 20,
      maxDelayMs: 60,
      maxReconnectAttempts: Infinity,
    },
    outbox: { initialDelayMs: 20, maxDelayMs: 60, undoDeleteMs: 0, echoWaitMs: 400 },
    staleReadToleranceMs: 200,
  });
  const recorders = redactions.map((redaction) =>
    createRecorder({ app: 'golden 1', redaction, checkpointEvery: 10 }),
  );
  const store = configureStore({
    reducer: { hudhud: hudhud.reducer },
    middleware: (getDefault) =>
      getDefault(hudhudCheckOptions())
        .prepend(hudhud.middleware)
        .concat(recorders.map(({ middleware }) => middleware)),
    devTools: false,
  });
  for (const recorder of recorders) recorder.start();
  const { actions, selectors } = hudhud;
  const seen = (
    fits: (rows: ReturnType<typeof selectors.selectTimeline>, root: unknown) => boolean,
  ) =>
    until(
      () => Promise.resolve(selectors.selectTimeline(store.getState(), general)),
      (rows) => fits(rows, store.getState()),
      20_000,
    );
  const isOpen = () =>
    until(
      () => Promise.resolve(selectors.selectConnectionStatus(store.getState())),
      (status) => status === 'connected',
    );
  return {
    hudhud,
    store,
    actions,
    seen,
    cut: line.cut,
    general,
    async enter(username: string) {
      await hudhud.auth.login({ username, password: 'hudhud-demo' });
      hudhud.start();
      store.dispatch(actions.loadWorkspace({ projectSlug: 'hudhud', channelSlug: 'general' }));
      store.dispatch(actions.channelOpened({ channelId: general }));
      await seen((rows) => rows.length > 0);
      await isOpen();
    },
    isOpen,
    say(content: string) {
      const wish = actions.sendMessage({ channelId: general, content });
      store.dispatch(wish);
      return wish.payload.opId;
    },
    /** The row of a text that the server has. */
    async row(content: string) {
      const rows = await seen((all) =>
        all.some((row) => row.content === content && row.id !== null && row.pending === null),
      );
      const id = rows.find((row) => row.content === content)?.id ?? '';
      return { channelId: general, target: id };
    },
    /** Nothing is wished any more that was not answered. */
    isSettled: () =>
      until(
        () => Promise.resolve(selectors.selectHudhud(store.getState()).outbox.channels),
        (channels) => channels.length === 0,
        20_000,
      ),
    async end(): Promise<readonly string[]> {
      hudhud.stop();
      for (const recorder of recorders) await recorder.stop();
      return recorders.map((recorder) => recorder.export());
    },
  };
}
