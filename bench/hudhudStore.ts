import { configureStore } from '@reduxjs/toolkit';
import { batchToActions } from '../src/actions/batchToActions';
import { connectionChanged } from '../src/actions/connection';
import { defaultFlags } from '../src/flags';
import type { HudhudOptions } from '../src/index';
import { createHudhud, hudhudCheckOptions, pageReceived, sessionStarted } from '../src/index';
import type { PeerStore } from './peer';

/** Bounds that are never reached: for what a row says to be held, rather than let go. */
export const unbounded: Partial<HudhudOptions> = {
  maxMessagesPerChannel: Number.MAX_SAFE_INTEGER,
  maxChannelsHeld: Number.MAX_SAFE_INTEGER,
};

/** Requests that nobody answers, and timers that never fire: a server that is slow for ever. */
export const silentPlatform: NonNullable<HudhudOptions['platform']> = {
  fetch: () => new Promise(() => undefined),
  timers: { after: () => () => undefined },
};

/**
 * The whole public set-up: `createHudhud` with its middleware in `configureStore`, somebody signed in and the stream
 * open. Events enter as the middleware's own pipeline dispatches them.
 */
export function createHudhudStore(options: Partial<HudhudOptions>, viewerId: string | null = null) {
  const hudhud = createHudhud({
    ...{ baseUrl: '/api', exposeStatus: false, tokens: { getToken: () => 'bench' } },
    ...options,
  });
  const { selectors, reducerPath: instance } = hudhud;
  const store = configureStore({
    reducer: { [instance]: hudhud.reducer },
    middleware: (getDefault) => getDefault(hudhudCheckOptions(instance)).prepend(hudhud.middleware),
    devTools: false,
  });
  if (viewerId !== null) store.dispatch(sessionStarted({ user: { id: viewerId } }));
  const openStream = () => {
    store.dispatch(
      connectionChanged({
        ...{ stream: 'main', phase: 'open', epoch: 1, attempt: 0, openedAt: 1 },
        ...{ since: 0, source: 'sse' as const, lostAt: null, nextRetryAt: null, error: null },
      }),
    );
  };
  openStream();
  let ordinal = 1;
  const page = (
    channelId: string,
    messages: Parameters<PeerStore['page']>[1],
    parentId: string | null = null,
  ) => {
    const asOf = ordinal++;
    const range = { from: messages[0]?.createdAt ?? null, to: null };
    const asked = { asOf, absentBefore: 0, oldestInFlight: null };
    store.dispatch(pageReceived({ channelId, parentId, messages, range, ...asked }));
  };
  const peer: PeerStore = {
    page,
    frame(events) {
      const nothing = { rejected: [], lastEventId: null };
      const batch = { stream: 'main', epoch: 1, events, receivedAt: 1, ...nothing } as const;
      const translation = { instance, ordinal, viewerId, flags: defaultFlags };
      const { actions, nextOrdinal } = batchToActions(batch, translation);
      ordinal = nextOrdinal;
      for (const action of actions) store.dispatch(action);
    },
    read: (channelId) => selectors.selectMessages(store.getState(), channelId),
    subscribe(onChange) {
      store.subscribe(onChange);
    },
  };
  return {
    ...peer,
    page,
    store,
    hudhud,
    timeline: (channelId: string) => selectors.selectTimeline(store.getState(), channelId),
    /** Lets wishes leave; the stream that it would open is the bench's own. */
    start() {
      hudhud.start();
      openStream();
    },
  };
}
