import type { Reducer, UnknownAction } from '@reduxjs/toolkit';
import { connectionChanged } from '../actions/connection';
import { isOfInstance } from '../actions/define';
import type { Observed } from '../actions/stream';
import type { ChannelsState } from './channels';
import { channelsReducer } from './channels';
import type { ConnectionState } from './connection';
import { connectionReducer, findStream } from './connection';
import type { LoadsState } from './loads';
import { loadsReducer } from './loads';
import type { MembersState } from './members';
import { membersReducer } from './members';
import type { MessagesState } from './messagesState';
import { messagesReducer } from './messages';
import type { MetricsState } from './metrics';
import { metricsReducer } from './metrics';
import type { NoticesState } from './notices';
import { noticesReducer } from './notices';
import { createOutboxReducer } from './outbox';
import type { OutboxState } from './outboxState';
import type { PresenceState } from './presence';
import { presenceReducer } from './presence';
import { readsReducer } from './reads';
import type { ReadsState } from './readsState';
import type { Correlate } from './settle';
import { correlateByMetadata } from './settle';
import type { StorageState } from './storage';
import { storageReducer } from './storage';
import type { TypingState } from './typing';
import { typingReducer } from './typing';
import type { UsersState } from './users';
import { usersReducer } from './users';

/**
 * Everything that this package holds, under one key of the host's state. Plain JSON throughout (L15).
 *
 * @public
 */
export interface HudhudState {
  readonly connection: ConnectionState;
  readonly messages: MessagesState;
  readonly channels: ChannelsState;
  readonly members: MembersState;
  readonly users: UsersState;
  readonly presence: PresenceState;
  readonly typing: TypingState;
  readonly notices: NoticesState;
  readonly loads: LoadsState;
  readonly outbox: OutboxState;
  readonly reads: ReadsState;
  readonly storage: StorageState;
  readonly metrics: MetricsState;
}

const start: UnknownAction = { type: '@@hudhud/start' };

type OutboxReducer = ReturnType<typeof createOutboxReducer>;

function fold(
  state: HudhudState | undefined,
  action: UnknownAction,
  reduceOutbox: OutboxReducer,
): HudhudState {
  const next: HudhudState = {
    connection: connectionReducer(state?.connection, action),
    messages: messagesReducer(state?.messages, action),
    channels: channelsReducer(state?.channels, action),
    members: membersReducer(state?.members, action),
    users: usersReducer(state?.users, action),
    presence: presenceReducer(state?.presence, action),
    typing: typingReducer(state?.typing, action),
    notices: noticesReducer(state?.notices, action),
    loads: loadsReducer(state?.loads, action),
    outbox: reduceOutbox(state?.outbox, action),
    reads: readsReducer(state?.reads, action),
    storage: storageReducer(state?.storage, action),
    metrics: metricsReducer(state?.metrics, action),
  };
  return state !== undefined && isSame(state, next) ? state : next;
}

/** Key by key, since this runs for every action. */
function isSame(a: HudhudState, b: HudhudState): boolean {
  return (
    a.messages === b.messages &&
    a.users === b.users &&
    a.presence === b.presence &&
    a.typing === b.typing &&
    a.connection === b.connection &&
    a.channels === b.channels &&
    a.members === b.members &&
    a.notices === b.notices &&
    a.loads === b.loads &&
    a.outbox === b.outbox &&
    a.reads === b.reads &&
    a.metrics === b.metrics &&
    a.storage === b.storage
  );
}

/** Nothing of a superseded connection has an effect (L12). @internal */
export function isSuperseded(state: HudhudState, action: UnknownAction): boolean {
  const payload = action['payload'] as Partial<Observed> | null | undefined;
  if (payload?.stream === undefined || payload.epoch === undefined) return false;
  const current = findStream(state.connection, payload.stream);
  if (action.type === connectionChanged.type) {
    return current !== undefined && payload.epoch < current.epoch;
  }
  return current?.epoch !== payload.epoch;
}

/**
 * Makes the reducer of one instance. It looks at actions of its own instance only, so that a host's other actions cost
 * one comparison.
 *
 * @internal
 * @param correlate - Finds the nonce of a send in what the server gives back.
 */
export function createRootReducer(
  instance: string,
  correlate: Correlate = correlateByMetadata,
): Reducer<HudhudState> {
  const reduceOutbox = createOutboxReducer(correlate);
  return (state, action) => {
    if (state === undefined) return fold(undefined, start, reduceOutbox);
    if (!isOfInstance(action, instance) || isSuperseded(state, action)) return state;
    return fold(state, action, reduceOutbox);
  };
}
