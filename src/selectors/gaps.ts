import type { Window } from '../state/windows';
import { memoByReference } from './memo';

/** A hole in what is known: messages may stand between these two moments. @public */
export interface Gap {
  /** Edge of what is known before it, in epoch ms. */
  readonly after: number;
  /** Edge of what is known after it. */
  readonly before: number;
}

/** What lies between the windows, oldest first. @internal */
export const gapsOf: (windows: readonly Window[]) => readonly Gap[] = memoByReference((windows) =>
  windows.flatMap((window, i) => {
    const next = windows[i + 1];
    return next === undefined || window.to === null || next.from === null
      ? []
      : [{ after: window.to, before: next.from }];
  }),
);
