import type { UnknownAction } from '@reduxjs/toolkit';
import { isType } from '../actions/define';
import { loadDone, loadFailed, loadStarted } from '../actions/load';
import { sessionEnded } from '../actions/session';
import type { HudhudErrorCode } from '../errors';
import { equalJson } from './equalJson';

/** A request that a screen may wait for. @public */
export interface LoadState {
  readonly key: string;
  readonly status: 'loading' | 'failed';
  /** Why it failed. */
  readonly code: HudhudErrorCode | null;
}

/** Requests under way, and those whose last try failed. @public */
export type LoadsState = readonly LoadState[];

const none: LoadsState = [];

/** Failed ones that are kept, the newest: each edge and each moment has a key of its own. */
const maxFailed = 64;

function put(state: LoadsState, key: string, load: LoadState | null): LoadsState {
  const held = state.find((known) => known.key === key);
  if (equalJson(held ?? null, load)) return state;
  const rest = state.filter((known) => known !== held);
  if (load !== null) return [...rest, load];
  return rest.length === 0 ? none : rest;
}

function withoutOldFailures(state: LoadsState): LoadsState {
  const failed = state.filter(({ status }) => status === 'failed');
  if (failed.length <= maxFailed) return state;
  const old = new Set(failed.slice(0, -maxFailed));
  return state.filter((load) => !old.has(load));
}

/** @internal */
export function loadsReducer(state: LoadsState | undefined, action: UnknownAction): LoadsState {
  if (state === undefined || isType(action, sessionEnded)) return none;
  if (isType(action, loadStarted)) {
    const { key } = action.payload;
    return put(state, key, { key, status: 'loading', code: null });
  }
  if (isType(action, loadFailed)) {
    const { key, code } = action.payload;
    return withoutOldFailures(put(state, key, { key, status: 'failed', code }));
  }
  if (isType(action, loadDone)) return put(state, action.payload.key, null);
  return state;
}
