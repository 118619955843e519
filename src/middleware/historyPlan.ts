import type { HistoryWanted } from '../actions/command';
import { invalidOption } from '../errors';
import { latestOf } from '../protocol/extremes';
import type { Timeline } from '../state/channelLog';
import type { MessageRecord } from '../state/messageRecord';
import type { Segment } from '../state/segments';
import type { Window } from '../state/windows';

/** A page beside an edge. @internal */
export interface BesidePlan {
  readonly kind: 'older' | 'newer' | 'around';
  readonly edge: number;
  /** Whether the server's clock is known to have passed the edge: nothing is claimed of what may yet come. */
  readonly isPast: boolean;
  /** Time of a message that is known before the edge: a page that goes on from there lists it again, and so touches. */
  readonly anchor: number | null;
}

/**
 * What to ask a server for, so that a wish is met.
 *
 * @internal
 */
export type HistoryPlan = { readonly kind: 'newest' } | BesidePlan;

const holds = ({ from, to }: Window, at: number): boolean =>
  (from === null || from < at) && (to === null || at < to);

/** The newest row up to a moment that still stands where it stood. */
function lastUntil(segments: readonly Segment[], at: number): MessageRecord | undefined {
  for (let i = segments.length - 1; i >= 0; i--) {
    const row = segments[i]?.findLast(
      (known) => known.createdAt <= at && !known.isDeleted && known.timeGuessed !== true,
    );
    if (row !== undefined) return row;
  }
  return undefined;
}

/** The latest moment that the server's clock is known to have passed. */
function reachOf({ segments, windows }: Timeline): number {
  const last = lastUntil(segments, Infinity)?.createdAt ?? -Infinity;
  return Math.max(
    last,
    latestOf(windows.flatMap(({ from, to }) => [from ?? -Infinity, to ?? -Infinity])),
  );
}

/** Whether a moment can be shown with a message on either side of it, or with the end of the conversation. */
function isSurrounded({ segments, windows }: Timeline, at: number): boolean {
  const window = windows.find((known) => holds(known, at));
  if (window === undefined) return false;
  const { from, to } = window;
  const older = lastUntil(segments, at - 1);
  const newer = segments.some((rows) =>
    rows.some((row) => row.createdAt > at && row.createdAt <= (to ?? Infinity)),
  );
  return (
    (from === null || (older !== undefined && older.createdAt >= from)) && (to === null || newer)
  );
}

function checked(field: string, at: number): number {
  if (Number.isSafeInteger(at)) return at;
  throw invalidOption(field, 'give a moment in whole epoch ms.');
}

/**
 * What to ask for beside an edge, whatever is known there.
 *
 * @internal
 */
export function planBeside(
  kind: BesidePlan['kind'],
  edge: number,
  timeline: Timeline | null,
): BesidePlan {
  const isPast = timeline !== null && edge <= reachOf(timeline);
  const last = timeline === null ? undefined : lastUntil(timeline.segments, edge - 1);
  const window = timeline?.windows.find(
    ({ from, to }) => (from ?? -Infinity) <= edge && edge <= (to ?? edge),
  );
  const isNear = last !== undefined && (window?.from ?? -Infinity) <= last.createdAt;
  return { kind, edge, isPast, anchor: isNear ? last.createdAt : null };
}

/**
 * Finds out what has to be asked for; `null` if nothing: it is known already.
 *
 * @internal
 * @param isAgain - Asks beside an edge that is given even where it is known what is there.
 * @throws HudhudError `INVALID_OPTION` for an edge that is no moment.
 */
export function planHistory(
  wanted: HistoryWanted,
  timeline: Timeline | null,
  isAgain = false,
): HistoryPlan | null {
  const windows = timeline?.windows ?? [];
  const beside = (kind: BesidePlan['kind'], edge: number) => planBeside(kind, edge, timeline);
  switch (wanted.side) {
    case 'newest':
      return { kind: 'newest' };
    case 'around': {
      const at = checked('at', wanted.at);
      return timeline !== null && isSurrounded(timeline, at) ? null : beside('around', at);
    }
    default: {
      const { side } = wanted;
      if (wanted.edge !== undefined) {
        const edge = checked('edge', wanted.edge);
        // it is an edge no more: what was to be asked for has come meanwhile
        const isKnown = windows.some((window) => holds(window, edge));
        return isKnown && !isAgain ? null : beside(side, edge);
      }
      const window = side === 'older' ? windows[0] : windows.at(-1);
      if (window === undefined) return { kind: 'newest' };
      const edge = side === 'older' ? window.from : window.to;
      return edge === null ? null : beside(side, edge);
    }
  }
}
