import type { UnknownAction } from '@reduxjs/toolkit';
import { isType } from '../actions/define';
import { sessionEnded } from '../actions/session';
import { noticesReceived } from '../actions/stream';
import type { EpochMs } from '../protocol/models';

/** A word from the server to everyone. @public */
export interface Notice {
  /** Grows with every notice. */
  readonly id: number;
  readonly level: 'system' | 'alert';
  /** Plain text. */
  readonly text: string;
  readonly at: EpochMs;
}

/** The newest notices, oldest first. @public */
export type NoticesState = readonly Notice[];

const none: NoticesState = [];
const maxNotices = 50;

/** @internal */
export function noticesReducer(
  state: NoticesState | undefined,
  action: UnknownAction,
): NoticesState {
  if (state === undefined || isType(action, sessionEnded)) return none;
  if (!isType(action, noticesReceived)) return state;
  const { events, ordinal, receivedAt } = action.payload;
  const newest = state.at(-1)?.id ?? 0;
  const added = events.flatMap(({ level, text, timestamp }, i) => {
    const id = ordinal + i;
    return id > newest ? [{ id, level, text, at: timestamp ?? receivedAt }] : [];
  });
  return added.length === 0 ? state : [...state, ...added].slice(-maxNotices);
}
