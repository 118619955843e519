import type { UnknownAction } from '@reduxjs/toolkit';
import { isType } from '../actions/define';
import { membersReceived, messageFetched, pageReceived, snapshotApplied } from '../actions/history';
import { sessionEnded, sessionStarted } from '../actions/session';
import { beforeThisVisit, restored } from '../actions/storage';
import {
  channelEventsReceived,
  channelInitialised,
  conversationReceived,
  presenceReceived,
  sessionInitialised,
} from '../actions/stream';
import type { MessageFact, UserFact } from '../protocol/models';
import type { Table } from './table';
import { createTable, TableEditor } from './table';

/**
 * A person, as far as they are known.
 *
 * @public
 */
export interface UserRecord {
  readonly id: string;
  readonly username: string | null;
  readonly fullName: string | null;
  readonly avatarUrl: string | null;
  /** Ordinal of the fact that last changed it. @internal */
  readonly o: number;
}

/** @public */
export type UsersState = Table<UserRecord>;

type Users = TableEditor<UserRecord>;

/** A newer word replaces what is known, an older one only fills what is not. */
function learn(users: Users, fact: Omit<UserFact, 'email'>, o: number): void {
  const held = users.get(fact.id);
  const pick = <T>(said: T | null | undefined, known: T | null): T | null => {
    if (said === undefined) return known;
    return held === undefined || o >= held.o ? said : (known ?? said);
  };
  const username = pick(fact.username, held?.username ?? null);
  const fullName = pick(fact.fullName, held?.fullName ?? null);
  const avatarUrl = pick(fact.avatarUrl, held?.avatarUrl ?? null);
  if (held?.username === username && held.fullName === fullName && held.avatarUrl === avatarUrl) {
    return;
  }
  users.set({ id: fact.id, username, fullName, avatarUrl, o: Math.max(o, held?.o ?? 0) });
}

/** Frames to everyone say names that may be empty: only what is there is learned from them. */
function learnName(
  users: Users,
  id: string | null | undefined,
  fact: MessageFact,
  o: number,
): void {
  if (id === undefined || id === null) return;
  const { username, fullName, avatarUrl } = fact;
  const held = users.get(id);
  if (
    held !== undefined &&
    says(username, held.username) &&
    says(fullName, held.fullName) &&
    says(avatarUrl, held.avatarUrl)
  ) {
    return;
  }
  learn(users, present({ id, username, fullName, avatarUrl }), o);
}

/** Whether a name says nothing that is not known already. */
function says(name: string | null | undefined, known: string | null): boolean {
  return name === undefined || name === null || name === known;
}

function present(fact: {
  readonly id: string;
  readonly username?: string | null | undefined;
  readonly fullName?: string | null | undefined;
  readonly avatarUrl?: string | null | undefined;
}): UserFact {
  const { id, username, fullName, avatarUrl } = fact;
  return {
    id,
    ...(typeof username === 'string' ? { username } : {}),
    ...(typeof fullName === 'string' ? { fullName } : {}),
    ...(typeof avatarUrl === 'string' ? { avatarUrl } : {}),
  };
}

function learnAction(users: Users, action: UnknownAction): void {
  if (isType(action, conversationReceived)) {
    let o = action.payload.ordinal;
    for (const event of action.payload.events) {
      if (event.type === 'typing')
        learnName(users, event.userId, { id: '', username: event.username }, o);
      else if (event.type !== 'reaction' && event.op === 'create') {
        learnName(users, event.message.userId, event.message, o);
      }
      o += 1;
    }
  } else if (isType(action, presenceReceived)) {
    let o = action.payload.ordinal;
    for (const { userId, username } of action.payload.events) {
      if (username !== undefined) learnName(users, userId, { id: '', username }, o);
      o += 1;
    }
  } else if (isType(action, channelEventsReceived)) {
    const { ordinal } = action.payload;
    for (const { userId, username } of action.payload.events) {
      if (username !== undefined) learnName(users, userId, { id: '', username }, ordinal);
    }
  } else if (isType(action, channelInitialised)) {
    for (const { user } of action.payload.event.members) {
      if (user !== undefined) learn(users, user, action.payload.ordinal);
    }
  } else if (isType(action, pageReceived)) {
    for (const row of action.payload.messages)
      learnName(users, row.userId, row, action.payload.asOf);
  } else if (isType(action, messageFetched)) {
    const { message, asOf } = action.payload;
    learnName(users, message.userId, message, asOf);
  } else if (isType(action, snapshotApplied)) {
    const { asOf, page } = action.payload;
    for (const user of action.payload.users) learn(users, user, asOf);
    for (const row of page?.messages ?? []) learnName(users, row.userId, row, asOf);
  } else if (isType(action, membersReceived)) {
    for (const user of action.payload.users) learn(users, user, action.payload.asOf);
  } else if (isType(action, restored)) {
    for (const row of action.payload.histories.flatMap(({ messages }) => messages))
      learnName(users, row.userId, row, beforeThisVisit);
  } else if (isType(action, sessionStarted)) {
    learn(users, action.payload.user, 0);
  } else if (isType(action, sessionInitialised)) {
    const { userId, username, ordinal } = action.payload;
    learnName(users, userId, { id: '', username }, ordinal);
  }
}

/** @internal */
export function usersReducer(state: UsersState | undefined, action: UnknownAction): UsersState {
  if (state === undefined || isType(action, sessionEnded)) return createTable<UserRecord>();
  const users = new TableEditor(state);
  learnAction(users, action);
  return users.done();
}
