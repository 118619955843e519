import { configureStore, createEntityAdapter, createSelector, createSlice } from '@reduxjs/toolkit';
import type { PayloadAction } from '@reduxjs/toolkit';
import type { MessageFact } from '../../src/protocol/models';
import type { Peer } from '../peer';
import type { BenchEvent } from '../workloads';

type Row = MessageFact & { readonly channelId: string };

/** The pattern of the Redux Toolkit documentation: one sorted adapter for messages, one for presence. */
export const entityAdapterPeer: Peer = {
  name: 'createEntityAdapter',
  create() {
    const messages = createEntityAdapter<Row>({
      sortComparer: (a, b) => (a.createdAt ?? 0) - (b.createdAt ?? 0) || (a.id < b.id ? -1 : 1),
    });
    const people = createEntityAdapter<{ id: string; status: string }>();
    const slice = createSlice({
      name: 'chat',
      initialState: { messages: messages.getInitialState(), people: people.getInitialState() },
      reducers: {
        received(state, { payload }: PayloadAction<readonly BenchEvent[]>) {
          for (const event of payload) {
            if (event.type === 'presence') {
              people.upsertOne(state.people, { id: event.userId, status: event.status });
            } else if (event.type === 'reaction') {
              const row = state.messages.entities[event.messageId];
              if (row !== undefined) row.threadCount = (row.threadCount ?? 0) + 1;
            } else if (event.op === 'delete') {
              messages.removeOne(state.messages, event.message.id);
            } else if (event.op === 'edit') {
              messages.updateOne(state.messages, { id: event.message.id, changes: event.message });
            }
          }
          const created = payload.flatMap((event) =>
            event.type !== 'presence' && event.type !== 'reaction' && event.op === 'create'
              ? [event.message as Row]
              : [],
          );
          if (created.length > 0) messages.addMany(state.messages, created);
        },
        loaded(state, { payload }: PayloadAction<readonly MessageFact[]>) {
          messages.upsertMany(state.messages, payload as Row[]);
        },
      },
    });
    const store = configureStore({
      reducer: slice.reducer,
      middleware: (getDefault) => getDefault({ serializableCheck: false, immutableCheck: false }),
      devTools: false,
    });
    const selectAll = messages.getSelectors().selectAll;
    const byChannel = new Map<string, (state: ReturnType<typeof slice.reducer>) => Row[]>();
    const selectOf = (channelId: string) => {
      let select = byChannel.get(channelId);
      if (select === undefined) {
        select = createSelector(
          [(state: ReturnType<typeof slice.reducer>) => selectAll(state.messages)],
          (rows) => rows.filter((row) => row.channelId === channelId),
        );
        byChannel.set(channelId, select);
      }
      return select;
    };
    return {
      page(_, rows) {
        store.dispatch(slice.actions.loaded(rows));
      },
      frame(events) {
        store.dispatch(slice.actions.received(events));
      },
      read: (channelId) => selectOf(channelId)(store.getState()),
      subscribe(onChange) {
        store.subscribe(onChange);
      },
    };
  },
};
