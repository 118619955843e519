import type { UnknownAction } from '@reduxjs/toolkit';
import { connectionChanged, pollingChanged } from '../actions/connection';
import { isType } from '../actions/define';
import { noticeDismissed } from '../actions/notices';
import { operationFailed, uploadFailed } from '../actions/outbox';
import { sessionEnded, sessionStarted } from '../actions/session';
import type { NoticesReceived } from '../actions/stream';
import { noticesReceived } from '../actions/stream';
import type { HudhudErrorCode } from '../errors';
import type { ConnectionSnapshot } from '../protocol/connectionSnapshot';
import type { EpochMs } from '../protocol/models';

/**
 * What a person is told. The words for all but the first are the host's.
 *
 * @public
 */
export type NoticeCode =
  /** A word from the server to everyone: `text`. */
  | 'ANNOUNCEMENT'
  /** What is shown comes later than it would. Away once the stream is heard again. */
  | 'DEGRADED'
  /** The session is over: somebody has to sign in. Away once the stream is open again. */
  | 'SIGN_IN_REQUIRED'
  /** The stream was given up, or refused. Away once it is open again. */
  | 'CONNECTION_FAILED'
  /** Something that was wished will not be done by itself any more, for its `cause`. */
  | 'OPERATION_FAILED'
  /** A file could not be uploaded, for its `cause`. */
  | 'UPLOAD_FAILED';

/** @public */
export interface Notice {
  /** Names it, for `actions.dismissNotice`; a key for lists. */
  readonly id: string;
  readonly code: NoticeCode;
  readonly level: 'system' | 'alert';
  /** Plain text of an announcement; else `null`. */
  readonly text: string | null;
  readonly cause: HudhudErrorCode | null;
  /** How many alike have come together in it. */
  readonly count: number;
  /** When the newest of them was; `null` where nobody said. */
  readonly at: EpochMs | null;
}

/** @public */
export interface NoticesState {
  /** The newest notices, oldest first. */
  readonly list: readonly Notice[];
  /** What holds and was told: it is not told again before it has ended. */
  readonly told: readonly NoticeCode[];
  /** Ordinal of the newest announcement that was taken. @internal */
  readonly heardTo: number;
  /** An open stream that has brought nothing yet does not end the polls. @internal */
  readonly isPolling: boolean;
}

const none: NoticesState = { list: [], told: [], heardTo: 0, isPolling: false };
const maxNotices = 50;

const isAlike = (a: Omit<Notice, 'id' | 'count'>, b: Notice): boolean =>
  a.code === b.code && a.level === b.level && a.text === b.text && a.cause === b.cause;

/** One more; it comes together with one that is like it. */
function add(
  list: readonly Notice[],
  id: string,
  notice: Omit<Notice, 'id' | 'count'>,
): readonly Notice[] {
  const held = list.find((known) => isAlike(notice, known));
  const rest = list.filter((known) => known !== held);
  const count = (held?.count ?? 0) + 1;
  return [...rest, { id: held?.id ?? id, ...notice, count }].slice(-maxNotices);
}

function announce(state: NoticesState, payload: NoticesReceived): NoticesState {
  const { events, ordinal, receivedAt } = payload;
  let { list } = state;
  events.forEach(({ level, text, timestamp }, i) => {
    const o = ordinal + i;
    if (o <= state.heardTo) return;
    const at = timestamp ?? receivedAt;
    list = add(list, `announcement:${o}`, { code: 'ANNOUNCEMENT', level, text, cause: null, at });
  });
  return list === state.list ? state : { ...state, list, heardTo: ordinal + events.length - 1 };
}

function failed(
  state: NoticesState,
  code: 'OPERATION_FAILED' | 'UPLOAD_FAILED',
  cause: HudhudErrorCode,
): NoticesState {
  // called off by us
  if (cause === 'ABORTED') return state;
  const notice = { code, level: 'alert', text: null, cause, at: null } as const;
  return { ...state, list: add(state.list, `${code}:${cause}`, notice) };
}

/** Something holds from now on; told once, however often it is said. */
function begin(
  state: NoticesState,
  code: NoticeCode,
  level: Notice['level'],
  { since: at, error }: Pick<ConnectionSnapshot, 'since' | 'error'>,
): NoticesState {
  if (state.told.includes(code)) return state;
  const notice = { code, level, text: null, cause: error?.code ?? null, at };
  return { ...state, list: add(state.list, code, notice), told: [...state.told, code] };
}

/** It holds no more. */
function end(state: NoticesState, codes: readonly NoticeCode[]): NoticesState {
  if (!state.told.some((code) => codes.includes(code))) return state;
  return {
    ...state,
    list: state.list.filter(({ code }) => !codes.includes(code)),
    told: state.told.filter((code) => !codes.includes(code)),
  };
}

function connect(state: NoticesState, snapshot: ConnectionSnapshot): NoticesState {
  const { stream, phase, source, lostAt } = snapshot;
  if (stream !== 'main') return state;
  if (phase === 'idle') return end(state, ['SIGN_IN_REQUIRED', 'CONNECTION_FAILED', 'DEGRADED']);
  if (phase === 'open') {
    const open = end(state, ['SIGN_IN_REQUIRED', 'CONNECTION_FAILED']);
    if (source === 'longPoll') return begin(open, 'DEGRADED', 'system', snapshot);
    return open.isPolling ? open : end(open, ['DEGRADED']);
  }
  const isDegraded = state.told.includes('DEGRADED');
  if (phase === 'authRequired') {
    // before the first sign-in nothing was lost
    if (lostAt === null && !isDegraded) return state;
    return begin(end(state, ['DEGRADED']), 'SIGN_IN_REQUIRED', 'alert', snapshot);
  }
  // who knows that it comes later need not be told why
  if (phase !== 'failed' || isDegraded) return state;
  return begin(state, 'CONNECTION_FAILED', 'alert', snapshot);
}

/** @internal */
export function noticesReducer(
  state: NoticesState | undefined,
  action: UnknownAction,
): NoticesState {
  if (state === undefined || isType(action, sessionEnded)) return none;
  if (isType(action, noticesReceived)) return announce(state, action.payload);
  if (isType(action, connectionChanged)) return connect(state, action.payload);
  if (isType(action, pollingChanged)) {
    const { isPolling, at } = action.payload;
    if (isPolling === state.isPolling) return state;
    const next = { ...state, isPolling };
    if (!isPolling) return end(next, ['DEGRADED']);
    const rest = end(next, ['CONNECTION_FAILED']);
    return begin(rest, 'DEGRADED', 'system', { since: at, error: null });
  }
  if (isType(action, sessionStarted)) return end(state, ['SIGN_IN_REQUIRED']);
  if (isType(action, operationFailed)) {
    const { code, retryAt } = action.payload;
    return retryAt === null ? failed(state, 'OPERATION_FAILED', code) : state;
  }
  if (isType(action, uploadFailed)) return failed(state, 'UPLOAD_FAILED', action.payload.code);
  if (isType(action, noticeDismissed)) {
    const list = state.list.filter(({ id }) => id !== action.payload.id);
    return list.length === state.list.length ? state : { ...state, list };
  }
  return state;
}
