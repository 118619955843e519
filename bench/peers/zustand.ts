import { createStore } from 'zustand/vanilla';
import type { MessageFact } from '../../src/protocol/models';
import type { Peer } from '../peer';
import type { BenchEvent } from '../workloads';

interface Chat {
  readonly channels: Readonly<Record<string, readonly MessageFact[]>>;
  readonly people: Readonly<Record<string, string>>;
}

const none: readonly MessageFact[] = [];
const byTime = (a: MessageFact, b: MessageFact) =>
  (a.createdAt ?? 0) - (b.createdAt ?? 0) || (a.id < b.id ? -1 : 1);

function apply(state: Chat, event: BenchEvent): Chat {
  if (event.type === 'presence') {
    return { ...state, people: { ...state.people, [event.userId]: event.status } };
  }
  const channelId = (event.type === 'reaction' ? event.channelId : event.message.channelId) ?? '';
  const rows = state.channels[channelId] ?? none;
  const put = (next: readonly MessageFact[]) => ({
    ...state,
    channels: { ...state.channels, [channelId]: next },
  });
  if (event.type === 'reaction') {
    return put(
      rows.map((row) =>
        row.id === event.messageId ? { ...row, threadCount: (row.threadCount ?? 0) + 1 } : row,
      ),
    );
  }
  const { message } = event;
  if (event.op === 'delete') return put(rows.filter((row) => row.id !== message.id));
  if (event.op === 'edit') {
    return put(rows.map((row) => (row.id === message.id ? { ...row, ...message } : row)));
  }
  return rows.some((row) => row.id === message.id) ? state : put([...rows, message].sort(byTime));
}

/** Arrays in a Zustand store, as most chat examples have them. */
export const zustandPeer: Peer = {
  name: 'Zustand, arrays',
  create() {
    const store = createStore<Chat>(() => ({ channels: {}, people: {} }));
    return {
      page(channelId, rows) {
        store.setState((state) => {
          const held = state.channels[channelId] ?? none;
          const known = new Set(held.map((row) => row.id));
          const fresh = rows.filter((row) => !known.has(row.id));
          const next = [...held, ...fresh].sort(byTime);
          return { channels: { ...state.channels, [channelId]: next } };
        });
      },
      frame(events) {
        store.setState((state) => events.reduce(apply, state));
      },
      read: (channelId) => store.getState().channels[channelId] ?? none,
      subscribe(onChange) {
        store.subscribe(onChange);
      },
    };
  },
};
