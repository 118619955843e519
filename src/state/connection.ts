import type { UnknownAction } from '@reduxjs/toolkit';
import { connectionChanged, pollingChanged } from '../actions/connection';
import { isType } from '../actions/define';
import { sessionEnded, sessionStarted } from '../actions/session';
import { restored } from '../actions/storage';
import type { ChannelEventsReceived } from '../actions/stream';
import {
  channelEventsReceived,
  continuityTold,
  frameCommitted,
  sessionInitialised,
} from '../actions/stream';
import type { StreamKey } from '../protocol/batch';
import type { ConnectionSnapshot } from '../protocol/connectionSnapshot';
import { equalJson } from './equalJson';

/** A stream and what became of it. @public */
export interface StreamState extends ConnectionSnapshot {
  /** Last event id whose data is in the state (L12). */
  readonly lastEventId: string | null;
}

/** Who is looking. @public */
export interface Viewer {
  readonly id: string;
  readonly username: string | null;
  /** The account's role, as the sign-in said it; where the host has tokens of its own, nobody says it. */
  readonly role?: string;
}

/** @public */
export interface ConnectionState {
  /** The main stream first. A stream that ended for good stays with its last word. */
  readonly streams: readonly StreamState[];
  /** `null` before sign-in. */
  readonly viewer: Viewer | null;
  /** Channels that the main stream said it covers; `null` where it did not say. */
  readonly covered: readonly string[] | null;
  /** What is shown comes by polls, since no way to hear the server leads anywhere. */
  readonly isPolling: boolean;
  /** Whether the server goes on after the id of the last event without a hole; found out when it is asked to. */
  readonly resumes: 'yes' | 'no' | 'unknown';
}

const initialState: ConnectionState = {
  streams: [],
  viewer: null,
  covered: null,
  isPolling: false,
  resumes: 'unknown',
};

/** @internal */
export function findStream(state: ConnectionState, key: StreamKey): StreamState | undefined {
  return state.streams.find((stream) => stream.stream === key);
}

function putStream(state: ConnectionState, next: StreamState): ConnectionState {
  const held = findStream(state, next.stream);
  if (equalJson(held, next)) return state;
  const streams =
    held === undefined
      ? [...state.streams, next]
      : state.streams.map((stream) => (stream === held ? next : stream));
  return { ...state, streams };
}

const notStarted: StreamState = {
  ...{ stream: 'main', phase: 'idle', since: 0, source: 'sse', epoch: 0, attempt: 0 },
  ...{ openedAt: null, lostAt: null, nextRetryAt: null, error: null, lastEventId: null },
};

/** Where an earlier visit was. What this one has heard is further on. */
function putCursor(state: ConnectionState, lastEventId: string | null): ConnectionState {
  const main = findStream(state, 'main') ?? notStarted;
  if (lastEventId === null || main.lastEventId !== null) return state;
  return putStream(state, { ...main, lastEventId });
}

function viewerOf(id: string, username: string | null, role: string | undefined): Viewer {
  return { id, username, ...(role === undefined ? {} : { role }) };
}

function putViewer(
  state: ConnectionState,
  viewer: ConnectionState['viewer'],
  covered: ConnectionState['covered'],
): ConnectionState {
  return equalJson(viewer, state.viewer) && equalJson(covered, state.covered)
    ? state
    : { ...state, viewer, covered };
}

/**
 * Who left a channel hears no more of it. Whether a stream that is open tells of a channel that was joined since is not
 * known of the backend: it counts as covered from the next connection on.
 */
function uncover(
  state: ConnectionState,
  { events, viewerId }: ChannelEventsReceived,
): ConnectionState {
  const covered = state.covered?.filter(
    (id) =>
      !events.some(
        (event) =>
          event.channelId === id &&
          (event.op === 'deleted' || (event.op === 'memberLeft' && event.userId === viewerId)),
      ),
  );
  return covered === undefined || covered.length === state.covered?.length
    ? state
    : { ...state, covered };
}

/** @internal */
export function connectionReducer(
  state: ConnectionState | undefined,
  action: UnknownAction,
): ConnectionState {
  if (state === undefined) return initialState;
  if (isType(action, frameCommitted)) {
    const { lastEventId, stream } = action.payload;
    const held = findStream(state, stream);
    return held === undefined ? state : putStream(state, { ...held, lastEventId });
  }
  if (isType(action, restored)) return putCursor(state, action.payload.lastEventId);
  if (isType(action, pollingChanged)) {
    const { isPolling } = action.payload;
    return isPolling === state.isPolling ? state : { ...state, isPolling };
  }
  if (isType(action, continuityTold)) {
    const isWhole = action.payload.wholeSince !== null;
    // that it is too late for once does not say that it never works
    const resumes = isWhole ? 'yes' : state.resumes === 'unknown' ? 'no' : state.resumes;
    return resumes === state.resumes ? state : { ...state, resumes };
  }
  if (isType(action, connectionChanged)) {
    const lastEventId = findStream(state, action.payload.stream)?.lastEventId ?? null;
    return putStream(state, { ...action.payload, lastEventId });
  }
  if (isType(action, sessionInitialised)) {
    const { userId, username, channelIds } = action.payload;
    const role = state.viewer?.id === userId ? state.viewer.role : undefined;
    return putViewer(state, viewerOf(userId, username, role), channelIds);
  }
  if (isType(action, sessionStarted)) {
    const { id, username = null, role } = action.payload.user;
    return putViewer(state, viewerOf(id, username, role), state.covered);
  }
  if (isType(action, channelEventsReceived)) return uncover(state, action.payload);
  // the streams' own last word comes by connectionChanged: their epochs must not start anew
  if (isType(action, sessionEnded)) {
    return state.streams
      .map((stream) => ({ ...stream, lastEventId: null }))
      .reduce(putStream, putViewer(state, null, null));
  }
  return state;
}
