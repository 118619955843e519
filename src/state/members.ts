import type { UnknownAction } from '@reduxjs/toolkit';
import { isType } from '../actions/define';
import { membersReceived, snapshotApplied } from '../actions/history';
import { sessionEnded } from '../actions/session';
import { channelEventsReceived, channelInitialised } from '../actions/stream';
import type { EpochMs, MemberFact } from '../protocol/models';
import type { ChannelEvent } from '../protocol/serverEvents';
import { equalJson } from './equalJson';

/** @public */
export interface MemberRecord {
  readonly userId: string;
  readonly role: string | null;
  readonly joinedAt: EpochMs | null;
}

interface MemberChange {
  readonly userId: string;
  readonly op: 'memberJoined' | 'memberLeft' | 'memberUpdated';
  readonly role: string | null;
  readonly o: number;
}

/**
 * Members of one channel or of one project: the workspace snapshot lists the project's.
 *
 * @public
 */
export interface MembersOf {
  /** Id of the channel or the project. */
  readonly scopeId: string;
  readonly list: readonly MemberRecord[];
  /** `false` while only some of them are known: no answer has listed all. */
  readonly isComplete: boolean;
  /** Ordinal of the newest answer that listed all; 0 if none did. @internal */
  readonly asOf: number;
  /** What the stream said lately: it is put on top of an answer that was asked for before. @internal */
  readonly recent: readonly MemberChange[];
}

/** @public */
export type MembersState = readonly MembersOf[];

const nobody: MembersState = [];
const maxRecent = 64;

function applyChange(list: readonly MemberRecord[], change: MemberChange): readonly MemberRecord[] {
  const held = list.find((member) => member.userId === change.userId);
  if (change.op === 'memberLeft') return list.filter((member) => member !== held);
  const role = change.role ?? held?.role ?? null;
  if (held === undefined) {
    return change.op === 'memberUpdated'
      ? list
      : [...list, { userId: change.userId, role, joinedAt: null }];
  }
  return held.role === role ? list : list.map((m) => (m === held ? { ...held, role } : m));
}

function change(
  state: MembersState,
  scopeId: string,
  next: (scope: MembersOf) => MembersOf,
): MembersState {
  const held = state.find((scope) => scope.scopeId === scopeId);
  const before = held ?? { scopeId, list: [], isComplete: false, asOf: 0, recent: [] };
  const after = next(before);
  if (after === held) return state;
  return held === undefined
    ? [...state, after]
    : state.map((scope) => (scope === held ? after : scope));
}

function receiveEvent(state: MembersState, event: ChannelEvent, o: number): MembersState {
  const { op, userId } = event;
  if (op === 'deleted') {
    const others = state.filter((scope) => scope.scopeId !== event.channelId);
    return others.length === state.length ? state : others;
  }
  if (op === 'created' || op === 'updated' || userId === undefined) return state;
  const made: MemberChange = { userId, op, role: event.role ?? null, o };
  return change(state, event.channelId, (scope) =>
    scope.recent.some((known) => equalJson(known, made))
      ? scope
      : {
          ...scope,
          list: applyChange(scope.list, made),
          recent: [...scope.recent, made].slice(-maxRecent),
        },
  );
}

function receiveList(
  state: MembersState,
  scopeId: string,
  facts: readonly MemberFact[],
  asOf: number,
  isPartial = false,
): MembersState {
  const listed = facts.map((fact) => ({
    userId: fact.userId,
    role: fact.role ?? null,
    joinedAt: fact.joinedAt ?? null,
  }));
  return change(state, scopeId, (scope) => {
    // an older answer that comes later knows less
    if (scope.asOf > asOf) return scope;
    const recent = scope.recent.filter((made) => made.o > asOf);
    const ids = new Set(isPartial ? listed.map(({ userId }) => userId) : []);
    const others = isPartial ? scope.list.filter(({ userId }) => !ids.has(userId)) : [];
    const list = recent.reduce<readonly MemberRecord[]>(applyChange, [...others, ...listed]);
    const isComplete = !isPartial || scope.isComplete;
    const next: MembersOf = { scopeId, list, isComplete, asOf, recent };
    return equalJson(next, scope) ? scope : next;
  });
}

/** @internal */
export function membersReducer(
  state: MembersState | undefined,
  action: UnknownAction,
): MembersState {
  if (state === undefined || isType(action, sessionEnded)) return nobody;
  if (isType(action, channelEventsReceived)) {
    const { events, ordinal } = action.payload;
    return events.reduce((next, event, i) => receiveEvent(next, event, ordinal + i), state);
  }
  if (isType(action, membersReceived)) {
    const { channelId, members, asOf, isPartial } = action.payload;
    return receiveList(state, channelId, members, asOf, isPartial);
  }
  if (isType(action, snapshotApplied)) {
    const { project, members, asOf, isPartial } = action.payload;
    return members.length === 0 ? state : receiveList(state, project.id, members, asOf, isPartial);
  }
  if (isType(action, channelInitialised)) {
    const { event, ordinal } = action.payload;
    return event.members.length === 0
      ? state
      : receiveList(state, event.channel.id, event.members, ordinal);
  }
  return state;
}
