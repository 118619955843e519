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

const noWindows: readonly Window[] = [];

const low = (window: Window): number => window.from ?? -Infinity;
const high = (window: Window): number => window.to ?? Infinity;
const isPoint = (window: Window): boolean => window.from !== null && window.from === window.to;

/** Two windows are one if no moment between their ends is unknown; a lone message joins what it touches. */
function joins(older: Window, newer: Window): boolean {
  if (low(newer) < high(older)) return true;
  return (isPoint(older) || isPoint(newer)) && low(newer) === high(older);
}

/** Adds a window and joins what can be joined. Same reference if nothing was learned. */
function addWindow(windows: readonly Window[], added: Window): readonly Window[] {
  if (windows.some((window) => low(window) <= low(added) && high(added) <= high(window))) {
    return windows;
  }
  const newest = windows.at(-1);
  if (newest !== undefined && low(newest) <= low(added) && joins(newest, added)) {
    return [...windows.slice(0, -1), { from: newest.from, to: added.to }];
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

function addMoment(windows: readonly Window[], at: EpochMs): readonly Window[] {
  return windows.some((window) => low(window) <= at && at <= high(window))
    ? windows
    : addWindow(windows, { from: at, to: at });
}

/**
 * What is known of a timeline, and what of it stays known if the stream breaks off now. The two differ while there is a
 * live window: a page may be ahead of the stream, and what lies between them is still on its way.
 *
 * @internal
 */
export interface Coverage {
  readonly windows: readonly Window[];
  readonly firm: readonly Window[];
}

/** The common case of `addWindow`, as every message that the stream tells of is one: the last window grows. */
function extendLast(
  windows: readonly Window[],
  from: EpochMs | null,
  to: EpochMs,
): readonly Window[] | null {
  const last = windows.at(-1);
  if (last?.from !== from || last.to === null || last.to >= to) return null;
  const grown = { from, to };
  return windows.length === 1 ? [grown] : [...windows.slice(0, -1), grown];
}

/** @internal */
export const noCoverage: Coverage = { windows: noWindows, firm: noWindows };

/** A page answered for a part of the timeline. @internal */
export function coverRange(coverage: Coverage, range: Window): Coverage {
  const windows = addWindow(coverage.windows, range);
  const firm = addWindow(coverage.firm, range);
  return windows === coverage.windows && firm === coverage.firm ? coverage : { windows, firm };
}

/**
 * A page is ahead of the stream: of what it answered for, only a part was told as well or is held.
 *
 * @internal
 * @param firmTo - Where that part ends; `null` if there is none.
 */
export function coverAhead(coverage: Coverage, range: Window, firmTo: EpochMs | null): Coverage {
  const { from } = range;
  const windows = addWindow(coverage.windows, range);
  const firm = firmTo === null ? coverage.firm : addWindow(coverage.firm, { from, to: firmTo });
  return windows === coverage.windows && firm === coverage.firm ? coverage : { windows, firm };
}

/** Makes sure that a message at this moment lies in a window. @internal */
export function coverMoment(coverage: Coverage, at: EpochMs): Coverage {
  const windows = addMoment(coverage.windows, at);
  const firm = addMoment(coverage.firm, at);
  return windows === coverage.windows && firm === coverage.firm ? coverage : { windows, firm };
}

/**
 * The stream, which keeps the order of creation, told of a message: the first new one after a break starts a new live
 * window, each later one makes firm what lies before it.
 *
 * @internal
 */
export function coverTold(coverage: Coverage, at: EpochMs, isNew: boolean): Coverage {
  const { windows, firm } = coverage;
  const last = windows.at(-1);
  if (last?.to === null && at > low(last)) {
    const told = extendLast(firm, last.from, at) ?? addWindow(firm, { from: last.from, to: at });
    return told === firm ? coverage : { windows, firm: told };
  }
  if (!isNew) return coverage;
  if (last !== undefined && at < high(last)) return coverMoment(coverage, at);
  return { windows: [...windows, { from: at, to: null }], firm: addMoment(firm, at) };
}

/** From here on the stream may have said things that were not heard. @internal */
export function breakOff(coverage: Coverage): Coverage {
  const { windows, firm } = coverage;
  return windows.at(-1)?.to === null ? { windows: firm, firm } : coverage;
}

/**
 * Whether what is live has not met again what was live when the stream broke off: between the two lies the break.
 *
 * @internal
 */
export function isTorn({ windows }: Coverage, before: readonly Window[]): boolean {
  const [live, was] = [windows.at(-1), before.at(-1)];
  return live !== undefined && was !== undefined && live.to === null && low(live) > low(was);
}

/** The stream goes on without a hole: what was known when it broke off is known again. @internal */
export function takeUp(coverage: Coverage, windows: readonly Window[]): Coverage {
  const joined = windows.reduce(addWindow, coverage.windows);
  return joined === coverage.windows ? coverage : { windows: joined, firm: coverage.firm };
}

/** What stays known once everything from before a moment is let go. @internal */
export function trimBefore({ windows, firm }: Coverage, before: EpochMs): Coverage {
  const trim = (known: readonly Window[]): readonly Window[] =>
    known.flatMap((window) => {
      if (window.to !== null && window.to < before) return [];
      // both ends are open: of the moment itself all is held
      return [low(window) < before - 1 ? { from: before - 1, to: window.to } : window];
    });
  return { windows: trim(windows), firm: trim(firm) };
}
