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

  /** The stream brought a message that was not known. */
  heard(at: number): void {
    if (this.live === null && at >= this.edge) this.live = at;
    this.edge = Math.max(this.edge, at);
  }

  /** A row that stands for itself. */
  held(at: number): void {
    this.edge = Math.max(this.edge, at);
  }

  page({ from, to }: PageRange): void {
    for (let at = 0; at <= this.end; at++) {
      if ((from === null || from < at) && (to === null || at < to)) this.moments.add(at);
    }
    if (to === null) this.live = Math.min(this.live ?? Infinity, from ?? -Infinity);
    this.edge = Math.max(this.edge, to ?? from ?? -Infinity);
  }

  /** @param lastAt - The last message held. */
  closed(lastAt: number | null): void {
    if (this.live === null) return;
    const live = this.live;
    this.live = null;
    for (let at = 0; at <= this.end; at++) {
      const isTold = lastAt !== null && at < lastAt;
      if (at > live && !isTold) this.moments.delete(at);
      if (at > live && isTold) this.moments.add(at);
    }
    this.edge = lastAt ?? -Infinity;
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
