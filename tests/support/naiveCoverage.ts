import type { PageRange } from '../../src/actions/history';
import type { Window } from '../../src/state/windows';

/**
 * What is known of a timeline, as a plain set of moments: a moment is known if every message of it is held. Slow, and
 * for small times only.
 */
export class NaiveCoverage {
  private readonly moments = new Set<number>();
  private readonly end: number;
  /** Since when the stream tells everything; `null` while it does not. */
  private live: number | null = null;
  private edge = -Infinity;

  /** @param end - No moment after this one matters. */
  constructor(end: number) {
    this.end = end;
  }

  /** The stream told of a message: with it, of everything before it. */
  told(at: number, isNew: boolean): void {
    if (this.live !== null) this.add(this.live, at);
    else if (isNew && at >= this.edge) this.live = at;
    if (isNew) this.held(at);
  }

  /** A row that stands for itself. */
  held(at: number): void {
    this.edge = Math.max(this.edge, at);
  }

  /** @param lastAt - The page's last row. */
  page({ from, to }: PageRange, lastAt: number | null): void {
    this.add(from ?? -Infinity, to ?? lastAt ?? -Infinity);
    if (to === null) this.live = Math.min(this.live ?? Infinity, from ?? -Infinity);
    this.edge = Math.max(this.edge, to ?? lastAt ?? -Infinity);
  }

  /** The stream broke: what it has not told is not known. */
  closed(): void {
    this.live = null;
  }

  /** What is older than a moment was let go; `null`: everything was. */
  evicted(before: number | null): void {
    const limit = before ?? Infinity;
    for (const at of this.moments) if (at < limit) this.moments.delete(at);
    if (before === null) this.live = null;
    else if (this.live !== null) this.live = Math.max(this.live, before - 1);
    if (this.edge < limit) this.edge = -Infinity;
  }

  private add(from: number, to: number): void {
    for (let at = 0; at <= this.end; at++) if (from < at && at < to) this.moments.add(at);
  }

  isKnown(at: number): boolean {
    return this.moments.has(at) || (this.live !== null && at > this.live);
  }

  known(): number[] {
    return Array.from({ length: this.end + 1 }, (_, at) => at).filter((at) => this.isKnown(at));
  }
}

/** The moments that windows claim. */
export function claimed(windows: readonly Window[], end: number): number[] {
  const isClaimed = (at: number): boolean =>
    windows.some(({ from, to }) => (from === null || from < at) && (to === null || at < to));
  return Array.from({ length: end + 1 }, (_, at) => at).filter(isClaimed);
}
