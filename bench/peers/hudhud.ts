import { batchToActions } from '../../src/actions/batchToActions';
import { connectionChanged } from '../../src/actions/connection';
import { defaultFlags } from '../../src/flags';
import { createHudhudStore, pageReceived } from '../../src/index';
import type { Peer } from '../peer';

/**
 * The whole public set-up: `createHudhudStore` with its middleware. Events enter as the middleware's own pipeline
 * dispatches them.
 */
export const hudhudPeer: Peer = {
  name: '@hudhud/state',
  create() {
    const { store, hudhud } = createHudhudStore({ baseUrl: '/api', exposeStatus: false });
    const { selectors, reducerPath: instance } = hudhud;
    let ordinal = 1;
    store.dispatch(
      connectionChanged({
        stream: 'main',
        phase: 'open',
        epoch: 1,
        attempt: 0,
        openedAt: 1,
        nextRetryAt: null,
        error: null,
      }),
    );
    return {
      page(channelId, messages) {
        const asOf = ordinal++;
        const from = messages[0]?.createdAt ?? null;
        const range = { from, to: null };
        const asked = { asOf, absentBefore: 0, oldestInFlight: null };
        store.dispatch(pageReceived({ channelId, parentId: null, messages, range, ...asked }));
      },
      frame(events) {
        const batch = {
          stream: 'main',
          epoch: 1,
          events,
          rejected: [],
          lastEventId: null,
          receivedAt: 1,
        } as const;
        const translation = { instance, ordinal, viewerId: null, flags: defaultFlags };
        const { actions, nextOrdinal } = batchToActions(batch, translation);
        ordinal = nextOrdinal;
        for (const action of actions) store.dispatch(action);
      },
      read: (channelId) => selectors.selectMessages(store.getState(), channelId),
      subscribe(onChange) {
        store.subscribe(onChange);
      },
    };
  },
};
