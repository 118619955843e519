import type { UnknownAction } from '@reduxjs/toolkit';
import { connectionChanged } from '../actions/connection';
import { isType } from '../actions/define';
import type { SnapshotApplied } from '../actions/history';
import { snapshotApplied } from '../actions/history';
import { sessionEnded } from '../actions/session';
import type { PresenceReceived } from '../actions/stream';
import { presenceReceived } from '../actions/stream';
import type { EpochMs, PresenceStatus } from '../protocol/models';
import type { Table } from './table';
import { createTable, tableEntries, TableEditor } from './table';

/**
 * What was last heard of someone. Whoever is not in the table is not known to be online.
 *
 * @public
 */
export interface PresenceRecord {
  /** The person's id. */
  readonly id: string;
  readonly status: PresenceStatus;
  readonly lastSeen: EpochMs | null;
  readonly currentChannel: string | null;
  /** Ordinal of the fact that it comes from. @internal */
  readonly o: number;
}

/** @public */
export interface PresenceState {
  readonly people: Table<PresenceRecord>;
  /** How many of them are online, kept with every change. */
  readonly online: number;
  /** The server's own count, which may include people who are not in the table; `null` while it never said one. */
  readonly serverCount: number | null;
  /** The stream is closed: what is held is what was last heard, not what is. */
  readonly isStale: boolean;
}

const initialState: PresenceState = {
  people: createTable<PresenceRecord>(),
  online: 0,
  serverCount: null,
  isStale: true,
};

const isOnline = (record: PresenceRecord | undefined): boolean =>
  record !== undefined && record.status !== 'offline';

function receivePresence(state: PresenceState, payload: PresenceReceived): PresenceState {
  const people = new TableEditor(state.people);
  let { online, serverCount } = state;
  let o = payload.ordinal;
  for (const event of payload.events) {
    const held = people.get(event.userId);
    const at = o++;
    if (held !== undefined && held.o >= at) continue;
    const lastSeen = event.lastSeen ?? event.timestamp ?? held?.lastSeen ?? null;
    const currentChannel =
      event.currentChannel === undefined ? (held?.currentChannel ?? null) : event.currentChannel;
    const delta = Number(event.status !== 'offline') - Number(isOnline(held));
    online += delta;
    serverCount = event.onlineCount ?? (serverCount === null ? null : serverCount + delta);
    // the same word again is heard as well: it outlasts a snapshot that was asked for before
    people.set({ id: event.userId, status: event.status, lastSeen, currentChannel, o: at });
  }
  const next = people.done();
  return next === state.people && serverCount === state.serverCount
    ? state
    : { ...state, people: next, online, serverCount };
}

/** A snapshot is the roster at one moment: whoever it does not name and the stream has not since is not online. */
function applySnapshot(state: PresenceState, snapshot: SnapshotApplied): PresenceState {
  const people = new TableEditor(state.people);
  const named = new Set<string>();
  for (const { id, status, lastSeen } of snapshot.users) {
    if (status === undefined) continue;
    named.add(id);
    const held = people.get(id);
    if (held !== undefined && held.o >= snapshot.asOf) continue;
    people.set({
      id,
      status,
      lastSeen: lastSeen ?? held?.lastSeen ?? null,
      currentChannel: held?.currentChannel ?? null,
      o: snapshot.asOf,
    });
  }
  if (named.size > 0) {
    for (const { id, o } of tableEntries(state.people)) {
      if (!named.has(id) && o <= snapshot.asOf) people.remove(id);
    }
  }
  const next = people.done();
  const serverCount = snapshot.onlineCount ?? state.serverCount;
  if (next === state.people && serverCount === state.serverCount) return state;
  const online = tableEntries(next).filter(isOnline).length;
  return { people: next, online, serverCount, isStale: state.isStale };
}

/** @internal */
export function presenceReducer(
  state: PresenceState | undefined,
  action: UnknownAction,
): PresenceState {
  if (state === undefined || isType(action, sessionEnded)) return initialState;
  if (isType(action, presenceReceived)) return receivePresence(state, action.payload);
  if (isType(action, snapshotApplied)) return applySnapshot(state, action.payload);
  if (isType(action, connectionChanged) && action.payload.stream === 'main') {
    const isStale = action.payload.phase !== 'open';
    return isStale === state.isStale ? state : { ...state, isStale };
  }
  return state;
}
