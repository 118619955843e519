import type { EpochMs } from '../protocol/models';

/**
 * What is known of a timeline (L6). A window says: every message with `from < createdAt < to` is held; at the very
 * edges some may be missing, since the wire cuts microseconds to milliseconds and a page may end inside one.
 * `from: null` reaches the beginning; `to: null` is live: it reaches now, and the stream brings the rest.
 * Windows are sorted, do not overlap, and every message held lies in one (its edges included); what lies between two
 * of them is a gap.
 *
 * @public
 */
export interface Window {
  readonly from: EpochMs | null;
  readonly to: EpochMs | null;
}

/** @internal */
export const noWindows: readonly Window[] = [];

const low = (window: Window): number => window.from ?? -Infinity;
const high = (window: Window): number => window.to ?? Infinity;
const isPoint = (window: Window): boolean => window.from !== null && window.from === window.to;

/** Two windows are one if no moment between their ends is unknown; a lone message joins what it touches. */
function joins(older: Window, newer: Window): boolean {
  if (low(newer) < high(older)) return true;
  return (isPoint(older) || isPoint(newer)) && low(newer) === high(older);
}

/** Adds a window and joins what can be joined. Same reference if nothing was learned. @internal */
export function addWindow(windows: readonly Window[], added: Window): readonly Window[] {
  if (windows.some((window) => low(window) <= low(added) && high(added) <= high(window))) {
    return windows;
  }
  const sorted = [...windows, added].sort((a, b) => low(a) - low(b) || high(a) - high(b));
  const joined: Window[] = [];
  for (const window of sorted) {
    const last = joined.at(-1);
    if (last === undefined || !joins(last, window)) joined.push(window);
    else if (high(window) > high(last))
      joined[joined.length - 1] = { from: last.from, to: window.to };
  }
  return joined;
}

/** Makes sure that a message at this moment lies in a window. @internal */
export function coverMoment(windows: readonly Window[], at: EpochMs): readonly Window[] {
  return windows.some((window) => low(window) <= at && at <= high(window))
    ? windows
    : addWindow(windows, { from: at, to: at });
}

/** The window that reaches now, if the timeline is live. @internal */
export function liveWindow(windows: readonly Window[]): Window | undefined {
  const last = windows.at(-1);
  return last?.to === null ? last : undefined;
}

/** Takes in a message that the stream brought: the first one after a break starts a new live window. @internal */
export function extendLive(windows: readonly Window[], at: EpochMs): readonly Window[] {
  const last = windows.at(-1);
  if (last?.to === null) {
    return at >= low(last) ? windows : coverMoment(windows, at);
  }
  if (last !== undefined && at < high(last)) return coverMoment(windows, at);
  return [...windows, { from: at, to: null }];
}

/**
 * Ends the live window at its last message: from here on the stream may have said things that were not heard. An
 * empty one is forgotten.
 *
 * @internal
 * @param lastAt - Time of the timeline's last message, or `null` if it has none.
 */
export function closeLive(windows: readonly Window[], lastAt: EpochMs | null): readonly Window[] {
  const live = liveWindow(windows);
  if (live === undefined) return windows;
  const others = windows.slice(0, -1);
  if (lastAt === null || lastAt < low(live)) return others.length === 0 ? noWindows : others;
  return [...others, { from: live.from, to: lastAt }];
}
