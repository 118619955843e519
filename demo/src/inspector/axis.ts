/** A stretch of time that is drawn shorter than it was. */
interface Cut {
  /** Index of the action that came after it. */
  readonly at: number;
  /** What is missing of it, in ms. */
  readonly ms: number;
}

/** Where actions are on an axis of time: by their index, in ms from its start. */
export interface Axis {
  /** One more than there are actions: the last one is the end. */
  readonly places: readonly number[];
  readonly length: number;
  readonly cuts: readonly Cut[];
}

/** A longer wait takes no more room than this: nights are short, as when a log is played. */
const capMs = 10_000;

/** Room behind the last action, as a part of the axis, so that before and after it are two places. */
const tail = 1 / 50;

/** Lays actions out in time. A clock that was set back makes no way back. */
export function axisOf(times: readonly number[]): Axis {
  const places: number[] = [];
  const cuts: Cut[] = [];
  let place = 0;
  for (const [at, time] of times.entries()) {
    const wait = Math.max(0, time - (times[at - 1] ?? time));
    if (wait > capMs) cuts.push({ at, ms: wait - capMs });
    place += Math.min(wait, capMs);
    places.push(place);
  }
  const length = place + Math.max(1, place * tail);
  return { places: [...places, length], length, cuts };
}

/** The index that a place stands for: the last one that is not behind it. */
export function indexAt({ places, length }: Axis, place: number): number {
  // several may share the first place: who goes to the start wants the first of them
  if (place <= 0) return 0;
  if (place >= length) return places.length - 1;
  return Math.max(
    0,
    places.findLastIndex((one) => one <= place),
  );
}

/** How long after the first action a place is, with what was cut. */
export function elapsedAt({ cuts, places }: Axis, place: number): number {
  const cut = cuts.filter(({ at }) => (places[at] ?? Infinity) <= place);
  return cut.reduce((sum, { ms }) => sum + ms, place);
}
