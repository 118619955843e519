import type { UnknownAction } from '@reduxjs/toolkit';
import { isType } from '../actions/define';
import { historyEvicted } from '../actions/eviction';
import type { PageReceived } from '../actions/history';
import { pageReceived, snapshotApplied } from '../actions/history';
import { sessionEnded } from '../actions/session';
import type { StorageStatus } from '../actions/storage';
import { restored, storageChanged } from '../actions/storage';
import { channelEventsReceived } from '../actions/stream';
import type { HudhudErrorCode } from '../errors';
import type { EpochMs } from '../protocol/models';
import { equalJson } from './equalJson';

/** A channel that is shown as an earlier visit knew it. @public */
export interface CachedChannel {
  readonly channelId: string;
  /** Up to where it was known. */
  readonly to: EpochMs;
}

/** What outlives the page, and what of it is shown unconfirmed. @public */
export interface StorageState {
  readonly status: StorageStatus;
  /** What went wrong; `null`: nothing. */
  readonly code: HudhudErrorCode | null;
  /** Wishes of an earlier visit that could not be read. */
  readonly lost: number;
  /** When what was restored had been written; `null`: nothing was. */
  readonly savedAt: EpochMs | null;
  /** Channels whose newest messages were restored, and not read again since. */
  readonly cached: readonly CachedChannel[];
}

const initialState: StorageState = {
  status: 'off',
  code: null,
  lost: 0,
  savedAt: null,
  cached: [],
};

function withoutCached(
  state: StorageState,
  isOver: (channel: CachedChannel) => boolean,
): StorageState {
  const cached = state.cached.filter((channel) => !isOver(channel));
  return cached.length === state.cached.length ? state : { ...state, cached };
}

/** A page that reaches as far as what was restored has read it again. An older one says nothing of its end. */
function confirm(state: StorageState, { channelId, parentId, range }: PageReceived): StorageState {
  if (parentId !== null) return state;
  return withoutCached(
    state,
    (channel) => channel.channelId === channelId && (range.to === null || range.to >= channel.to),
  );
}

/** @internal */
export function storageReducer(
  state: StorageState | undefined,
  action: UnknownAction,
): StorageState {
  if (state === undefined || isType(action, sessionEnded)) return initialState;
  if (isType(action, storageChanged)) {
    const { status, code, lost } = action.payload;
    const isSame = status === state.status && code === state.code && lost === state.lost;
    return isSame ? state : { ...state, status, code, lost };
  }
  if (isType(action, restored)) {
    const { histories, savedAt } = action.payload;
    const cached = histories.flatMap(({ channelId, windows }) => {
      const to = windows.at(-1)?.to ?? null;
      return to === null ? [] : [{ channelId, to }];
    });
    const isSame = savedAt === state.savedAt && equalJson(cached, state.cached);
    return cached.length === 0 || isSame ? state : { ...state, savedAt, cached };
  }
  if (state.cached.length === 0) return state;
  if (isType(action, pageReceived)) return confirm(state, action.payload);
  if (isType(action, snapshotApplied)) {
    const { page } = action.payload;
    return page === null ? state : confirm(state, page);
  }
  if (isType(action, historyEvicted)) {
    const { channels } = action.payload;
    const gone = new Set(channels.flatMap((one) => (one.before === null ? [one.channelId] : [])));
    return withoutCached(state, ({ channelId }) => gone.has(channelId));
  }
  if (isType(action, channelEventsReceived)) {
    const { events } = action.payload;
    const gone = new Set(events.flatMap((one) => (one.op === 'deleted' ? [one.channelId] : [])));
    return withoutCached(state, ({ channelId }) => gone.has(channelId));
  }
  return state;
}
