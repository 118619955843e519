import type { ChannelLog } from '../state/channelLog';
import type { OutboxState } from '../state/outboxState';
import type { HudhudState } from '../state/rootReducer';
import type { Bucket, Keyed, Table } from '../state/table';

/** What of the state is shown in the panel: tables as lists, histories as their sizes, nothing of what people wrote. */

function entriesOf<T extends Keyed>({ rows }: Table<T>): Bucket<T> {
  return rows.flatMap((row) => row.flat());
}

function logView({ channelId, size, timelines, parked, cut }: ChannelLog): unknown {
  return {
    ...{ channelId, size, parked: parked.length, cut },
    timelines: timelines.map(({ parentId, segments, windows }) => ({
      parentId,
      messages: segments.reduce((sum, segment) => sum + segment.length, 0),
      newest: segments.at(-1)?.at(-1)?.id ?? null,
      windows,
    })),
  };
}

function outboxView({ channels, ...rest }: OutboxState): unknown {
  const shown = channels.map(({ channelId, operations }) => ({
    channelId,
    operations: operations.map((operation) =>
      'content' in operation
        ? { ...operation, content: `[${operation.content.length} characters]` }
        : operation,
    ),
  }));
  return { ...rest, aliases: rest.aliases.length, channels: shown };
}

const views = new WeakMap<object, unknown>();

/** A part's view is made once: the panel asks for every state, and most parts are the same ones. */
function viewOf<T extends object>(part: T, make: (part: T) => unknown): unknown {
  let view = views.get(part);
  if (view === undefined) {
    view = make(part);
    views.set(part, view);
  }
  return view;
}

/** @internal */
export function stateView(state: HudhudState): unknown {
  return viewOf(state, () => ({
    ...state,
    messages: viewOf(state.messages, ({ channels }) => channels.map((log) => viewOf(log, logView))),
    users: viewOf(state.users, entriesOf),
    presence: viewOf(state.presence, ({ people, ...rest }) => ({
      ...rest,
      people: entriesOf(people),
    })),
    channels: viewOf(state.channels, ({ list, ...rest }) => ({
      ...rest,
      list: list.map(({ lastMessage, ...channel }) => ({
        ...channel,
        lastMessage: lastMessage === null ? null : lastMessage.id,
      })),
    })),
    notices: viewOf(state.notices, ({ list, ...rest }) => ({
      ...rest,
      list: list.map((one) => ({
        ...one,
        text: one.text === null ? null : `[${one.text.length} characters]`,
      })),
    })),
    outbox: viewOf(state.outbox, outboxView),
  }));
}
