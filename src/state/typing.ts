import type { UnknownAction } from '@reduxjs/toolkit';
import { connectionChanged } from '../actions/connection';
import { isType } from '../actions/define';
import { typingExpired } from '../actions/expiry';
import { sessionEnded } from '../actions/session';
import type { ChannelEventsReceived, ConversationReceived } from '../actions/stream';
import { channelEventsReceived, conversationReceived } from '../actions/stream';

/** How long someone counts as typing after they were last heard to. @public */
export const typingTtlMs = 5_000;

/** @public */
export interface TypingUser {
  readonly userId: string;
  /** When they count as having stopped, by the client's clock. */
  readonly until: number;
}

/** @public */
export interface TypingChannel {
  readonly channelId: string;
  /** In the order in which they began. Never empty. */
  readonly users: readonly TypingUser[];
}

/** Channels in which someone is typing. @public */
export type TypingState = readonly TypingChannel[];

const nobody: TypingState = [];

function withUser(
  state: TypingState,
  channelId: string,
  userId: string,
  until: number | null,
): TypingState {
  const channel = state.find((known) => known.channelId === channelId);
  const held = channel?.users.find((user) => user.userId === userId);
  if (until === (held?.until ?? null)) return state;
  const others = channel?.users ?? [];
  const users =
    until === null
      ? others.filter((user) => user !== held)
      : held === undefined
        ? [...others, { userId, until }]
        : others.map((user) => (user === held ? { userId, until } : user));
  const rest = state.filter((known) => known !== channel);
  if (users.length > 0) return [...rest, { channelId, users }];
  return rest.length === 0 ? nobody : rest;
}

function receive(state: TypingState, payload: ConversationReceived): TypingState {
  let next = state;
  for (const event of payload.events) {
    if (event.type === 'typing') {
      const until = event.isTyping ? payload.receivedAt + typingTtlMs : null;
      next = withUser(next, event.channelId, event.userId, until);
    } else if (next.length > 0 && event.type !== 'reaction' && event.op === 'create') {
      // whoever has written has stopped typing
      const { channelId, userId } = event.message;
      if (channelId !== undefined && typeof userId === 'string') {
        next = withUser(next, channelId, userId, null);
      }
    }
  }
  return next;
}

function keep(
  state: TypingState,
  keeps: (channel: TypingChannel, user: TypingUser) => boolean,
): TypingState {
  const next = state.flatMap((channel) => {
    const users = channel.users.filter((user) => keeps(channel, user));
    if (users.length === channel.users.length) return [channel];
    return users.length === 0 ? [] : [{ ...channel, users }];
  });
  if (next.length === 0) return nobody;
  return next.length === state.length && next.every((channel, i) => channel === state[i])
    ? state
    : next;
}

function forgetLeavers(state: TypingState, { events }: ChannelEventsReceived): TypingState {
  return keep(
    state,
    (channel, user) =>
      !events.some(
        (event) =>
          event.channelId === channel.channelId &&
          (event.op === 'deleted' || (event.op === 'memberLeft' && event.userId === user.userId)),
      ),
  );
}

/** @internal */
export function typingReducer(state: TypingState | undefined, action: UnknownAction): TypingState {
  if (state === undefined || isType(action, sessionEnded)) return nobody;
  if (isType(action, conversationReceived)) return receive(state, action.payload);
  if (state.length === 0) return state;
  if (isType(action, typingExpired)) {
    const { now } = action.payload;
    return keep(state, (_, user) => user.until > now);
  }
  if (isType(action, channelEventsReceived)) return forgetLeavers(state, action.payload);
  if (isType(action, connectionChanged)) {
    return action.payload.stream === 'main' && action.payload.phase !== 'open' ? nobody : state;
  }
  return state;
}
